"""A very long file: 40,000 words on 100 pages with 2,000 mentions."""

from __future__ import annotations

import hashlib
import time

from fastapi.testclient import TestClient

from api.site import Site
from extractor.documents.words import PageWords, Word, words_to_json
from extractor.record import (
    AllegedTrafficker,
    Entity,
    EntityType,
    Mention,
    MentionKind,
    ModelVersion,
    Page,
    Record,
    Role,
    RoleName,
    Source,
    Span,
    TextSource,
)

PAGES, WORDS, PEOPLE, MENTIONS = 100, 400, 20, 100
_STEP = 8  # seven letters and a space


def word(number: int) -> Word:
    place = number % WORDS
    left, top = 40 + 26 * (place % 20), 40 + 30 * (place // 20)
    text = f"w{number:06d}"
    return Word(text, (left, top, left + 24, top + 12), number * _STEP, number * _STEP + 7, None)


def pages() -> list[PageWords]:
    made = []
    for number in range(PAGES):
        words = tuple(word(n) for n in range(number * WORDS, (number + 1) * WORDS))
        page = Page(
            number=number + 1,
            start=words[0].start,
            end=words[-1].end,
            text_source=TextSource.DIGITAL,
            width=612,
            height=792,
        )
        made.append(PageWords(page, words))
    return made


def mention(number: int) -> Mention:
    shown = word(number)
    page = number // WORDS + 1
    return Mention(
        start=shown.start,
        end=shown.end,
        kind=MentionKind.NAM,
        score=0.9,
        page=page,
        boxes=[shown.box],
    )


def person(number: int) -> Entity:
    every = PAGES * WORDS // MENTIONS
    mentions = [mention(number + every * n) for n in range(MENTIONS)]
    evidence = [Span(start=m.start, end=m.end) for m in mentions[:20]]
    role = Role(role=RoleName.EXPLOITER, score=0.9, evidence=evidence)
    name = f"Person {number}"
    return Entity(
        id=f"e{number}", type=EntityType.PERSON, name=name, mentions=mentions, roles=[role]
    )


def record(content: bytes, made: list[PageWords]) -> Record:
    people = [person(number) for number in range(PEOPLE)]
    sha256 = hashlib.sha256(content).hexdigest()
    return Record(
        source=Source(
            filename="long.pdf",
            media_type="application/pdf",
            sha256=sha256,
            bytes=len(content),
        ),
        model=ModelVersion(name="test", version="1"),
        pages=[page.page for page in made],
        text=" ".join(word.text for page in made for word in page.words),
        entities=people,
        alleged_traffickers=[
            AllegedTrafficker(
                entity=one.id,
                name=one.name,
                roles=[RoleName.EXPLOITER],
                score=0.9,
                evidence=one.roles[0].evidence,
            )
            for one in people
        ],
    )


def test_the_review_page_opens_in_two_seconds(client: TestClient, site: Site) -> None:
    content, made = b"%PDF-1.7 long", pages()
    case = site.haven.cases.create(by="test")
    document = site.haven.files.add(
        case.id, content, filename="long.pdf", media_type="application/pdf", by="test"
    )
    words = list(words_to_json(made))
    site.haven.extractions.save(document.id, record(content, made), words, by="test")
    began = time.perf_counter()
    answer = client.get(f"/cases/{case.id}/review", params={"page": 50})
    took = time.perf_counter() - began
    assert answer.status_code == 200
    assert answer.text.count('<rect class="word') == WORDS, "only this page's words are sent"
    assert len(answer.text) < 400_000
    assert took < 2
