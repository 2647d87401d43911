"""What the files say of the case is shown once, with its words, and goes into the record."""

from __future__ import annotations

import json

from extractor.record import Case
from haven import Haven
from haven.review.circumstances import Kind, circumstances_of
from tests.haven import records
from tests.haven.casework import REVIEWER, open_case
from tests.haven.records import TEXT, span


def case(words: str, **facts: object) -> Case:
    return Case.model_validate(
        {"purposes": ["LABOR"], "evidence": {"LABOR": [span(words)]}} | facts
    )


def test_two_documents_say_one_thing_once() -> None:
    statement = records.record().model_copy(update={"case": case("locked us in the house")})
    told = {"manner_of_entry": "INSPECTED", "class_of_admission": "H-2B"}
    other = records.record(sha256="1" * 64).model_copy(update={"case": case("beat me", **told)})
    entry, purpose = circumstances_of([statement, other])
    assert (entry.kind, entry.value, entry.detail) == (Kind.MANNER_OF_ENTRY, "INSPECTED", "H-2B")
    assert entry.passages == ()
    assert [p.quote for p in purpose.passages] == ["locked us in the house", "beat me"]
    assert {p.document for p in purpose.passages} == {records.SHA256, "1" * 64}


def test_the_confirmed_record_keeps_them(haven: Haven) -> None:
    read = records.record().model_copy(
        update={"case": case("kept my passport", qualifying_crimes=["EXTORTION"])}
    )
    work = open_case(haven, read)
    work.accept_all()
    work.confirm()
    shown = haven.review.circumstances(work.case_id, by=REVIEWER)
    assert [fact.value for fact in shown] == ["LABOR", "EXTORTION"]
    exported = json.loads(json.dumps(haven.review.export(work.case_id, by=REVIEWER)))
    labor, extortion = exported["case"]["circumstances"]
    assert (labor["kind"], labor["value"], extortion["value"]) == ("PURPOSE", "LABOR", "EXTORTION")
    assert TEXT[labor["passages"][0]["start"] :].startswith("kept my passport")
