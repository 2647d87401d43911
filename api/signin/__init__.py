"""Ways to become somebody: the one-time link, and whatever is added beside it."""
