"""Headings as they were meant: letters that a scan mistook are put right before matching.

Only for telling what a line is; the text of the record keeps what was read.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache

# The words that headings are made of: a misread word is taken for the one it is closest to.
_WORDS = """
    abuse accuracy additional affidavit affirmation agency appeals application arrest assessment
    attachment attestation biopsychosocial birth case certificate certification certified
    citizenship clinic clinical competence complaint concern continuation continued country
    county court crime criminal daytime decision declaracion declarant declaration department
    deposition district domestic english evaluation evaluator evidence examination exhibit
    family forensic form health immediate immigration impact incident indictment information
    interpreter interview interviewer investigation investigative investigator involvement
    judgment jurada law letter letterhead medical member memorandum mental municipal narrative
    nonimmigrant notice number offense office officer official order part passport personal
    petition petitioner petitioners police proceedings protection protective psychiatric
    psychological psychosocial psychotherapy qualifying relationship report reported reporter
    reporting reports restraining sheriff sheriffs social spanish statement status superior
    supplement supplemental support sworn telephone testimony trafficking transcript translated
    translation translator translators trauma victim violence witness
"""
# Words that are close to those, and meant as they stand.
_OTHERS = """
    apartment arrested counter disposition fitness freeport immigrant interpret interviewed
    noticed person psychiatry statutes supervisor
"""
_VOCABULARY = frozenset(_WORDS.split())
_KNOWN = _VOCABULARY | frozenset(_OTHERS.split())
_SMALL = ("and", "by", "for", "from", "in", "of", "the", "to")
_JOINED = re.compile(
    rf"(?:{'|'.join(sorted(_VOCABULARY, key=len, reverse=True))}|{'|'.join(_SMALL)})"
)
_LIKE_LETTERS = str.maketrans(
    {"0": "o", "1": "i", "|": "i", "!": "i", "5": "s", "8": "b", "$": "s"}
)
_PLAIN = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "ı": "i"})
_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[|!$](?=[^\W_]))*")
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_FORM_NUMBER = re.compile(
    r"(?<![\w-])[Iil1|!]\s?[-.–—]?\s?(9[1Iil|][48]|192|765|485|589|360|130|797)(?!\d)(?=[ABab]?\b)"
)
_CLOSE = 0.84
_SHORTEST = 6


def plain(line: str) -> str:
    """A line without accents, ligatures and curled quotes."""
    if line.isascii():
        return line
    decomposed = unicodedata.normalize("NFKD", line.translate(_PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def legible(line: str) -> str:
    """The line as its author meant it: `AFF1DAVIT` is `affidavit`, `l-914` is `i-914`."""
    return _TOKEN.sub(lambda match: _word(match.group()), closed_up(plain(line)))


def closed_up(line: str) -> str:
    """A line without the blanks between the letters of a spaced word."""
    return _SPACED.sub(lambda match: match.group().replace(" ", ""), line)


def form_numbers(line: str) -> str:
    """The line with the numbers of USCIS forms as they are printed: `l-9l4` is `I-914`."""
    return _FORM_NUMBER.sub(_form_number, line)


def _form_number(match: re.Match[str]) -> str:
    digits = re.sub(r"[Iil|]", "1", match.group(1))
    bare_one = match.group()[0] in "1l|!" and not re.search(r"[-.–—]", match.group())
    return match.group() if bare_one else f"I-{digits}"


@lru_cache(maxsize=8192)
def _word(token: str) -> str:
    letters = sum(c.isalpha() for c in token)
    if token.replace("0", "o").lower() in _SMALL:
        return token.replace("0", "o")
    if len(token) < 4 or 2 * letters < len(token):
        return token
    lowered = token.lower()
    if lowered in _KNOWN:
        return token
    return _known(_letters_only(token)) or token


def _letters_only(token: str) -> str:
    """Digits as the letters they look like; an l among capitals is an I."""
    if sum(c.isupper() for c in token) > 1:
        token = token.replace("l", "I")
    return token.translate(_LIKE_LETTERS).lower()


def _known(word: str) -> str | None:
    """The words of headings that this one is, misread or run together."""
    if word in _KNOWN:
        return word
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    pieces = _JOINED.findall(word)
    if len(pieces) > 1 and sum(map(len, pieces)) == len(word):
        return " ".join(pieces)
    close = difflib.get_close_matches(word, _VOCABULARY, n=1, cutoff=_CLOSE)
    return str(close[0]) if close else None
