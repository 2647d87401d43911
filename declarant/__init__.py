"""The command line, over all of it; no logic of its own."""
