"""The pages of the review site."""
