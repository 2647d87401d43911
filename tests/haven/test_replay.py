"""Replay by itself, over whatever findings and decisions hypothesis thinks of."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.record import MeansName, MentionKind, RoleName
from haven.review.changes import corrected, merged, split
from haven.review.ledger import as_anchor
from haven.review.model import (
    Accept,
    Add,
    Bound,
    Correct,
    Decision,
    Finding,
    FindingStatus,
    Identifier,
    KeepApart,
    MeansFact,
    Merge,
    Passage,
    Reject,
    RoleFact,
    SeenMention,
    Split,
    Undo,
)
from haven.review.replay import active_ids, replay

AT = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
NAMES = ["Ramon Cruz", "Tita Baby", "Boy Negro", "Madam Lim", "Don Homero", "Ate Malou"]
EVERY_ROLE = [RoleName.RECRUITER, RoleName.HARBORER, RoleName.ENFORCER]


def mention(start: int, quote: str, kind: MentionKind = MentionKind.NAM) -> SeenMention:
    return SeenMention(
        document="d", text="t", start=start, end=start + 10, quote=quote, page=1, kind=kind
    )


@st.composite
def people(draw: st.DrawFn) -> list[Finding]:
    """Findings with names and mentions of their own, each with roles shown by a mention."""
    count = draw(st.integers(1, 5))
    places = draw(st.permutations(range(count * 3)))
    found = []
    for number in range(count):
        mine = sorted(places[number * 3 : number * 3 + draw(st.integers(1, 3))])
        mentions = tuple(mention(at * 20, NAMES[number]) for at in mine)
        roles = draw(st.lists(st.sampled_from(EVERY_ROLE), min_size=1, unique=True))
        found.append(
            Finding(
                key=f"k{number}",
                name=NAMES[number],
                roles=tuple(RoleFact(role=role, evidence=mentions[:1]) for role in roles),
                means=(MeansFact(means=MeansName.DEBT, evidence=mentions[:1]),),
                identifiers=(Identifier(type="PHONE", value=f"21355501{number:02}"),),
                mentions=mentions,
            )
        )
    return found


def bind(decision: Decision, findings: Sequence[Finding], made: Sequence[Bound]) -> Bound | None:
    """What the store does before it writes a decision down."""
    shown = {finding.key: finding for finding in replay(findings, made).findings}
    keys = [k for k in (getattr(decision, n, None) for n in ("finding", "other")) if k is not None]
    if not set(keys) <= set(shown):
        return None
    number = len(made) + 1
    anchors = tuple(as_anchor(shown[key]) for key in keys)
    return Bound(id=f"x{number}", number=number, by="r", at=AT, decision=decision, anchors=anchors)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Finding], list[Bound]]:
    """Findings and a history of decisions that a reviewer could have made on them."""
    findings = draw(people())
    made: list[Bound] = []
    for step in range(draw(st.integers(0, 7))):
        shown = list(replay(findings, made).findings)
        decision = draw(decisions(shown, made, step))
        bound = bind(decision, findings, made)
        if bound is not None:
            made.append(bound)
    return findings, made


@st.composite
def decisions(
    draw: st.DrawFn, shown: Sequence[Finding], made: Sequence[Bound], step: int
) -> Decision:
    finding = draw(st.sampled_from(shown))
    other = draw(st.sampled_from(shown))
    new = Passage(document="d", text="t", start=1000 + step * 20, end=1010 + step * 20, page=1)
    options: list[Decision] = [
        Accept(finding=finding.key),
        Reject(finding=finding.key),
        Correct(finding=finding.key, name=f"Corrected {step}", add_roles=(RoleName.BUYER,)),
        Correct(finding=finding.key, add_aliases=(f"Alias {step}",)),
        Add(name=f"Added {step}", spans=(new,), roles=(RoleName.BUYER,)),
    ]
    if len(finding.mentions) > 1:  # the store refuses a split that leaves nothing
        span = draw(st.sampled_from(finding.mentions))
        options.append(Split(finding=finding.key, name=f"Split {step}", spans=(span,)))
    if finding.key != other.key:
        options.append(Merge(finding=finding.key, other=other.key))
        options.append(KeepApart(finding=finding.key, other=other.key))
    if made:
        options.append(Undo(decision=draw(st.sampled_from(made)).id))
    return draw(st.sampled_from(options))


def comparable(findings: Sequence[Finding]) -> list[object]:
    """Findings without what an undone decision may leave: nothing but its trace in a list."""
    return [finding.model_dump() for finding in findings]


@settings(max_examples=150, deadline=None)
@given(histories())
def test_replay_is_a_function_of_its_arguments(history: tuple[list[Finding], list[Bound]]) -> None:
    findings, made = history
    assert replay(findings, made) == replay(list(findings), list(made))


@settings(max_examples=150, deadline=None)
@given(histories())
def test_undoing_the_last_restores_what_was(history: tuple[list[Finding], list[Bound]]) -> None:
    findings, made = history
    before = replay(findings, made)
    accept = bind(Accept(finding=before.findings[0].key), findings, made)
    assert accept is not None
    after = [*made, accept]
    undo = bind(Undo(decision=accept.id), findings, after)
    assert undo is not None
    undone = replay(findings, [*after, undo])
    assert comparable(undone.findings) == comparable(before.findings)


@settings(max_examples=150, deadline=None)
@given(histories())
def test_undoing_everything_leaves_what_the_machine_said(
    history: tuple[list[Finding], list[Bound]],
) -> None:
    findings, made = history
    undone = list(made)
    for bound in reversed(made):
        if bound.id in active_ids(undone):
            undo = bind(Undo(decision=bound.id), findings, undone)
            assert undo is not None
            undone.append(undo)
    if all(not isinstance(bound.decision, Undo) for bound in made):
        assert list(replay(findings, undone).findings) == findings


@settings(max_examples=150, deadline=None)
@given(histories())
def test_same_answer_from_a_repeated_extraction(
    history: tuple[list[Finding], list[Bound]],
) -> None:
    """A second extraction that finds the same persons, under new keys, changes nothing."""
    findings, made = history
    again = [f.model_copy(update={"key": f"new-{f.key}"}) for f in findings]
    first, second = (
        sorted(
            (f.name, f.status, tuple(sorted(f.aliases)), len(f.mentions), len(f.roles))
            for f in replay(people, made).findings
        )
        for people in (findings, again)
    )
    assert first == second


@settings(max_examples=150, deadline=None)
@given(histories(), st.data())
def test_no_active_decision_is_lost(
    history: tuple[list[Finding], list[Bound]], data: st.DataObject
) -> None:
    """Whatever a newer extraction finds, every active decision is on some finding."""
    findings, made = history
    kept = data.draw(st.lists(st.sampled_from(findings), unique_by=lambda f: f.key))
    again = [f.model_copy(update={"key": f"new-{f.key}"}) for f in kept]
    replayed = replay(again, made)
    applied = {decision for finding in replayed.findings for decision in finding.decisions}
    for bound in made:
        if bound.id in replayed.active and not isinstance(bound.decision, Undo | KeepApart):
            assert bound.id in applied


@given(people())
def test_split_takes_a_merge_apart(found: list[Finding]) -> None:
    if len(found) < 2:
        return
    first, second = found[:2]
    cut = Split(
        finding=first.key,
        name=second.name,
        spans=second.mentions,
        identifiers=second.identifiers,
    )
    rest, other = split(merged(first, second), cut, "new")
    for now, then in ((rest, first), (other, second)):
        assert (now.name, now.aliases, now.mentions) == (then.name, then.aliases, then.mentions)
        assert {fact.role for fact in now.roles} == {fact.role for fact in then.roles}
        assert now.identifiers == then.identifiers


@given(people())
def test_merging_twice_changes_nothing_more(found: list[Finding]) -> None:
    first, last = found[0], found[-1]
    assert merged(merged(first, last), last) == merged(first, last)


@given(people(), st.sampled_from(NAMES))
def test_correcting_twice_changes_nothing_more(found: list[Finding], name: str) -> None:
    change = Correct(
        finding="k0",
        name=name,
        add_roles=(RoleName.BUYER,),
        remove_roles=(RoleName.HARBORER,),
        add_aliases=("Boss", "BOSS"),
        add_identifiers=(Identifier(type="PHONE", value="(213) 555-0199"),),
    )
    once = corrected(found[0], change)
    assert corrected(once, change) == once


def test_statuses_are_independent_of_order_between_persons() -> None:
    one, two = (
        Finding(key=f"k{n}", name=NAMES[n], mentions=(mention(n * 20, NAMES[n]),)) for n in (0, 1)
    )
    accept, reject = Accept(finding="k0"), Reject(finding="k1")
    results = []
    for order in ((accept, reject), (reject, accept)):
        made: list[Bound] = []
        for decision in order:
            bound = bind(decision, [one, two], made)
            assert bound is not None
            made.append(bound)
        results.append([finding.status for finding in replay([one, two], made).findings])
    assert results[0] == results[1] == [FindingStatus.ACCEPTED, FindingStatus.REJECTED]


def test_two_kept_apart_whom_the_machine_then_takes_for_one_are_contested() -> None:
    one, other = (
        Finding(key=f"k{n}", name=NAMES[n], mentions=(mention(20 * n, NAMES[n]),)) for n in range(2)
    )
    kept = Bound(
        id="x1", number=1, by="r", at=AT,
        decision=KeepApart(finding=one.key, other=other.key),
        anchors=(as_anchor(one), as_anchor(other)),
    )  # fmt: skip
    apart = replay([one, other], [kept]).findings
    assert [f.told_apart for f in apart] == [(other.key,), (one.key,)]
    both = merged(one, other).model_copy(update={"key": "new"})
    (found,) = replay([both], [kept]).findings
    assert found.contested
    assert found.decisions == ("x1",)
    again = kept.model_copy(
        update={"id": "x2", "number": 2, "decision": Merge(finding=one.key, other=other.key)}
    )
    (found,) = replay([both], [kept, again]).findings
    assert not found.contested
    (alone,) = replay([one], [kept]).findings
    assert not alone.told_apart
