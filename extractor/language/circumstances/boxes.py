"""Boxes that a form has checked, by what their names say.

Sources: Form I-918, Supplement B, Part 3 (criminal acts) and Form I-914, Supplement B, Part C
(statement of claim). Forms I-918 and I-914 themselves are left out: there a box beside
"prostitution" or "trafficking" answers whether the applicant ever took part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractor.record import FormName, Purpose, QualifyingCrime

__all__ = ["Forms", "checked_crimes", "checked_purposes"]

Forms = Sequence[tuple[FormName | None, Mapping[str, str]]]
"""The forms of a file, each with its filled fields."""

_CHECKED = re.compile(r"yes|y|on|x|1|true|checked|selected", re.IGNORECASE)
_C = QualifyingCrime
_WORDS: dict[QualifyingCrime, str] = {
    **{crime: crime.replace("_", "").lower() for crime in _C},
    _C.BEING_HELD_HOSTAGE: "hostage",
    _C.FEMALE_GENITAL_MUTILATION: "genitalmutilation",
    _C.PERJURY: "(?<!penaltyof)perjury",
    _C.UNLAWFUL_CRIMINAL_RESTRAINT: "criminalrestraint",
}
_OPTION = re.compile(rf"(?:being)?(?:held|unlawful|female)?(?:{'|'.join(_WORDS.values())})")
"""An option that is the name of a crime, and no sentence in which one is told of."""
_PURPOSES = {
    Purpose.LABOR: "labou?r|servitude|peonage|bondage",
    Purpose.SEX: "sextraffick|commercialsex|sexact",
}


def checked_crimes(forms: Forms) -> set[QualifyingCrime]:
    """The crimes that an agency certified by a check."""
    names = _checked(forms, FormName.I_918B)
    return {crime for crime, words in _WORDS.items() if any(re.search(words, n) for n in names)}


def checked_purposes(forms: Forms) -> set[Purpose]:
    """What an officer declared the trafficking to be for by a check."""
    names = _checked(forms, FormName.I_914B)
    return {
        purpose for purpose, words in _PURPOSES.items() if any(re.search(words, n) for n in names)
    }


def _checked(forms: Forms, wanted: FormName) -> list[str]:
    """Names of checked boxes as bare small letters; a box's value may be its name, too.

    Where an answer has several options, parted by semicolons, each is a name.
    """
    filled = [pair for form, fields in forms if form is wanted for pair in fields.items()]
    checked = [_letters(name) for name, value in filled if _CHECKED.fullmatch(value.strip())]
    options = [_letters(option) for _, value in filled for option in value.split(";")]
    return [*checked, *(option for option in options if _OPTION.fullmatch(option))]


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())
