"""Confirming writes the record once, whole, and in versions."""

from __future__ import annotations

import json

import pytest

from extractor.errors import ConflictError, NotFoundError
from extractor.record import FormName, Record, RoleName
from haven import Haven
from haven.review import Accept, Add, Correct, Merge, Reject
from haven.views import CaseStatus
from tests.haven import records
from tests.haven.casework import REVIEWER, open_case
from tests.haven.records import AGENCY, BABY, RAMON
from tests.haven.test_review import passage


def test_needs_every_finding_decided(haven: Haven) -> None:
    work = open_case(haven)
    work.decide(Accept(finding=work.state.findings[0].key))
    with pytest.raises(ConflictError, match="1 findings"):
        work.confirm()
    assert haven.subjects.of_case(work.case_id, by=REVIEWER) == []


def test_needs_every_document_read(haven: Haven) -> None:
    work = open_case(haven)
    work.accept_all()
    haven.files.add(work.case_id, b"new", filename="n.txt", media_type="text/plain", by=REVIEWER)
    with pytest.raises(ConflictError, match="being read"):
        work.confirm()


def test_needs_a_role_of_each_accepted(haven: Haven) -> None:
    work = open_case(haven, records.record([BABY]))
    work.accept_all()
    key = work.state.findings[0].key
    work.decide(Correct(finding=key, remove_roles=(RoleName.HARBORER,)))
    with pytest.raises(ConflictError, match="no role"):
        work.confirm()


def test_writes_subjects_and_everybody_else(haven: Haven) -> None:
    work = open_case(haven, records.record([RAMON, BABY, AGENCY]))
    ramon, baby, agency = work.state.findings
    work.decide(Accept(finding=ramon.key))
    work.decide(Reject(finding=baby.key))
    work.decide(Accept(finding=agency.key))
    work.decide(Correct(finding=ramon.key, relationship_to_declarant="recruiter of her cousin"))
    work.confirm()
    subjects = {s.name: s for s in haven.subjects.of_case(work.case_id, by=REVIEWER)}
    assert set(subjects) == {"Ramon Dela Cruz", "Golden Path Placement Agency"}
    ramon_kept = subjects["Ramon Dela Cruz"]
    assert ramon_kept.aliases == ("Ramon",)
    assert ramon_kept.identifiers == {"PHONE": ["(213) 555-0142"]}
    assert ramon_kept.relationship_to_declarant == "recruiter of her cousin"
    assert [e["quote"] for e in ramon_kept.evidence][1] == "Ramon"
    named = [
        [party.name for party in read(work.case_id, by=REVIEWER)]
        for read in (
            haven.subjects.organizations,
            haven.subjects.other_victims,
            haven.subjects.law_enforcement_contacts,
        )
    ]
    assert named == [
        ["Golden Path Placement Agency"],
        ["Joy Santos"],
        ["Dana Whitfield", "Fresno Police"],
    ] or [sorted(names) for names in named] == [
        ["Golden Path Placement Agency"],
        ["Joy Santos"],
        ["Dana Whitfield", "Fresno Police"],
    ]
    (facts,) = haven.subjects.supplement_b(work.case_id, by=REVIEWER)
    assert (facts.form, facts.fields) == (FormName.I_918B, {"Line9_CaseNumber": "19-00142"})


def test_confirming_again_changes_nothing(haven: Haven) -> None:
    work = open_case(haven)
    work.accept_all()
    first = work.confirm()
    assert work.confirm() == first
    assert len(haven.subjects.of_case(work.case_id, by=REVIEWER)) == 2
    assert haven.cases.get(work.case_id, by=REVIEWER).status is CaseStatus.CONFIRMED


def test_confirmed_case_is_reopened_before_it_is_changed(haven: Haven) -> None:
    work = open_case(haven)
    work.accept_all()
    first = work.confirm()
    ramon, baby = work.state.findings
    with pytest.raises(ConflictError, match="confirmed"):
        work.decide(Reject(finding=baby.key))
    version = work.state.version
    state = haven.review.reopen(work.case_id, by=REVIEWER, expected_version=version)
    assert state.status is CaseStatus.REOPENED
    assert len(haven.subjects.of_case(work.case_id, by=REVIEWER)) == 2  # stands until the next
    work.decide(Reject(finding=baby.key))
    second = work.confirm()
    assert (first.number, second.number) == (1, 2)
    assert [s.name for s in haven.subjects.of_case(work.case_id, by=REVIEWER)] == [ramon.name]
    assert haven.subjects.search("Tita Baby", by=REVIEWER) == []
    assert haven.review.confirmations(work.case_id, by=REVIEWER) == [first, second]
    old = haven.review.export(work.case_id, by=REVIEWER, number=1)
    assert len(old["alleged_traffickers"]) == 2


