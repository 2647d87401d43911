"""The state of a review: the newest findings with every active decision applied in order.

Invariants:
- the state is a pure function of the findings of the newest extractions and the decisions;
- no decision is lost: one whose finding the newest extraction lacks gets a finding of its own,
  made from its anchor. Only a decision about a finding that another decision made, which was
  undone, sleeps until that one is brought back, and one that keeps two apart needs them both;
- two persons decided differently, or kept apart, whom the machine now takes for one are
  contested, and wait for a reviewer: neither decision silently wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from haven.review.anchors import Footprint, best_match, resemblance, same_words, touches
from haven.review.changes import added, corrected, merged, overlaid, split
from haven.review.model import (
    Accept,
    Add,
    Bound,
    Correct,
    Finding,
    FindingStatus,
    KeepApart,
    Merge,
    Origin,
    Reject,
    Split,
    Undo,
)

__all__ = ["Replayed", "active_ids", "replay"]


@dataclass(frozen=True, slots=True)
class Replayed:
    """Findings in order, and the ids of the decisions that count."""

    findings: tuple[Finding, ...]
    active: frozenset[str]


def replay(findings: Iterable[Finding], decisions: Sequence[Bound]) -> Replayed:
    """Apply the decisions, oldest first, to the findings of the newest extractions."""
    active = active_ids(decisions)
    board = _Board(active=active)
    for finding in findings:
        board.put(finding)
    asleep = {bound.id for bound in decisions if bound.id in active and not board.apply(bound)}
    return Replayed(tuple(board.findings.values()), frozenset(active - asleep))


def active_ids(decisions: Sequence[Bound]) -> frozenset[str]:
    """Decisions that no active Undo takes back, newest first, as an Undo can be undone too."""
    undone: set[str] = set()
    for bound in sorted(decisions, key=lambda b: b.number, reverse=True):
        if isinstance(bound.decision, Undo) and bound.id not in undone:
            undone.add(bound.decision.decision)
    return frozenset(bound.id for bound in decisions) - undone


@dataclass(slots=True)
class _Verdict:
    """Accepted or rejected, and on which evidence."""

    anchor: Finding
    status: FindingStatus


@dataclass(slots=True)
class _Board:
    """The findings while decisions are applied to them."""

    active: frozenset[str]
    findings: dict[str, Finding] = field(default_factory=dict)
    prints: dict[str, Footprint] = field(default_factory=dict)
    verdicts: dict[str, list[_Verdict]] = field(default_factory=dict)

    def put(self, finding: Finding) -> None:
        """Add or replace a finding."""
        self.findings[finding.key] = finding
        self.prints[finding.key] = Footprint.of(finding)
        self.verdicts.setdefault(finding.key, [])

    def drop(self, key: str) -> None:
        """Take a finding away."""
        del self.findings[key], self.prints[key], self.verdicts[key]

    def rename(self, key: str, finding: Finding) -> None:
        """Replace a finding by one with another key, at the same place in the list."""
        order = [finding.key if old == key else old for old in self.findings]
        self.drop(key)
        self.put(finding)
        self.findings = {key: self.findings[key] for key in order}

    def apply(self, bound: Bound) -> bool:
        """Apply one decision; False if it sleeps, for the maker of its finding is undone."""
        if any(self._sleeps(anchor) for anchor in bound.anchors):
            return False
        _APPLY[type(bound.decision)](self, bound, bound.decision)
        return True

    def _sleeps(self, anchor: Finding) -> bool:
        gone = anchor.key not in self.findings
        return gone and anchor.made_by is not None and anchor.made_by not in self.active

    def locate(self, bound: Bound, at: int = 0) -> str:
        """The key of the finding that an anchor means now, made from the anchor if need be."""
        return self.known(bound, at) or self._orphan(bound, at)

    def known(self, bound: Bound, at: int) -> str | None:
        """The key of the finding that an anchor means now; None if there is none."""
        anchor = bound.anchors[at]
        return anchor.key if anchor.key in self.findings else best_match(anchor, self.prints)

    def _orphan(self, bound: Bound, at: int) -> str:
        anchor = bound.anchors[at]
        key = f"{bound.id}-{at}"
        update: dict[str, Any] = {
            "key": key,
            "origin": Origin.REVIEWER,
            "status": FindingStatus.UNDECIDED,
            "contested": False,
            "decisions": (),
            "entities": (),
            "made_by": None,
        }
        self.put(anchor.model_copy(update=update))
        return key

    def touch(self, key: str, bound: Bound, finding: Finding) -> None:
        """Replace a finding, noting the decision that changed it."""
        known = tuple(dict.fromkeys((*finding.decisions, bound.id)))
        self.put(finding.model_copy(update={"key": key, "decisions": known}))

    def settle(self, key: str) -> None:
        """Set the status of a finding from its verdicts."""
        given = {verdict.status for verdict in self.verdicts[key]}
        status = next(iter(given)) if len(given) == 1 else FindingStatus.UNDECIDED
        update = {"status": status, "contested": len(given) > 1}
        self.findings[key] = self.findings[key].model_copy(update=update)

    def judge(self, key: str, anchor: Finding, status: FindingStatus) -> None:
        """Add a verdict; it replaces those given on the same person's evidence."""
        others = [v for v in self.verdicts[key] if not _same_person(v.anchor, anchor)]
        self.verdicts[key] = [*others, _Verdict(anchor, status)]
        self.settle(key)


