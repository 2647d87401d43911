"""The sample case file: a packet of invented people, for a first try of the program."""
