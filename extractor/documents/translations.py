"""Originals, their translations and the certificates that bind them.

8 CFR 103.2(b)(3): a document in a foreign language comes with a full English translation that
the translator certifies as complete and accurate. The certificate's section tells the pair in
its fields: `OriginalLanguage` (ISO 639-1), `OriginalPages`, `TranslationPages` (`3-5`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.documents.forms import FORM_KINDS
from extractor.documents.words import PageWords
from extractor.record import DocumentKind, Section

_LANGUAGES = {
    "albanian": "sq", "amharic": "am", "arabic": "ar", "bengali": "bn", "cantonese": "zh",
    "chinese": "zh", "french": "fr", "german": "de", "haitian creole": "ht", "hindi": "hi",
    "hungarian": "hu", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko",
    "mandarin": "zh", "nepali": "ne", "polish": "pl", "portuguese": "pt", "punjabi": "pa",
    "quechua": "qu", "romanian": "ro", "russian": "ru", "somali": "so", "spanish": "es",
    "swahili": "sw", "tagalog": "tl", "thai": "th", "turkish": "tr", "ukrainian": "uk",
    "urdu": "ur", "vietnamese": "vi",
}  # fmt: skip
_NAMED = re.compile(rf"\b({'|'.join(_LANGUAGES)})\b", re.IGNORECASE)
_NEVER = (*FORM_KINDS, DocumentKind.TRANSLATION_CERTIFICATE)
_REACH = 2


def paired(
    text: str, sections: Sequence[Section], pages: Sequence[PageWords]
) -> tuple[Section, ...]:
    """The sections, each certificate of translation with what it certifies."""
    languages = [_language(section, pages) for section in sections]
    taken: set[int] = set()
    found = list(sections)
    for index, section in enumerate(sections):
        if section.kind is not DocumentKind.TRANSLATION_CERTIFICATE:
            continue
        near = [at for at in _near(index, sections) if at not in taken]
        translation = next((at for at in near if languages[at] in ("en", None)), None)
        original = _original(near, translation, languages)
        taken |= {at for at in (translation, original) if at is not None}
        said = _language_named(text[section.start : section.end])
        fields = {
            "OriginalLanguage": said if original is None else languages[original],
            "OriginalPages": _pages(sections, original, pages),
            "TranslationPages": _pages(sections, translation, pages),
        }
        kept = {name: value for name, value in fields.items() if value}
        found[index] = section.model_copy(update={"fields": {**section.fields, **kept}})
    return tuple(found)


def _near(index: int, sections: Sequence[Section]) -> list[int]:
    """The documents round a certificate, those before it first; forms are never translated."""
    before = range(index - 1, max(index - 1 - _REACH, -1), -1)
    after = range(index + 1, min(index + 1 + _REACH, len(sections)))
    return [at for at in (*before, *after) if sections[at].kind not in _NEVER]


def _original(
    near: Iterable[int], translation: int | None, languages: Sequence[str | None]
) -> int | None:
    """The nearest document in another language, beside the translation if there is one."""
    foreign = [at for at in near if languages[at] not in ("en", None)]
    if translation is None:
        return foreign[0] if foreign else None
    return min(foreign, key=lambda at: abs(at - translation), default=None)


def _language(section: Section, pages: Sequence[PageWords]) -> str | None:
    """The language that most of a section is in."""
    weights: Counter[str] = Counter()
    for page in pages:
        common = min(section.end, page.page.end) - max(section.start, page.page.start)
        if common > 0 and page.page.language is not None:
            weights[page.page.language] += common
    return weights.most_common(1)[0][0] if weights else None


def _language_named(text: str) -> str | None:
    match = _NAMED.search(text)
    return _LANGUAGES[match[1].lower()] if match else None


def _pages(sections: Sequence[Section], at: int | None, pages: Sequence[PageWords]) -> str:
    """The pages of a section, as `3` or `3-5`."""
    if at is None:
        return ""
    section = sections[at]
    on = [
        page.page.number
        for page in pages
        if min(section.end, page.page.end) > max(section.start, page.page.start)
    ]
    return "" if not on else str(on[0]) if len(on) == 1 else f"{on[0]}-{on[-1]}"