def _same_person(old: Finding, new: Finding) -> bool:
    return old.key == new.key or any(resemblance(old, Footprint.of(new)))


def _judge(board: _Board, bound: Bound, decision: Accept | Reject) -> None:
    key = board.locate(bound)
    accepts = isinstance(decision, Accept)
    board.touch(key, bound, board.findings[key])
    status = FindingStatus.ACCEPTED if accepts else FindingStatus.REJECTED
    board.judge(key, bound.anchors[0], status)


def _correct(board: _Board, bound: Bound, decision: Correct) -> None:
    key = board.locate(bound)
    board.touch(key, bound, corrected(board.findings[key], decision))


def _merge(board: _Board, bound: Bound, _decision: Merge) -> None:
    stays, goes = board.locate(bound, 0), board.locate(bound, 1)
    if stays == goes:  # the newer extraction holds them for one already
        board.touch(stays, bound, board.findings[stays])
        board.settle(stays)  # kept apart before, they may be contested
        return
    first, second = board.findings[stays], board.findings[goes]
    both = merged(first, second)
    board.touch(stays, bound, both)
    status = _status_of_both(first.status, second.status)
    board.verdicts[stays] = [] if status is FindingStatus.UNDECIDED else [_Verdict(both, status)]
    board.drop(goes)
    board.settle(stays)


def _keep_apart(board: _Board, bound: Bound, _decision: KeepApart) -> None:
    """Both are noted in each other; one for both is contested, one that is gone is not missed."""
    one, other = board.known(bound, 0), board.known(bound, 1)
    if one is None or other is None:
        return
    if one == other:
        contested = {"status": FindingStatus.UNDECIDED, "contested": True}
        board.touch(one, bound, board.findings[one].model_copy(update=contested))
        return
    for key, unlike in ((one, other), (other, one)):
        finding = board.findings[key]
        apart = tuple(dict.fromkeys((*finding.told_apart, unlike)))
        board.touch(key, bound, finding.model_copy(update={"told_apart": apart}))


def _status_of_both(first: FindingStatus, second: FindingStatus) -> FindingStatus:
    """An acceptance holds for a double nobody has looked at; a rejection does not."""
    if first is second:
        return first
    accepted = {first, second} == {FindingStatus.ACCEPTED, FindingStatus.UNDECIDED}
    return FindingStatus.ACCEPTED if accepted else FindingStatus.UNDECIDED


def _split(board: _Board, bound: Bound, decision: Split) -> None:
    apart = _already_apart(board, bound, decision)
    if apart is not None:
        other = overlaid(split(bound.anchors[0], decision, bound.id)[1], board.findings[apart])
        board.rename(apart, other)
        board.touch(bound.id, bound, other)
        return
    key = board.locate(bound)
    rest, other = split(board.findings[key], decision, bound.id)
    board.touch(key, bound, rest)
    board.put(other.model_copy(update={"decisions": (bound.id,)}))


def _already_apart(board: _Board, bound: Bound, decision: Split) -> str | None:
    """The finding that a newer extraction has for the part split off, if it has one alone."""
    anchor = bound.anchors[0]
    if anchor.key in board.findings:
        return None
    rest, other = split(anchor, decision, bound.id)
    part, stays = best_match(other, board.prints), best_match(rest, board.prints)
    return None if part == stays else part


def _add(board: _Board, bound: Bound, decision: Add) -> None:
    addition = added(decision, bound.id).model_copy(update={"decisions": (bound.id,)})
    found = next((f for f in board.findings.values() if _is_found(addition, f)), None)
    if found is None:
        board.put(addition)
    else:
        board.rename(found.key, overlaid(addition, found))
    board.judge(bound.id, addition, FindingStatus.ACCEPTED)


def _is_found(addition: Finding, finding: Finding) -> bool:
    """Whether a finding is the person added: the very words selected, or the name among them.

    Less is not enough: two persons can share a name, and one name can lie inside another's.
    """
    exact = any(same_words(span, m) for span in addition.mentions for m in finding.mentions)
    near = any(touches(span, finding.mentions) for span in addition.mentions)
    alike = Footprint.of(addition).name in Footprint.of(finding).names
    return exact or (near and alike)


def _undo(_board: _Board, _bound: Bound, _decision: Undo) -> None:
    """Nothing to apply: what it takes back was left out."""


_APPLY: dict[type, Callable[[_Board, Bound, Any], None]] = {
    Accept: _judge,
    Reject: _judge,
    Correct: _correct,
    Merge: _merge,
    KeepApart: _keep_apart,
    Split: _split,
    Add: _add,
    Undo: _undo,
}
