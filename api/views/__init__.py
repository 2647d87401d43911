"""What pages show: plain values made from the store's, ready for a template."""
