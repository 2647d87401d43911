"""The network: tokens, tags, mention pairs, and the modules that score them."""
