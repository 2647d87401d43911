"""An invented case file, and readers that stand in for the network. Nobody in it is real."""

from __future__ import annotations

import io
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from api.jobs.queue import Stage, Step
from api.jobs.work import BY, Tell
from extractor.documents.reading import read_case_file
from extractor.documents.words import CaseText, words_to_json
from extractor.language.circumstances import with_circumstances
from extractor.record import (
    AllegedTrafficker,
    Entity,
    EntityType,
    Means,
    MeansName,
    Mention,
    MentionKind,
    ModelVersion,
    Record,
    Role,
    RoleName,
    Span,
)
from haven import Haven
from haven.views import DocumentSummary

PAGES = (
    """DECLARATION OF MARISOL QUISPE HUANCA

1. I, Marisol Quispe Huanca, declare under penalty of perjury that this is true.
2. In March 2016 a woman called Doña Elvira came to our village. Elvira Montes
promised me work in a restaurant in Reno and said I would earn $1,800 a month.
3. Her nephew Rafael Montes drove four of us across the border near Nogales. He
took my passport and said I owed him $9,000 for the trip.
4. In Reno we slept in a locked room behind the Golden Lantern Restaurant. The
owner, Victor Salcedo, paid us nothing and said the police would deport us.
5. His phone number was (775) 555-0142. He hit my cousin Inés when she asked.""",
    """6. A man whom everybody called Chato watched the door at night. Chato had a
knife and said that he knew where our mothers lived.
7. Mrs. Montes came each month to take money from Victor Salcedo. I saw Elvira
Montes count it at the kitchen table.
8. In June 2017 a customer, Patricia Lowe, let me use her telephone. I told a
deputy of the Washoe County Sheriff everything. His report is number 17-04417.
9. I am afraid of Rafael Montes and of Chato. They know where my family lives.

I declare under penalty of perjury under the laws of the United States of America
that the foregoing is true and correct. Executed on 4 May 2019 in Reno, Nevada.""",
)


@dataclass(frozen=True)
class Person:
    """Somebody whom the stand-in for the network knows."""

    name: str
    role: RoleName
    means: MeansName
    score: float
    aliases: tuple[str, ...] = ()


_PEOPLE = (
    Person("Elvira Montes", RoleName.RECRUITER, MeansName.FALSE_PROMISES, 0.96, ("Doña Elvira",)),
    Person("Rafael Montes", RoleName.TRANSPORTER, MeansName.DOCUMENT_CONFISCATION, 0.93),
    Person("Victor Salcedo", RoleName.EXPLOITER, MeansName.WAGE_WITHHOLDING, 0.97),
    Person("Mrs. Montes", RoleName.EXPLOITER, MeansName.DEBT, 0.61),
    Person("Patricia Lowe", RoleName.FACILITATOR, MeansName.THREATS, 0.42),
)


def packet(pages: tuple[str, ...] = PAGES) -> bytes:
    """The case file as a PDF, the same bytes each time."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=letter, invariant=True)
    for page in pages:
        lines = canvas.beginText(72, 720)
        lines.setFont("Times-Roman", 12)
        lines.setLeading(20)
        lines.textLines(page)
        canvas.drawText(lines)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def record_of(text: CaseText) -> Record:
    """The record that a network would make of the invented case file."""
    entities = [_entity(text, n, person) for n, person in enumerate(_PEOPLE)]
    found = [entity for entity in entities if entity.mentions]
    record = Record(
        source=text.source,
        model=ModelVersion(name="stand-in", version="1"),
        pages=[page.page for page in text.pages],
        text=text.text,
        entities=found,
        alleged_traffickers=[_finding(entity) for entity in found],
    )
    return with_circumstances(record)


def _entity(text: CaseText, number: int, person: Person) -> Entity:
    mentions = [
        _mention(text, match.start(), match.end(), person.score)
        for name in (person.name, *person.aliases)
        for match in re.finditer(re.escape(name).replace(r"\ ", r"\s+"), text.text)
    ]
    evidence = [_sentence(text.text, mentions[0])] if mentions else []
    return Entity(
        id=f"e{number}",
        type=EntityType.PERSON,
        name=person.name,
        aliases=list(person.aliases),
        mentions=mentions,
        roles=[Role(role=person.role, score=person.score, evidence=evidence)],
        means=[Means(means=person.means, score=person.score, evidence=evidence)],
    )


def _mention(text: CaseText, start: int, end: int, score: float) -> Mention:
    page, boxes = text.boxes(start, end)
    return Mention(start=start, end=end, kind=MentionKind.NAM, score=score, page=page, boxes=boxes)


def _sentence(text: str, mention: Mention) -> Span:
    start = text.rfind(". ", 0, mention.start) + 2
    end = text.find(".", mention.end) + 1 or len(text)
    return Span(start=start, end=end)


def _finding(entity: Entity) -> AllegedTrafficker:
    return AllegedTrafficker(
        entity=entity.id,
        name=entity.name,
        aliases=entity.aliases,
        roles=[role.role for role in entity.roles],
        means=[m.means for m in entity.means],
        identifiers={"PHONE": ["(775) 555-0142"]} if entity.name == "Victor Salcedo" else {},
        score=entity.roles[0].score,
        evidence=entity.roles[0].evidence,
    )


def read_document(
    haven: Haven, document: DocumentSummary, tell: Tell
) -> tuple[Record, list[object]]:
    """A reader with real pages and a stand-in for the network."""
    tell(Step(Stage.READING))
    with haven.files.plain_copy(document.id, by=BY) as path:
        text = read_case_file(path)
    tell(Step(Stage.UNDERSTANDING))
    return record_of(text), list(words_to_json(text.pages))


def read_slowly(haven: Haven, document: DocumentSummary, tell: Tell) -> tuple[Record, list[object]]:
    """A reader that tells when it began, and then takes long enough to be killed."""
    with Path(os.environ["DECLARANT_TEST_TRACE"]).open("a") as trace:
        trace.write(f"{document.id}\n")
    time.sleep(float(os.environ.get("DECLARANT_TEST_DELAY", "1.5")))
    return read_document(haven, document, tell)


def read_and_die(
    haven: Haven, document: DocumentSummary, tell: Tell
) -> tuple[Record, list[object]]:
    """A reader whose process dies of the file."""
    tell(Step(Stage.READING))
    os._exit(9)
