"""Reviewers correct what the machine found, and what they decided is never lost."""

from __future__ import annotations

import threading

import pytest

from extractor.errors import ConflictError, NotFoundError, UsageError
from extractor.record import EntityType, MeansName, RelationType, RoleName
from haven import Haven
from haven.review import (
    Accept,
    Add,
    Correct,
    Finding,
    Identifier,
    Merge,
    Passage,
    Reject,
    Split,
    Tie,
    Undo,
)
from haven.review.model import FindingStatus, Origin
from haven.views import CaseStatus
from tests.haven import records
from tests.haven.casework import REVIEWER, Casework, open_case
from tests.haven.records import BABY, RAMON, SHA256, Draft, span


@pytest.fixture
def work(haven: Haven) -> Casework:
    return open_case(haven)


def passage(words: str, nth: int = 0) -> Passage:
    found = span(words, nth)
    return Passage(document=SHA256, start=found.start, end=found.end)


def words_of(finding: Finding) -> list[str]:
    return [mention.quote for mention in finding.mentions]


def test_findings_start_undecided(work: Casework) -> None:
    state = work.state
    assert [(f.name, f.status, f.origin) for f in state.findings] == [
        ("Ramon Dela Cruz", FindingStatus.UNDECIDED, Origin.MACHINE),
        ("Tita Baby", FindingStatus.UNDECIDED, Origin.MACHINE),
    ]
    assert words_of(state.findings[0]) == ["Ramon Dela Cruz", "Ramon", "Ramon Dela Cruz"]
    assert (state.version, state.undecided()) == (1, 2)


def test_accept_and_reject(work: Casework) -> None:
    work.decide(Accept(finding=work.named("Ramon Dela Cruz").key))
    state = work.decide(Reject(finding=work.named("Tita Baby").key, note="a neighbour"))
    statuses = [finding.status for finding in state.findings]
    assert statuses == [FindingStatus.ACCEPTED, FindingStatus.REJECTED]
    assert state.status is CaseStatus.IN_REVIEW
    assert state.decisions[1].decision.note == "a neighbour"
    assert state.findings[1].decisions == (state.decisions[1].id,)


def test_correct_everything(work: Casework) -> None:
    tie = Tie(type=RelationType.ASSOCIATE_OF, other="Tita Baby")
    state = work.decide(
        Correct(
            finding=work.named("Ramon Dela Cruz").key,
            name="Ramón de la Cruz",
            add_aliases=("Mon", "RAMON"),
            remove_aliases=("Ramon Dela Cruz",),
            add_roles=(RoleName.EXPLOITER,),
            remove_roles=(RoleName.ENFORCER,),
            add_means=(MeansName.DEBT,),
            remove_means=(MeansName.PHYSICAL_ABUSE,),
            add_identifiers=(Identifier(type="A_NUMBER", value="A012-345-678"),),
            remove_identifiers=(Identifier(type="PHONE", value="213 555 0142"),),
            add_relations=(tie,),
            relationship_to_declarant="employer",
        )
    )
    found = state.findings[0]
    assert (found.name, found.aliases) == ("Ramón de la Cruz", ("Ramon", "Mon"))
    assert [fact.role for fact in found.roles] == [RoleName.RECRUITER, RoleName.EXPLOITER]
    assert {fact.means for fact in found.means} == {
        MeansName.DOCUMENT_CONFISCATION,
        MeansName.DEBT,
    }
    assert [(i.type, i.value) for i in found.identifiers] == [("A_NUMBER", "A012-345-678")]
    assert (found.relations[-1], found.relationship_to_declarant) == (tie, "employer")
    assert found.status is FindingStatus.UNDECIDED


def test_old_name_stays_an_alias_unless_removed(work: Casework) -> None:
    state = work.decide(Correct(finding=work.named("Tita Baby").key, name="Barbara Lim"))
    assert state.findings[1].aliases == ("Tita Baby",)


