"""Measures of the contract, on records."""
