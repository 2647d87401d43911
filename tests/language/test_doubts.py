"""What was read doubtfully is said of the facts that rest on it."""

from __future__ import annotations

import re

from extractor.documents.words import CaseText, PageWords, Word
from extractor.pipeline import record_of
from extractor.record import AllegedTrafficker, DocumentKind, Page, Record, Source, TextSource
from models.runtime import shipped_runtime

STORY = (
    "In March 2019 a man called Chepe, whose real name is Luis Barahona, offered me work. He "
    "drove me across the border and said that I owed him $6,000. His sister, Nidia Barahona, "
    "locked me in her house and took my passport. Nidia Barahona told me that she would call "
    "immigration. Chepe beat me. Chepe took my pay. His phone number was (713) 555-0142."
)
SOURCE = Source(sha256="0" * 64, filename="story.png", media_type="image/png", bytes=1)


def case_text(doubtful: dict[int, str | None], confidence: float | None) -> CaseText:
    """The story as if read from a page; `doubtful`: nth word -> the other reading."""
    words = tuple(
        Word(m[0], (0.0, 0.0, 1.0, 1.0), m.start(), m.end(),
             0.4 if n in doubtful else confidence, doubtful.get(n))
        for n, m in enumerate(re.finditer(r"\S+", STORY))
    )  # fmt: skip
    page = Page(
        number=1, width=612, height=792, text_source=TextSource.OCR, start=0, end=len(STORY)
    )
    return CaseText(
        source=SOURCE, text=STORY, pages=(PageWords(page, words),),
        document_kind=DocumentKind.OTHER, form=None, fields={}, sections=(), problems=(),
    )  # fmt: skip


def places(form: str) -> list[int]:
    return [n for n, word in enumerate(STORY.split()) if form in word]


def read(doubtful: dict[int, str | None], confidence: float | None = 0.97) -> Record:
    return record_of(case_text(doubtful, confidence), shipped_runtime())


def called(record: Record, name: str) -> AllegedTrafficker:
    return next(t for t in record.alleged_traffickers if name in {t.name, *t.aliases})


def test_a_name_that_was_read_doubtfully_everywhere_is_doubtful() -> None:
    luis = places("Luis")[0]
    record = read({luis: "Luls"})
    doubts = called(record, "Luis Barahona").doubts
    assert [(d.value, d.other) for d in doubts] == [("Luis Barahona", "Luls Barahona")]
    entity = record.entity(called(record, "Luis Barahona").entity)
    scores = {record.quote(m): m.score for m in entity.mentions}
    assert scores["Luis Barahona"] == 0.4


def test_a_clear_reading_elsewhere_bears_the_name_out() -> None:
    first, *others = places("Nidia")
    assert others
    assert called(read({first: "Nidla"}), "Nidia Barahona").doubts == []


def test_digital_text_leaves_no_doubt() -> None:
    record = read({}, confidence=None)
    assert all(t.doubts == [] for t in record.alleged_traffickers)