def test_merge_takes_over_everything(work: Casework) -> None:
    ramon, baby = work.state.findings
    work.decide(Accept(finding=ramon.key))
    state = work.decide(Merge(finding=ramon.key, other=baby.key))
    assert len(state.findings) == 1
    both = state.findings[0]
    assert (both.name, both.aliases) == ("Ramon Dela Cruz", ("Ramon", "Tita Baby"))
    assert {fact.role for fact in both.roles} == {"RECRUITER", "ENFORCER", "HARBORER"}
    assert len(both.mentions) == 5
    assert both.status is FindingStatus.ACCEPTED


def test_merging_with_a_rejected_one_asks_again(work: Casework) -> None:
    ramon, baby = work.state.findings
    work.decide(Accept(finding=ramon.key))
    work.decide(Reject(finding=baby.key))
    state = work.decide(Merge(finding=ramon.key, other=baby.key))
    assert state.findings[0].status is FindingStatus.UNDECIDED


def test_split_by_mentions_and_by_alias(haven: Haven) -> None:
    mixed = Draft(
        "Ramon Dela Cruz",
        [*RAMON.places, *BABY.places],
        aliases=["Ramon", "Tita Baby"],
        identifiers={"PHONE": ["(213) 555-0142"]},
    )
    for cut in (
        {"spans": (passage("Tita Baby", 0), passage("Tita Baby", 1))},
        {"aliases": ("tita baby",)},
    ):
        work = open_case(haven, records.record([mixed]))
        key = work.state.findings[0].key
        state = work.decide(Split(finding=key, name="Tita Baby", roles=(RoleName.HARBORER,), **cut))
        rest, other = state.findings
        assert words_of(rest) == ["Ramon Dela Cruz", "Ramon", "Ramon Dela Cruz"]
        assert (rest.key, rest.aliases) == (key, ("Ramon",))
        assert words_of(other) == ["Tita Baby", "Tita Baby"]
        assert (other.origin, other.status) == (Origin.REVIEWER, FindingStatus.UNDECIDED)
        assert [fact.role for fact in other.roles] == [RoleName.HARBORER]
        assert rest.identifiers and not other.identifiers


def test_split_must_leave_something(work: Casework) -> None:
    spans = (passage("Tita Baby", 0), passage("Tita Baby", 1))
    with pytest.raises(UsageError, match="leave nothing"):
        work.decide(Split(finding=work.named("Tita Baby").key, name="Barbara", spans=spans))


def test_split_sends_roles_where_their_evidence_is(haven: Haven) -> None:
    mixed = Draft(
        "Ramon Dela Cruz",
        [*RAMON.places, *BABY.places],
        [RoleName.ENFORCER],
        evidence=[("Ramon beat me", 0), ("Tita Baby locked us in", 0)],
    )
    work = open_case(haven, records.record([mixed]))
    spans = (passage("Tita Baby", 0), passage("Tita Baby", 1))
    key = work.state.findings[0].key
    rest, other = work.decide(Split(finding=key, name="Tita Baby", spans=spans)).findings
    quotes = [[p.quote for p in f.roles[0].evidence] for f in (rest, other)]
    assert quotes == [["Ramon beat me"], ["Tita Baby locked us in"]]


def test_add_somebody_the_machine_missed(work: Casework) -> None:
    state = work.decide(
        Add(
            name="Boy Negro",
            spans=(passage("Boy Negro"),),
            roles=(RoleName.TRANSPORTER,),
            aliases=("the second driver",),
        )
    )
    added = state.findings[-1]
    assert (added.name, added.status, added.origin) == (
        "Boy Negro",
        FindingStatus.ACCEPTED,
        Origin.REVIEWER,
    )
    assert (added.mentions[0].quote, added.mentions[0].page) == ("Boy Negro", 1)


