"""Forms of the review page to decisions: what was ticked is compared with what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from starlette.datastructures import FormData

from extractor.errors import NotFoundError, UsageError
from haven.review.model import Decision, Finding, ReviewState, parse_decision

__all__ = ["decision_from"]


def decision_from(form: FormData, state: ReviewState) -> Decision:
    """The decision that a form states."""
    kind = _text(form, "kind")
    build = _BUILDERS.get(kind)
    if build is None:
        raise UsageError("There is no such decision.")
    return parse_decision({"kind": kind, **build(form, state)})


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _texts(form: FormData, name: str) -> list[str]:
    return [value.strip() for value in form.getlist(name) if isinstance(value, str)]


def _judge(form: FormData, state: ReviewState) -> dict[str, Any]:
    del state
    return {"finding": _text(form, "finding")}


def _undo(form: FormData, state: ReviewState) -> dict[str, Any]:
    del state
    return {"decision": _text(form, "decision")}


def _of_two(form: FormData, state: ReviewState) -> dict[str, Any]:
    del state
    return {"finding": _text(form, "finding"), "other": _text(form, "other")}


def _correct(form: FormData, state: ReviewState) -> dict[str, Any]:
    finding = _finding(form, state)
    name, relationship = _text(form, "name"), _text(form, "relationship")
    changes: dict[str, Any] = {"finding": finding.key}
    if name != finding.name:
        changes["name"] = name
    if relationship != (finding.relationship_to_declarant or ""):
        changes["relationship_to_declarant"] = relationship
    changes |= _difference("aliases", finding.aliases, _lines(form, "aliases"))
    changes |= _difference("roles", (r.role for r in finding.roles), _texts(form, "roles"))
    changes |= _difference("means", (m.means for m in finding.means), _texts(form, "means"))
    return changes | _identifiers(form, finding) | _relations(form, finding)


def _finding(form: FormData, state: ReviewState) -> Finding:
    finding = state.finding(_text(form, "finding"))
    if finding is None:
        raise NotFoundError("There is no such finding any more.")
    return finding


def _difference(what: str, before: Iterable[str], after: Iterable[str]) -> dict[str, Any]:
    old, new = list(map(str, before)), [value for value in after if value]
    added = [value for value in dict.fromkeys(new) if value not in old]
    removed = [value for value in old if value not in new]
    return {f"add_{what}": added, f"remove_{what}": removed}


def _lines(form: FormData, name: str) -> list[str]:
    return [line.strip() for line in _text(form, name).splitlines() if line.strip()]


def _identifiers(form: FormData, finding: Finding) -> dict[str, Any]:
    kept = set(_texts(form, "identifier"))
    removed = [i for n, i in enumerate(finding.identifiers) if str(n) not in kept]
    return {
        "remove_identifiers": [identifier.model_dump() for identifier in removed],
        "add_identifiers": _new_identifiers(form),
    }


def _new_identifiers(form: FormData) -> list[dict[str, str]]:
    given = zip(_texts(form, "new_type"), _texts(form, "new_value"), strict=False)
    return [{"type": kind, "value": value} for kind, value in given if value]


def _relations(form: FormData, finding: Finding) -> dict[str, Any]:
    kept = set(_texts(form, "relation"))
    removed = [tie for n, tie in enumerate(finding.relations) if str(n) not in kept]
    given = zip(_texts(form, "relation_type"), _texts(form, "relation_other"), strict=False)
    return {
        "remove_relations": [tie.model_dump() for tie in removed],
        "add_relations": [{"type": kind, "other": other} for kind, other in given if other],
    }


def _split(form: FormData, state: ReviewState) -> dict[str, Any]:
    finding = _finding(form, state)
    taken = {int(number) for number in _texts(form, "mention") if number.isdecimal()}
    spans = [m for n, m in enumerate(finding.mentions) if n in taken]
    return {
        "finding": finding.key,
        "name": _text(form, "name"),
        "spans": [{"document": m.document, "start": m.start, "end": m.end} for m in spans],
        "aliases": [alias for alias in _texts(form, "alias") if alias in finding.aliases],
    }


def _add(form: FormData, state: ReviewState) -> dict[str, Any]:
    del state
    span = {name: _text(form, name) for name in ("document", "start", "end")}
    return {
        "name": _text(form, "name"),
        "type": _text(form, "type"),
        "spans": [span],
        "roles": _texts(form, "roles"),
        "means": _texts(form, "means"),
        "aliases": _lines(form, "aliases"),
        "identifiers": _new_identifiers(form),
        "relationship_to_declarant": _text(form, "relationship") or None,
    }


_BUILDERS: dict[str, Callable[[FormData, ReviewState], dict[str, Any]]] = {
    "ACCEPT": _judge,
    "REJECT": _judge,
    "CORRECT": _correct,
    "MERGE": _of_two,
    "KEEP_APART": _of_two,
    "SPLIT": _split,
    "ADD": _add,
    "UNDO": _undo,
}
