"""Training of the network from annotated texts."""
