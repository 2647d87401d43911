"""A page whose words the file itself holds, with the boxes that are drawn on it."""

from __future__ import annotations

from extractor.documents.assembly import PageContent
from extractor.documents.checked import RawPage
from extractor.documents.drawn_boxes import words_with_boxes
from extractor.documents.languages import language_of
from extractor.record import PageFlag, TextSource


def content(page: RawPage) -> PageContent:
    """The page with its words and flags."""
    language = language_of(" ".join(page.texts))
    return PageContent(
        width=page.width,
        height=page.height,
        words=words_with_boxes(page),
        text_source=TextSource.DIGITAL if page.texts else TextSource.NONE,
        language=language,
        flags=[PageFlag.NON_ENGLISH] if language not in (None, "en") else [],
        turn=page.turn,
        rules=page.rules,
        pictures=page.pictures,
    )
