"""What was filled into a form: its AcroForm values, or its print where it has none.

Names are those of the form's own fields where they are known (Form I-914, edition 01/20/25:
`P3_Line5_CaseNumber`), else made alike: part, item, what is asked. An item answered by box has
the options that are ticked as its value, parted by semicolons, under part and item alone. Beside
them stand `Edition`, `CulpableRelative1_Name` and `P3_Line5_Additional`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.documents import forms, printed, relatives
from extractor.documents.fields import by_name
from extractor.documents.words import PageWords
from extractor.record import FormName

_SUPPLEMENTS_B = (FormName.I_914B, FormName.I_918B)

Fields = Mapping[int, Sequence[tuple[str, str]]]


def fields_of_form(
    text: str, pages: Sequence[PageWords], form: FormName | None, fields: Fields
) -> dict[str, str]:
    """The filled fields of a form that covers these pages."""
    written = [list(fields.get(page.page.number, ())) for page in pages]
    bare = [page for page in pages if not fields.get(page.page.number)]
    read = list(printed.values(bare, form))
    values = by_name(pair for pairs in written for pair in pairs)
    for name, value in by_name(read).items():
        values.setdefault(name, value)
    if form in _SUPPLEMENTS_B:
        values.update(relatives.culpable([*written, read]))
    edition = _edition(text, pages)
    return {"Edition": edition, **values} if edition else values


def _edition(text: str, pages: Sequence[PageWords]) -> str | None:
    for page in pages:
        lines = [line for line in text[page.page.start : page.page.end].split("\n") if line.strip()]
        foot = forms.foot_of(lines[:3] + lines[3:][-4:])
        edition = foot.edition if foot else forms.edition_of(" ".join(lines[:4] + lines[-4:]))
        if edition:
            return edition
    return None
