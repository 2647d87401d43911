"""The durable queue: a file is stored, its id is queued, a worker process reads it."""
