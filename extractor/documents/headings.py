"""What a line opens: titles, letterheads, the first words of those who speak."""

from __future__ import annotations

import re

from extractor.documents.legible import closed_up, form_numbers, legible
from extractor.documents.titles import HEADINGS, SPOKEN, Heading
from extractor.record import DocumentKind

_LEADER = re.compile(
    r"^[\s\W\d]*((exhibit|tab|attachment|appendix|annex)\s+\w{1,3}\s*[-:.–—]\s*)?", re.I
)
_EXHIBIT = re.compile(r"^[\s\W\d]*(exhibit|tab|attachment|appendix|annex)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)|(?<=[A-Z]), [a-z].*$")
_MOST_HEADING = 110
_MOST_SALUTATION = 90
_AFTER_SALUTATION = (",", ":", "ern.", "ERN.")


def heading_of(line: str) -> Heading | None:
    """What a line opens, if it is a heading at all."""
    bare = _LEADER.sub("", closed_up(form_numbers(line)), count=1).strip()
    if not 3 <= len(bare) <= _MOST_HEADING:
        return None
    meant = legible(bare)
    if not is_title(bare):
        return _first(SPOKEN, meant)
    return _first(HEADINGS, meant) or _first(SPOKEN, meant)


def kind_of_line(line: str) -> DocumentKind | None:
    """The kind of document that a line opens, if it is a heading at all."""
    heading = heading_of(line)
    return heading.kind if heading else None


def is_salutation(line: str) -> bool:
    """Whether a line greets the reader of a letter."""
    if len(line) > _MOST_SALUTATION or not line.endswith(_AFTER_SALUTATION):
        return False
    return bool(SPOKEN[0].pattern.match(legible(line)))


def is_listed(line: str) -> bool:
    """Whether a line is an entry of a list of exhibits, or the cover of one."""
    return bool(_EXHIBIT.match(line))


def _first(headings: tuple[Heading, ...], line: str) -> Heading | None:
    return next((heading for heading in headings if heading.pattern.match(line)), None)


def is_title(line: str) -> bool:
    """Whether most of the longer words begin with a capital: body text does not."""
    line = _ASIDE.sub("", line).rstrip()
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    capital = sum(1 for word in words if word[0].isupper() or sum(map(str.isupper, word)) > 1)
    return bool(words) and capital >= 0.6 * len(words) and not line.endswith((",", ";"))
