"""What one value finds: cases, and confirmed alleged traffickers of whatever case.

Both indexes are blind (`haven.encryption.blind`): they hold whole values hashed under a key, so
that only a whole name, alias, number or address finds somebody, however it is spelt.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.site import Site
from haven.views import CaseSummary, Subject

__all__ = ["Found", "FoundSubject", "found_by"]


@dataclass(frozen=True, slots=True)
class FoundSubject:
    """A confirmed subject and the case that it was confirmed in."""

    subject: Subject
    case: CaseSummary


@dataclass(frozen=True, slots=True)
class Found:
    """Cases and subjects."""

    cases: tuple[CaseSummary, ...] = ()
    subjects: tuple[FoundSubject, ...] = ()


def found_by(site: Site, sought: str, *, by: str) -> Found:
    """What the value finds, and as "Family, Given" also turned about; a blank finds nothing."""
    values = _forms(sought)
    cases = {c.id: c for value in values for c in site.haven.cases.search(value, by=by)}
    subjects = {s.id: s for value in values for s in site.haven.subjects.search(value, by=by)}
    return Found(
        tuple(cases.values()),
        tuple(
            FoundSubject(subject, site.haven.cases.get(subject.case_id, by=by))
            for subject in subjects.values()
        ),
    )


def _forms(sought: str) -> list[str]:
    family, comma, given = sought.partition(",")
    turned = [f"{given.strip()} {family.strip()}"] if comma and "," not in given else []
    return [value for value in (sought.strip(), *turned) if value.strip()]
