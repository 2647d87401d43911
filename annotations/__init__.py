"""What people teach: the hand-written corpus and its guide, and its exchange with Label Studio."""
