"""The audit trail as it is written: one linked entry per act, in the act's own transaction.

Invariants:
- an act and its entry are committed together, or neither is;
- each entry is hashed, under a key, together with the link before it: whoever edits, drops or
  inserts one breaks every link after it (a cut tail shows against a head kept elsewhere);
- only ids, codes and counts are written. What is not of the form of an id is written as
  `invalid`, as whatever stands in a URL could be a name.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from haven.encryption import Vault
from haven.tables import AuditRow

__all__ = ["START", "Action", "Outcome", "Told", "append", "link"]

START = b"\x00" * 32
"""The link before the first entry."""

_CHAIN_LOCK = 0x6175_6469
_ID = re.compile(r"[0-9a-f]{32}")
_FACT = re.compile(r"[A-Za-z0-9_.:+-]{0,64}")


class Action(StrEnum):
    """What can be done to a case, its files and its record, to users, and to the store."""

    CASE_CREATED = "CASE_CREATED"
    CASE_READ = "CASE_READ"
    CASE_CHANGED = "CASE_CHANGED"
    CASE_ASSIGNED = "CASE_ASSIGNED"
    CASES_LISTED = "CASES_LISTED"
    CASES_SEARCHED = "CASES_SEARCHED"
    NOTE_ADDED = "NOTE_ADDED"
    NOTES_READ = "NOTES_READ"
    DOCUMENT_ADDED = "DOCUMENT_ADDED"
    DOCUMENT_READ = "DOCUMENT_READ"
    DOCUMENT_DOWNLOADED = "DOCUMENT_DOWNLOADED"
    PAGE_READ = "PAGE_READ"
    PAGE_IMAGE_READ = "PAGE_IMAGE_READ"
    EXTRACTION_SAVED = "EXTRACTION_SAVED"
    EXTRACTION_READ = "EXTRACTION_READ"
    RECORD_READ = "RECORD_READ"
    REVIEW_READ = "REVIEW_READ"
    DECIDED = "DECIDED"
    CONFIRMED = "CONFIRMED"
    REOPENED = "REOPENED"
    RECORD_DOWNLOADED = "RECORD_DOWNLOADED"
    SUBJECTS_READ = "SUBJECTS_READ"
    SUBJECTS_SEARCHED = "SUBJECTS_SEARCHED"
    JOB_STARTED = "JOB_STARTED"
    USER_ADDED = "USER_ADDED"
    USER_CHANGED = "USER_CHANGED"
    LINK_MADE = "LINK_MADE"
    SIGNED_IN = "SIGNED_IN"
    SIGNED_OUT = "SIGNED_OUT"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    AUDIT_READ = "AUDIT_READ"
    KEYS_REWRAPPED = "KEYS_REWRAPPED"


class Outcome(StrEnum):
    """How an act ended."""

    DONE = "DONE"
    REFUSED = "REFUSED"


@dataclass(slots=True)
class Told:
    """What the log will say of an act."""

    actor: str
    action: Action
    outcome: Outcome = Outcome.DONE
    object_id: str | None = None
    case_id: str | None = None
    facts: dict[str, str | int] = field(default_factory=dict)


def append(session: Session, vault: Vault, told: Told) -> None:
    """Add one entry at the end of the chain, as part of this transaction."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite writers are alone already
        session.execute(text(f"SELECT pg_advisory_xact_lock({_CHAIN_LOCK})"))
    last = session.scalar(select(func.max(AuditRow.number)))
    before = START if last is None else session.get_one(AuditRow, last).link
    row = AuditRow(
        number=(last or 0) + 1,
        at=datetime.datetime.now(datetime.UTC),
        actor=told.actor[:64],
        action=told.action,
        outcome=told.outcome,
        object_id=_checked_id(told.object_id),
        case_id=_checked_id(told.case_id),
        facts=json.dumps(_checked_facts(told.facts), sort_keys=True),
    )
    row.link = link(vault, before, row)
    session.add(row)
    session.flush()


def link(vault: Vault, before: bytes, row: AuditRow) -> bytes:
    """The link of an entry: a keyed hash over everything in it and the link before it."""
    told = [row.number, row.at.isoformat(), row.actor, row.action, row.outcome]
    told += [row.object_id, row.case_id, row.facts]
    return vault.chain(before + json.dumps(told).encode())


def _checked_id(value: str | None) -> str | None:
    return value if value is None or _ID.fullmatch(value) else "invalid"


def _checked_facts(facts: Mapping[str, str | int]) -> dict[str, str | int]:
    """Facts that are codes and counts; anything longer or freer is not a fact but content."""
    return {
        key: value if isinstance(value, int) or _FACT.fullmatch(value) else "invalid"
        for key, value in facts.items()
    }
