"""What the forms ask, in print, and what the answer is called.

Sources: Forms I-914 and I-918 with their supplements, editions 2017 to 01/20/25; names after
the AcroForm fields of the latter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractor.record import FormName

_ASKED: tuple[tuple[str, str], ...] = (
    (r"family name", "FamilyName"),
    (r"given name", "GivenName"),
    (r"middle name", "MiddleName"),
    (r"(?:full name|name) of (?:the )?(?:culpable )?(?:relative|family member)|full name", "Name"),
    (r"relationship(?: to (?:the )?(?:victim|applicant|petitioner))?", "Relationship"),
    (r"(?:nature of )?involvement", "Involvement"),
    (r"alien registration number(?: \(a-number\))?|a-number|a#", "AlienNumber"),
    (r"(?:u\.?s\.? )?social security number", "SSN"),
    (r"date of birth", "DateOfBirth"),
    (r"country of birth", "CountryOfBirth"),
    (r"country of (?:citizenship(?: or nationality)?|nationality)|citizenship", "Citizenship"),
    (r"passport number(?: or travel document number)?", "PassportNumber"),
    (r"(?:form )?i-94 (?:arrival-departure record )?number", "I94Number"),
    (r"in care of(?: name)?", "InCareOfName"),
    (r"street(?: number and name)?(?: address)?", "StreetNumberName"),
    (r"city(?: or town)?", "CityOrTown"),
    (r"state", "State"),
    (r"zip code", "ZipCode"),
    (r"(?:safe )?(?:daytime )?(?:tele)?phone(?: number)?", "DaytimePhoneNumber"),
    (r"fbi (?:number )?(?:or|/) ?sid number", "FBIorSIDNumber"),
    (r"case number|case no\.?", "CaseNumber"),
    (r"name of certifying agency", "Agency"),
    (r"name of certifying official", "Official"),
    (r"name of head of (?:certifying )?agency", "Head"),
    (r"law enforcement agency(?: and office)?", "LEA"),
    (r"receipt number(?: of [a-z ]{3,30})?", "ReceiptNumber"),
    (r"date of (?:your )?(?:last )?entry", "DateofEntry"),
    (r"place of (?:your )?(?:last )?entry", "PlaceofEntry"),
    (r"status at (?:your )?(?:last )?entry", "Status"),
    (r"(?:country of issuance|current location|occupation|marital status|sex|gender)", ""),
    (r"(?:expiration date|date of signature|signature|e-?mail(?: address)?|language)", ""),
    (r"(?:agency type|case status|title|type of agency|apt\.|ste\.|flr\.)", ""),
    (r"(?:(?<=\d\. )|(?<=\d\.[a-z]\. ))[A-Z][\w'/-]*(?: [\w'/-]+){0,4}", ""),
)
"""What the print asks and how the answer is called; what has no name is only where another ends."""
_ITEM = r"(?P<item>\d{1,2}\.(?: ?[a-z]\.)?)?\s*"
_AFTER = r"(?:,? if any|,? if known)?(?: \([^()]{2,24}\))*(?:,? if any|,? if known)? ?:?(?![\w'])"
_LABEL = re.compile(
    rf"(?<!\S){_ITEM}(?:{'|'.join(f'(?P<n{i}>{words})' for i, (words, _) in enumerate(_ASKED))})"
    rf"{_AFTER}",
    re.IGNORECASE,
)
_B = (FormName.I_914B, FormName.I_918B)
_OWN_NAMES: dict[tuple[bool, str], str] = {
    (True, "CaseNumber"): "Line9_CaseNumber",
    (True, "FBIorSIDNumber"): "Line10_FBIorSIDNumber",
    (False, "ReceiptNumber"): "EACNumber",
    (False, "DateofEntry"): "DateofEntry",
    (False, "PlaceofEntry"): "PlaceofEntry",
    (False, "Status"): "Status",
}


class Label(NamedTuple):
    """A printed label: where it stands in its line, its item, what it asks."""

    start: int
    end: int
    item: str
    asks: str


def labels_in(line: str) -> Iterator[Label]:
    """The labels that a line of print holds."""
    for match in _LABEL.finditer(line):
        asked = next(key for key, text in match.groupdict().items() if key != "item" and text)
        item = re.sub(r"[ .]", "", match["item"] or "")
        yield Label(match.start(), match.end(), item, _ASKED[int(asked[1:])][1])


def field_name(form: FormName | None, part: str, item: str, asks: str) -> str:
    """The name of the field: the form's own, else part, item and what is asked, if it is named."""
    own = _OWN_NAMES.get((form in _B, asks))
    if own is not None and not (own == "EACNumber" and form is not FormName.I_914):
        return own
    return "_".join([f"P{part}"] * bool(part) + [f"Line{item}"] * bool(item) + [asks] * bool(asks))
