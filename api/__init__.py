"""Who may do what: sign-in, permissions, HTTP API, review pages and jobs."""
