"""Review: decide, undo, confirm, reopen, export."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from extractor.errors import ConflictError, NotFoundError, UnreadFilesError
from extractor.record import TRAFFICKER_ROLES, Record
from haven.encryption import Place
from haven.reading import sha256_of
from haven.review.binding import anchors_of, check_leaves_something, located
from haven.review.circumstances import Circumstance, circumstances_of
from haven.review.confirmed import ConfirmedCase, confirmed_case
from haven.review.confirming import Confirming
from haven.review.ledger import Ledger
from haven.review.model import (
    Bound,
    Decision,
    DecisionEntry,
    Finding,
    FindingStatus,
    ReviewState,
    Undo,
    parse_decision,
)
from haven.review.replay import replay
from haven.store import Store, new_id, now
from haven.tables import CaseRow, ConfirmationRow
from haven.trail import Action
from haven.views import CaseStatus, Confirmation

__all__ = ["Review"]


class Review:
    """What reviewers do with the findings of a case.

    >>> state = haven.review.state(case.id, by=user.id)                 # doctest: +SKIP
    >>> haven.review.decide(case.id, Accept(finding=state.findings[0].key),  # doctest: +SKIP
    ...                     by=user.id, expected_version=state.version)
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ledger = Ledger(store)
        self._confirming = Confirming(store, self._ledger)

    @staticmethod
    def parse(untrusted: object) -> Decision:
        """A decision from parsed JSON; UsageError if it is none."""
        return parse_decision(untrusted)

    def state(self, case_id: str, *, by: str) -> ReviewState:
        """Findings and decisions of a case, as they stand."""
        with self._store.act(Action.REVIEW_READ, by, case_id, case_id) as act:
            return self._state(act.session, self._store.find(act.session, CaseRow, case_id))

    def circumstances(self, case_id: str, *, by: str) -> list[Circumstance]:
        """What the newest readings say of the case itself; nobody decides on it."""
        with self._store.act(Action.REVIEW_READ, by, case_id, case_id) as act:
            self._store.find(act.session, CaseRow, case_id)
            read = self._ledger.extractions(act.session, case_id)
            return circumstances_of([self._ledger.record(act.session, one) for _, one in read])

    def decide(
        self, case_id: str, decision: Decision, *, by: str, expected_version: int
    ) -> ReviewState:
        """Write a decision down; ConflictError if the page it was made on is outdated."""
        with self._store.act(Action.DECIDED, by, case_id=case_id) as act:
            case = self._lock(act.session, case_id, expected_version)
            if case.status == CaseStatus.CONFIRMED:
                raise ConflictError("The case is confirmed.", advice="Reopen it first.")
            bound = self._bind(act.session, case, decision, by)
            act.object_id, act.facts["kind"] = bound.id, bound.decision.kind
            self._ledger.write(act.session, case_id, bound)
            _advance(case, CaseStatus.IN_REVIEW)
            return self._state(act.session, case)

    def undo(
        self, case_id: str, decision_id: str, *, by: str, expected_version: int
    ) -> ReviewState:
        """Take a decision back; the decision and its undoing both stay in the history."""
        undo = Undo(decision=decision_id)
        return self.decide(case_id, undo, by=by, expected_version=expected_version)

    def confirm(
        self, case_id: str, *, by: str, expected_version: int, unread_files: int = 0
    ) -> Confirmation:
        """Write the confirmed record; confirming the same state again changes nothing.

        `unread_files` is how many files the confirming person knows not to have been read;
        UnreadFilesError if there are not just as many. The audit log keeps the number.
        """
        with self._store.act(Action.CONFIRMED, by, case_id=case_id) as act:
            case = self._lock(act.session, case_id, expected_version)
            latest = self._latest(act.session, case_id)
            if latest is None or latest.review_version != case.review_version:
                state = self._state(act.session, case)
                self._check_complete(act.session, state)
                _check_known(state, unread_files)
                act.facts["unread_files"] = unread_files
                latest = self._confirming.write(act.session, case, state, by)
            case.status, case.updated_at = CaseStatus.CONFIRMED, now()
            act.object_id = latest.id
            return _confirmation(latest)

    def reopen(self, case_id: str, *, by: str, expected_version: int) -> ReviewState:
        """Let a confirmed case be decided again; its confirmed record stands until the next."""
        with self._store.act(Action.REOPENED, by, case_id, case_id) as act:
            case = self._lock(act.session, case_id, expected_version)
            if case.status != CaseStatus.CONFIRMED:
                raise ConflictError("The case is not confirmed.")
            _advance(case, CaseStatus.REOPENED)
            return self._state(act.session, case)

    def export(self, case_id: str, *, by: str, number: int | None = None) -> dict[str, Any]:
        """The confirmed record as JSON: the newest, or the one with this number."""
        with self._store.act(Action.RECORD_DOWNLOADED, by, case_id=case_id) as act:
            row = self._latest(act.session, case_id, number)
            if row is None:
                raise NotFoundError("There is no such confirmed record.")
            act.object_id = row.id
            return self._document(act.session, row)

    def confirmed(self, case_id: str, *, by: str) -> ConfirmedCase:
        """What the newest confirmed record says, to be shown; empty if there is none."""
        with self._store.act(Action.REVIEW_READ, by, case_id, case_id) as act:
            row = self._latest(act.session, case_id)
            return (
                ConfirmedCase() if row is None else confirmed_case(self._document(act.session, row))
            )

    def confirmations(self, case_id: str, *, by: str) -> list[Confirmation]:
        """All confirmed versions of a case, oldest first."""
        with self._store.act(Action.REVIEW_READ, by, case_id, case_id) as act:
            query = select(ConfirmationRow).where(ConfirmationRow.case_id == case_id)
            rows = act.session.scalars(query.order_by(ConfirmationRow.number))
            return [_confirmation(row) for row in rows]

    def _document(self, session: Session, row: ConfirmationRow) -> dict[str, Any]:
        place = Place(ConfirmationRow.__tablename__, row.id, "export")
        content: dict[str, Any] = self._store.vault.open_json(
            session, row.case_id, place, row.export
        )
        return content

    def _lock(self, session: Session, case_id: str, expected_version: int) -> CaseRow:
        case = self._store.find(session, CaseRow, case_id, lock=True)
        if case.review_version != expected_version:
            raise ConflictError("The case has changed since this page was loaded.")
        return case

    def _bind(self, session: Session, case: CaseRow, decision: Decision, by: str) -> Bound:
        earlier = self._ledger.decisions(session, case.id)
        shown = replay(self._ledger.findings(session, case.id), earlier).findings
        anchors = anchors_of(decision, shown, earlier)
        decision = located(decision, lambda sha256: self._record_of(session, case.id, sha256))
        check_leaves_something(decision, anchors)
        return Bound(
            id=new_id(),
            number=len(earlier) + 1,
            by=by,
            at=now(),
            decision=decision,
            anchors=anchors,
        )

    def _record_of(self, session: Session, case_id: str, sha256: str) -> Record:
        for document, extraction in self._ledger.extractions(session, case_id):
            if sha256_of(self._store, session, document) == sha256:
                return self._ledger.record(session, extraction)
        raise NotFoundError("There is no such document in this case.")

    def _state(self, session: Session, case: CaseRow) -> ReviewState:
        decisions = self._ledger.decisions(session, case.id)
        found = self._ledger.findings(session, case.id)
        replayed = replay(found, decisions)
        latest = self._latest(session, case.id)
        return ReviewState(
            case_id=case.id,
            version=case.review_version,
            status=CaseStatus(case.status),
            findings=replayed.findings,
            decisions=tuple(_entry(bound, replayed.active) for bound in decisions),
            confirmation=None if latest is None else _confirmation(latest),
            unread_files=self._ledger.unread(session, case.id),
            readings={m.document: m.text for finding in found for m in finding.mentions},
        )

    def _check_complete(self, session: Session, state: ReviewState) -> None:
        if waiting := self._ledger.waiting(session, state.case_id):
            raise ConflictError(
                f"{waiting} documents are still being read.", advice="Wait until they are."
            )
        if undecided := state.undecided():
            raise ConflictError(
                f"{undecided} findings are undecided.", advice="Accept or reject each of them."
            )
        if without := sum(map(_lacks_role, state.findings)):
            raise ConflictError(
                f"{without} accepted findings have no role of a trafficker.",
                advice="Give each a role, or reject it.",
            )

    def _latest(
        self, session: Session, case_id: str, number: int | None = None
    ) -> ConfirmationRow | None:
        query = select(ConfirmationRow).where(ConfirmationRow.case_id == case_id)
        if number is not None:
            query = query.where(ConfirmationRow.number == number)
        return session.scalar(query.order_by(ConfirmationRow.number.desc()).limit(1))


def _advance(case: CaseRow, status: CaseStatus) -> None:
    case.review_version += 1
    case.status, case.updated_at = status, now()


def _check_known(state: ReviewState, unread_files: int) -> None:
    if state.unread_files != unread_files:
        raise UnreadFilesError(f"Files of this case that were not read: {state.unread_files}.")


def _lacks_role(finding: Finding) -> bool:
    roles = {fact.role for fact in finding.roles}
    return finding.status is FindingStatus.ACCEPTED and not roles & TRAFFICKER_ROLES


def _entry(bound: Bound, active: frozenset[str]) -> DecisionEntry:
    return DecisionEntry(
        id=bound.id,
        number=bound.number,
        kind=bound.decision.kind,
        by=bound.by,
        at=bound.at,
        decision=bound.decision,
        active=bound.id in active,
    )


def _confirmation(row: ConfirmationRow) -> Confirmation:
    return Confirmation(
        id=row.id,
        case_id=row.case_id,
        number=row.number,
        review_version=row.review_version,
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
    )
