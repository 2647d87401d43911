"""Sheets whose sides are read one after the other, drawn by seed."""

from __future__ import annotations

import random

from reportlab.lib.pagesizes import letter

from benchmarks.pages.drawing import LEFT, RIGHT, TOP, Drawing, flowed
from benchmarks.pages.layouts import Laid
from benchmarks.pages.texts import STATEMENT

__all__ = ["caption", "four_pages", "labels", "two_languages", "two_pages"]

_PARAGRAPHS = STATEMENT.split("\n\n")
_PARTIES = (
    "UNITED STATES OF AMERICA,", "", "v.", "", "ŽOFIE KUBEŠOVÁ,", "a/k/a Doña Sofía, and",
    "WÁLTER PEÑALOZA,", "", "Defendants.",
)  # fmt: skip
_CASE = ("Criminal No. 0:19-mj-00417", "", "Hon. Arden P. Quillfeather", "", "FILED UNDER SEAL")
_TURNED = (letter[1], letter[0])
_SPANISH = (
    "Me llamo Maribel Áñez y nací en Cochabamba. Vivo en Falls Church desde julio de 2017.",
    "La señora Kubešová me quitó el pasaporte la primera noche y dijo que lo guardaba para que "
    "no se perdiera.",
    "Nunca me pagó lo prometido. Decía que la deuda del viaje era de cuatro mil dólares.",
)
_ENGLISH = (
    "My name is Maribel Áñez and I was born in Cochabamba. I live in Falls Church since July "
    "of 2017.",
    "Mrs. Kubešová took my passport the first night and said that she kept it so that it would "
    "not be lost.",
    "She never paid me what was promised. She said that the debt for the journey was four "
    "thousand dollars.",
)


def caption(seed: int) -> Laid:
    """The parties of a case, a column of brackets that nobody reads, and its number."""
    chance = random.Random(seed)
    page = Drawing.of(chance)
    x, sign = chance.uniform(270, 320), chance.choice(")|]§")
    page.write(210, TOP, "UNITED STATES DISTRICT COURT")
    top, first = TOP + chance.uniform(1.5, 4) * page.leading, chance.randrange(4)
    for n, party in enumerate(_PARTIES):
        y = top + n * page.leading
        page.write(LEFT + (0 if party.isupper() or n == 0 else chance.uniform(10, 60)), y, party)
        page.write(x, y, sign)
        if 0 <= n - first < len(_CASE):
            page.write(x + 24, y, _CASE[n - first])
    below = top + (len(_PARTIES) + 2) * page.leading
    page.write(150, below, "AFFIDAVIT IN SUPPORT OF A CRIMINAL COMPLAINT")
    text = "\n\n".join(_PARAGRAPHS[1:4])
    flowed(page, LEFT, RIGHT, below + 2 * page.leading, [], text)
    said = "UNITED STATES DISTRICT COURT", *_PARTIES, *_CASE
    return page.done("\n".join([*said, "AFFIDAVIT IN SUPPORT OF A CRIMINAL COMPLAINT", text]))


_ASKED = (
    ("Name", "Maribel Áñez Gutiérrez"),
    ("Date and place of birth", "14 March 1994, Cochabamba; registered at Tarata by her "
     "grandmother two years later, as was the custom"),
    ("Entry", "Dulles, 2 September 2017, B-2 visa, with Iñaki Duarte-Kessler"),
    ("Suspects named by the applicant", "Žofie Kubešová; Wálter Peñaloza; a man called El "
     "Chueco, whose name she does not know"),
    ("Language", "Spanish"),
)  # fmt: skip
_SPOKEN = (
    "Q. Where did you live in July of 2017?", "A. In the house on Lockheed Street, in",
    "the laundry room.", "Q. Who else slept there?", "A. A girl from Peru whose name I never",
    "knew.", "Q. Did Mrs. Duarte keep a key?", "A. She had the only one.",
    "Q. Were you ever alone outside?", "A. On Sundays, for church, with Iñaki.",
    "Q. What did he say to you?", "A. That the police would deport me.",
)  # fmt: skip


def labels(seed: int) -> Laid:
    """Labels that wrap, what they ask for at their right."""
    chance = random.Random(seed)
    page = Drawing.of(chance)
    wide, gap, y = chance.uniform(80, 130), chance.uniform(12, 30), TOP
    for label, answer in _ASKED:
        sides = ((LEFT, wide, label), (LEFT + wide + gap, RIGHT - LEFT - wide - gap, answer))
        wrapped = [(x, page.wrapped(text, room)) for x, room, text in sides]
        for x, lines in wrapped:
            for n, line in enumerate(lines):
                page.write(x, y + n * page.leading, line)
        y += max(len(lines) for _, lines in wrapped) * page.leading + chance.uniform(5, 9)
    flowed(page, LEFT, RIGHT, y + page.leading, [], _PARAGRAPHS[2])
    return page.done("\n".join([*(f"{one} {other}" for one, other in _ASKED), _PARAGRAPHS[2]]))


def four_pages(seed: int) -> Laid:
    """A transcript with numbered lines, four pages on a sheet, two above two."""
    chance = random.Random(seed)
    page = Drawing.of(chance, sizes=(6.5, 7.5))
    said = list[str]()
    for number, x, top in ((10, 60, 70), (11, 60, 420), (12, 330, 70), (13, 330, 420)):
        page.write(x + 120, top, f"Page {number}")
        said.append(f"Page {number}")
        for n in range(22):
            line = _SPOKEN[(n + 5 * number) % len(_SPOKEN)]
            page.write(x, top + 18 + 14 * n, str(n + 1))
            page.write(x + 24, top + 18 + 14 * n, line)
            said.append(f"{n + 1} {line}")
    return page.done("\n".join(said))


def two_languages(seed: int) -> Laid:
    """A statement and its translation side by side, paragraph by paragraph."""
    chance = random.Random(seed)
    page = Drawing.of(chance)
    gutter = chance.uniform(16, 36)
    wide = (RIGHT - LEFT - gutter) / 2
    y = TOP
    for own, other in zip(_SPANISH, _ENGLISH, strict=True):
        ends = [
            flowed(page, x, x + wide, y, [], text)
            for x, text in ((LEFT, own), (LEFT + wide + gutter, other))
        ]
        y = max(ends)
    return page.done("\n".join([*_SPANISH, *_ENGLISH]))


def two_pages(seed: int) -> Laid:
    """Two pages copied onto one sheet, their lines out of step."""
    chance = random.Random(seed)
    page = Drawing.of(chance, paper=_TURNED)
    half = _TURNED[0] / 2
    parts = "\n\n".join(_PARAGRAPHS[:4]), "\n\n".join(_PARAGRAPHS[4:])
    for n, text in enumerate(parts):
        top = 50 + chance.uniform(0, 12)
        flowed(page, n * half + 36, (n + 1) * half - 36, top, [], text)
    return page.done("\n\n".join(parts))
