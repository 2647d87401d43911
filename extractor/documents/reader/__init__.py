"""The confined reader: the only code that parses untrusted bytes.

It starts in about a tenth of a second, so it imports the standard library, pypdfium2,
Pillow or lxml, and none of the project's models. It speaks `wire` on standard output.
"""
