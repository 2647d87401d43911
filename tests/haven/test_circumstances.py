"""What the files say of the case is shown once, with its words, and goes into the record."""

from __future__ import annotations

import json

from extractor.record import Case, DocumentKind, FormName, Record, Section
from haven import Haven
from haven.review.circumstances import Kind, circumstances_of, contradicted
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


def test_forms_and_words_that_contradict_each_other_all_stand() -> None:
    told = case("took us to Fresno", manner_of_entry="WITHOUT_INSPECTION")
    told = told.model_copy(
        update={"evidence": {"WITHOUT_INSPECTION": [span("took us to Fresno")]}, "purposes": []}
    )
    statement = records.record().model_copy(update={"case": told})
    form = _application({"Pt2Line16_DateofEntry[0]": "04/09/2019", "Line17_PlaceofEntry": "N/A"})
    facts = circumstances_of([statement, form])
    assert [(fact.kind, fact.value) for fact in facts] == [
        (Kind.MANNER_OF_ENTRY, "WITHOUT_INSPECTION"),
        (Kind.MANNER_OF_ENTRY, "INSPECTED"),
        (Kind.DATE_OF_ENTRY, "04/09/2019"),
    ]
    assert contradicted(facts) == {Kind.MANNER_OF_ENTRY}
    words, field, date = facts
    assert [p.quote for p in words.passages] == ["took us to Fresno"]
    assert (field.passages, [p.document for p in field.forms]) == ((), ["1" * 64])
    assert [(p.quote, p.page) for p in date.passages] == [("04/09/2019", 1)]
    again = _application({"DateofEntry": "05/10/2019"}, sha256="2" * 64)
    assert contradicted(circumstances_of([form, again])) == {Kind.DATE_OF_ENTRY}


def _application(fields: dict[str, str], *, sha256: str = "1" * 64) -> Record:
    """A filled Form I-914 in which each value stands once."""
    text = "Application. " + " ".join(fields.values())
    form = Section(
        start=0,
        end=len(text),
        kind=DocumentKind.APPLICATION_FORM,
        form=FormName.I_914,
        fields=fields,
    )
    blank = records.record([], text=f"{text} Analyn Reyes", sha256=sha256, others=())
    return blank.model_copy(update={"sections": [form], "case": Case(manner_of_entry="INSPECTED")})


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
