"""Which findings of two files are proposed as one person, and which are not."""

from __future__ import annotations

import datetime

from api.views.duplicates import likenesses
from api.views.review import with_state
from extractor.record import MentionKind
from haven.review import Finding, Identifier
from haven.review.model import FindingStatus, ReviewState, SeenMention
from haven.views import CaseStatus, CaseSummary

HERE, THERE = "a" * 64, "b" * 64


def person(
    name: str, document: str, phone: str = "", status: FindingStatus = FindingStatus.UNDECIDED
) -> Finding:
    mention = SeenMention(document=document, start=0, end=5, kind=MentionKind.NAM, quote=name)
    known = (Identifier(type="PHONE", value=phone),) if phone else ()
    key = f"{name}-{document[0]}"
    return Finding(key=key, name=name, mentions=(mention,), identifiers=known, status=status)


def proposed(*findings: Finding) -> set[tuple[str, str, str]]:
    names = {finding.key: finding.name for finding in findings}
    return {
        (names[key], like.other.name, like.why)
        for key, found in likenesses(findings).items()
        for like in found
        if key.endswith("-a")
    }


def test_names_and_numbers_match_however_they_are_spelt() -> None:
    assert proposed(
        person("Rafael Montes", HERE),
        person("Chato", HERE, "(775) 555-0142"),
        person("Lena Ortiz Vega", HERE),
        person("RAFAÉL MONTES", THERE),
        person("Somebody Quite Else", THERE, "+1 775 555 0142"),
        person("VEGA, Lena", THERE),
    ) == {
        ("Rafael Montes", "RAFAÉL MONTES", "same name"),
        ("Chato", "Somebody Quite Else", "same phone"),
        ("Lena Ortiz Vega", "VEGA, Lena", "similar name"),
    }


def test_a_name_that_two_could_bear_is_proposed_for_neither() -> None:
    assert not proposed(
        person("Mrs. Montes", HERE), person("Elvira Montes", THERE), person("Ana Montes", THERE)
    )


def test_one_file_and_rejected_findings_propose_nothing() -> None:
    assert not proposed(person("Rafael Montes", HERE), person("Rafael Montes ", HERE))
    rejected = person("Rafael Montes", THERE, status=FindingStatus.REJECTED)
    assert not proposed(person("Rafael Montes", HERE), rejected)


def test_one_name_in_hundreds_of_files_is_proposed_a_few_at_a_time() -> None:
    findings = tuple(person("Lan", f"{number:064}") for number in range(300))
    findings = tuple(
        finding.model_copy(update={"key": f"k{number}"}) for number, finding in enumerate(findings)
    )
    accepted = findings[1].model_copy(update={"status": FindingStatus.ACCEPTED})
    findings = (findings[0], accepted, *findings[2:])
    assert {len(found) for found in likenesses(findings).values()} == {299}
    at = datetime.datetime.now(datetime.UTC)
    case = CaseSummary("c", None, None, None, CaseStatus.OPEN, None, 0, 300, at, at)
    state = ReviewState(
        case_id="c",
        version=0,
        status=CaseStatus.OPEN,
        findings=findings,
        decisions=(),
        confirmation=None,
    )
    row = with_state(case, state, []).rows[0]
    assert [like.other.key for like in row.alike] == ["k2", "k3", "k4"]
    assert row.more_alike == 296
