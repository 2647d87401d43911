"""Bytes become pages of words with boxes.

`reading.read_case_file` is the way in. Untrusted bytes are parsed only by `reader`, which
runs in its own confined process (`confinement`); everything it says is checked by `client`.
"""