def test_undo_and_undo_of_the_undo(work: Casework) -> None:
    ramon, baby = work.state.findings
    merged = work.decide(Merge(finding=ramon.key, other=baby.key))
    undone = work.decide(Undo(decision=merged.decisions[0].id))
    assert len(undone.findings) == 2
    assert [entry.active for entry in undone.decisions] == [False, True]
    again = work.decide(Undo(decision=undone.decisions[1].id))
    assert len(again.findings) == 1
    assert [entry.active for entry in again.decisions] == [True, False, True]


def test_decisions_on_an_undone_addition_sleep(work: Casework) -> None:
    addition = Add(name="Boy Negro", spans=(passage("Boy Negro"),), roles=(RoleName.TRANSPORTER,))
    added = work.decide(addition).findings[-1]
    work.decide(Correct(finding=added.key, name="Boy N."))
    state = work.decide(Undo(decision=added.key))
    assert [finding.name for finding in state.findings] == ["Ramon Dela Cruz", "Tita Baby"]
    assert [entry.active for entry in state.decisions] == [False, False, True]
    state = work.decide(Undo(decision=state.decisions[-1].id))
    assert state.findings[-1].name == "Boy N."


def test_stale_decision_is_refused(haven: Haven, work: Casework) -> None:
    state = work.state
    accept = Accept(finding=state.findings[0].key)
    haven.review.decide(work.case_id, accept, by="a", expected_version=state.version)
    with pytest.raises(ConflictError):
        haven.review.decide(work.case_id, accept, by="b", expected_version=state.version)
    work.extract(records.record(version="2"))
    with pytest.raises(ConflictError):
        haven.review.decide(work.case_id, accept, by="b", expected_version=state.version + 1)


