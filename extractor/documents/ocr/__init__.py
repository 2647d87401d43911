"""Words from pictures of pages, by two engines of which one reads and one is the witness."""