def test_person_keeps_its_id_over_confirmations(haven: Haven) -> None:
    work = open_case(haven)
    work.accept_all()
    work.confirm()
    before = {s.name: s.person for s in haven.subjects.of_case(work.case_id, by=REVIEWER)}
    work.extract(records.record([BABY, RAMON], version="2"))
    version = work.state.version
    haven.review.reopen(work.case_id, by=REVIEWER, expected_version=version)
    work.decide(Correct(finding=work.named("Tita Baby").key, name="Barbara Lim"))
    work.confirm()
    after = {s.name: s.person for s in haven.subjects.of_case(work.case_id, by=REVIEWER)}
    assert after == {
        "Ramon Dela Cruz": before["Ramon Dela Cruz"],
        "Barbara Lim": before["Tita Baby"],
    }


def test_new_extraction_does_not_touch_the_confirmed_record(haven: Haven) -> None:
    work = open_case(haven)
    work.accept_all()
    confirmed = work.confirm()
    work.extract(records.record([RAMON], version="2"))
    state = work.state
    assert state.status is CaseStatus.CONFIRMED
    assert state.confirmation == confirmed
    assert state.version > confirmed.review_version  # shows that there is something new to see
    assert len(haven.subjects.of_case(work.case_id, by=REVIEWER)) == 2


def test_export_is_a_record_with_its_provenance(haven: Haven) -> None:
    work = open_case(haven, records.record([RAMON, BABY, AGENCY]))
    ramon, baby, agency = work.state.findings
    work.decide(Accept(finding=ramon.key))
    work.decide(Merge(finding=ramon.key, other=baby.key))
    work.decide(Reject(finding=agency.key))
    work.decide(Add(name="Boy Negro", spans=(passage("Boy Negro"),), roles=(RoleName.TRANSPORTER,)))
    confirmation = work.confirm()
    export = json.loads(json.dumps(haven.review.export(work.case_id, by=REVIEWER)))
    assert export["confirmation"]["reviewer"] == REVIEWER
    assert export["confirmation"]["id"] == confirmation.id
    assert export["case"]["receipt_number"] == "EAC-15-900-00001"
    kinds = [entry["kind"] for entry in export["decisions"]]
    assert kinds == ["ACCEPT", "MERGE", "REJECT", "ADD"]
    (document,) = export["documents"]
    record = Record.model_validate(document["record"])
    assert [t.name for t in record.alleged_traffickers] == ["Ramon Dela Cruz", "Boy Negro"]
    names = [entity.name for entity in record.entities]
    assert "Tita Baby" not in names  # it is an alias now
    assert record.alleged_traffickers[0].aliases == ["Ramon", "Tita Baby"]
    rejected = next(e for e in record.entities if e.name == agency.name)
    assert not rejected.is_alleged_trafficker()
    assert document["extraction_version"] == 1


def test_nothing_to_export_before_confirmation(haven: Haven) -> None:
    work = open_case(haven)
    with pytest.raises(NotFoundError):
        haven.review.export(work.case_id, by=REVIEWER)


def test_only_a_confirmed_case_is_reopened(haven: Haven) -> None:
    work = open_case(haven)
    version = work.state.version
    with pytest.raises(ConflictError):
        haven.review.reopen(work.case_id, by=REVIEWER, expected_version=version)


@pytest.mark.parametrize(
    ("value", "kind", "finds"),
    [
        ("ramon DELA  cruz", None, ["Ramon Dela Cruz"]),
        ("Ramón", None, ["Ramon Dela Cruz"]),  # an alias, with an accent
        ("213.555.0142", None, ["Ramon Dela Cruz"]),
        ("+1 (213) 555-0142", "PHONE", ["Ramon Dela Cruz"]),
        ("2135550142", "CASE_NUMBER", []),
        ("Tita Baby", "NAME", ["Tita Baby"]),
        ("Tita", None, []),  # exact, not by parts
    ],
)
def test_search_is_exact_but_not_by_spelling(
    haven: Haven, value: str, kind: str | None, finds: list[str]
) -> None:
    work = open_case(haven)
    work.accept_all()
    assert haven.subjects.search(value, kind=kind, by=REVIEWER) == []
    work.confirm()
    found = haven.subjects.search(value, kind=kind, by=REVIEWER)
    assert [subject.name for subject in found] == finds