def test_of_two_reviewers_at_once_one_wins(haven: Haven, work: Casework) -> None:
    state, outcomes = work.state, []

    def decide(by: str) -> None:
        decision = Accept(finding=state.findings[0].key)
        try:
            haven.review.decide(work.case_id, decision, by=by, expected_version=state.version)
            outcomes.append("done")
        except ConflictError:
            outcomes.append("refused")

    threads = [threading.Thread(target=decide, args=(f"r{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]
    assert len(work.state.decisions) == 1


def test_decisions_name_what_is_there(work: Casework) -> None:
    with pytest.raises(NotFoundError):
        work.decide(Accept(finding="nobody"))
    with pytest.raises(NotFoundError):
        work.decide(Undo(decision="nothing"))
    far = Passage(document=SHA256, start=0, end=10**6)
    other = Passage(document="0" * 64, start=0, end=3)
    for bad, error in ((far, UsageError), (other, NotFoundError)):
        with pytest.raises(error):
            work.decide(Add(name="X", spans=(bad,), roles=(RoleName.BUYER,)))


def test_parse_says_where_but_not_what(haven: Haven) -> None:
    parsed = haven.review.parse({"kind": "ACCEPT", "finding": "k"})
    assert parsed == Accept(finding="k")
    untrusted: list[object] = [
        {"kind": "NO"},
        {"kind": "ADD", "name": "Ramon"},
        [],
        {"kind": "MERGE"},
    ]
    for bad in untrusted:
        with pytest.raises(UsageError) as caught:
            haven.review.parse(bad)
        assert "Ramon" not in caught.value.message
    with pytest.raises(UsageError):
        haven.review.parse({"kind": "MERGE", "finding": "a", "other": "a"})
    with pytest.raises(UsageError):
        haven.review.parse({"kind": "SPLIT", "finding": "a", "name": "b"})


# --- Decisions survive re-extraction of the same file. ---


def test_verdicts_and_corrections_survive(work: Casework) -> None:
    work.decide(Accept(finding=work.named("Ramon Dela Cruz").key))
    work.decide(Reject(finding=work.named("Tita Baby").key))
    work.decide(Correct(finding=work.named("Ramon Dela Cruz").key, name="Ramon D. Cruz"))
    renamed = Draft("Ramon", [("Ramon beat", 0), ("Ramon Dela Cruz", 1)], [RoleName.FACILITATOR])
    work.extract(records.record([BABY, renamed], version="2"))
    baby, ramon = work.state.findings
    assert (baby.name, baby.status) == ("Tita Baby", FindingStatus.REJECTED)
    assert (ramon.name, ramon.status) == ("Ramon D. Cruz", FindingStatus.ACCEPTED)
    assert [fact.role for fact in ramon.roles] == [RoleName.FACILITATOR]


def test_decision_without_a_finding_is_not_lost(work: Casework) -> None:
    baby = work.named("Tita Baby")
    work.decide(Correct(finding=baby.key, add_aliases=("Barbara",)))
    work.decide(Accept(finding=work.named("Tita Baby").key))
    work.extract(records.record([RAMON], version="2"))
    kept = work.named("Tita Baby")
    assert (kept.origin, kept.status) == (Origin.REVIEWER, FindingStatus.ACCEPTED)
    assert kept.aliases == ("Barbara",)
    assert words_of(kept) == ["Tita Baby", "Tita Baby"]
    work.decide(Correct(finding=kept.key, add_roles=(RoleName.ENFORCER,)))
    work.extract(records.record([RAMON, BABY], version="3"))
    found = work.named("Tita Baby")
    assert (found.origin, found.status) == (Origin.MACHINE, FindingStatus.ACCEPTED)
    assert RoleName.ENFORCER in {fact.role for fact in found.roles}
    assert len(work.state.findings) == 2


def test_addition_meets_a_model_that_learned(work: Casework) -> None:
    addition = Add(name="Boy Negro", spans=(passage("Boy Negro"),), roles=(RoleName.TRANSPORTER,))
    key = work.decide(addition).findings[-1].key
    learned = Draft("the second driver", [("Boy Negro", 0), ("The second driver", 0)])
    work.extract(records.record([RAMON, learned], version="2"))
    names = [finding.name for finding in work.state.findings]
    assert names == ["Ramon Dela Cruz", "Boy Negro"]
    found = work.state.findings[1]
    assert (found.key, found.status, found.origin) == (
        key,
        FindingStatus.ACCEPTED,
        Origin.MACHINE,
    )
    assert {fact.role for fact in found.roles} == {"TRANSPORTER", "RECRUITER"}


def test_merge_survives_and_meets_a_model_that_merged(work: Casework) -> None:
    ramon, baby = work.state.findings
    work.decide(Merge(finding=ramon.key, other=baby.key))
    work.extract(records.record(version="2"))
    assert len(work.state.findings) == 1
    whole = Draft("Ramon Dela Cruz", [*RAMON.places, *BABY.places])
    work.extract(records.record([whole], version="3"))
    assert len(work.state.findings) == 1
    assert len(work.state.findings[0].mentions) == 5


def test_split_survives_and_meets_a_model_that_split(haven: Haven) -> None:
    mixed = Draft("Ramon Dela Cruz", [*RAMON.places, *BABY.places], aliases=["Tita Baby"])
    work = open_case(haven, records.record([mixed]))
    cut = Split(
        finding=work.state.findings[0].key,
        name="Tita Baby",
        spans=(passage("Tita Baby", 0), passage("Tita Baby", 1)),
        roles=(RoleName.HARBORER,),
    )
    key = work.decide(cut).findings[1].key
    work.decide(Accept(finding=key))
    for version, drafts in enumerate(([mixed], [RAMON, BABY], [RAMON], [BABY]), start=2):
        work.extract(records.record(drafts, version=str(version)))
        state = work.state
        other = state.finding(key)
        assert other is not None
        assert (other.name, other.status) == ("Tita Baby", FindingStatus.ACCEPTED)
        assert words_of(other) == ["Tita Baby", "Tita Baby"]
        assert sum("Ramon" in f.name for f in state.findings) <= 1


def test_two_decided_apart_found_as_one_are_contested(work: Casework) -> None:
    work.decide(Accept(finding=work.named("Ramon Dela Cruz").key))
    work.decide(Reject(finding=work.named("Tita Baby").key))
    whole = Draft("Ramon Dela Cruz", [*RAMON.places, *BABY.places])
    work.extract(records.record([whole], version="2"))
    found = work.state.findings[0]
    assert (found.status, found.contested) == (FindingStatus.UNDECIDED, True)
    settled = work.decide(Accept(finding=found.key)).findings[0]
    assert (settled.status, settled.contested) == (FindingStatus.ACCEPTED, False)


def test_changing_ones_mind_is_not_contested(work: Casework) -> None:
    key = work.named("Tita Baby").key
    work.decide(Accept(finding=key))
    work.extract(records.record(version="2"))
    work.decide(Reject(finding=work.named("Tita Baby").key))
    work.extract(records.record(version="3"))
    found = work.named("Tita Baby")
    assert (found.status, found.contested) == (FindingStatus.REJECTED, False)


def test_decisions_follow_the_words_when_the_reading_changes(work: Casework) -> None:
    work.decide(Reject(finding=work.named("Tita Baby").key))
    work.decide(Accept(finding=work.named("Ramon Dela Cruz").key))
    shifted = "A line that better OCR found at the top. " + records.TEXT
    work.extract(records.record([BABY, RAMON], text=shifted, version="2"))
    assert work.named("Tita Baby").status is FindingStatus.REJECTED
    assert work.named("Ramon Dela Cruz").status is FindingStatus.ACCEPTED


def test_pronouns_do_not_pull_a_decision_away(haven: Haven) -> None:
    from extractor.record import Mention, MentionKind

    he = span("He called")
    pronoun = Mention(start=he.start, end=he.start + 2, kind=MentionKind.PRO, score=0.5, page=1)
    first = records.record()
    with_he = [
        e.model_copy(update={"mentions": [*e.mentions, *[pronoun] * 1]})
        if e.name == "Ramon Dela Cruz"
        else e
        for e in first.entities
    ]
    work = open_case(haven, first.model_copy(update={"entities": with_he}))
    work.decide(Accept(finding=work.named("Ramon Dela Cruz").key))
    moved = [
        e.model_copy(update={"mentions": [*e.mentions, pronoun]}) if e.name == "Tita Baby" else e
        for e in first.entities
    ]
    work.extract(first.model_copy(update={"entities": moved}))
    assert work.named("Tita Baby").status is FindingStatus.UNDECIDED
    assert work.named("Ramon Dela Cruz").status is FindingStatus.ACCEPTED


def test_same_name_in_another_document_is_left_alone(haven: Haven, work: Casework) -> None:
    other = haven.files.add(
        work.case_id, b"another", filename="o.txt", media_type="text/plain", by=REVIEWER
    )
    haven.extractions.save(other.id, records.record([BABY], sha256=other.sha256), by="system:test")
    assert [f.name for f in work.state.findings].count("Tita Baby") == 2
    work.decide(Reject(finding=work.state.findings[1].key))
    work.extract(records.record([RAMON], version="2"))
    babies = [f for f in work.state.findings if f.name == "Tita Baby"]
    assert {(f.origin, f.status) for f in babies} == {
        (Origin.MACHINE, FindingStatus.UNDECIDED),
        (Origin.REVIEWER, FindingStatus.REJECTED),
    }


def test_organizations_can_be_added(work: Casework) -> None:
    state = work.decide(
        Add(
            name="Golden Path Placement Agency",
            type=EntityType.ORGANIZATION,
            spans=(passage("Golden Path Placement Agency"),),
            roles=(RoleName.FACILITATOR,),
        )
    )
    assert state.findings[-1].type is EntityType.ORGANIZATION
