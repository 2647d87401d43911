"""Which predicted entity is which gold entity, as the contract defines it.

Actors: they share a NAM mention, or a name or alias is equal after folding of case,
accents and honorifics, whether it was taken for a name (`Second Boss`) or for a description;
unnamed ones by an overlapping NOM mention. Values: same type and
equal value. The alignment is one to one: of two predictions for one person the better
fitting one is right, the other wrong.
"""

from __future__ import annotations

from extractor.record import Entity, EntityType, MentionKind, Record
from models.corpora.phrases import TITLES
from models.network.pairs import plain

__all__ = ["align", "folded"]

_ACTORS = (EntityType.PERSON, EntityType.ORGANIZATION)


def folded(name: str) -> str:
    """A name without case, accents, punctuation and leading honorifics."""
    words = plain(name).split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return " ".join(words)


def align(predicted: Record, gold: Record) -> dict[str, str]:
    """Predicted entity id -> gold entity id."""
    fits = [
        (fit, p.id, g.id)
        for p in predicted.entities
        for g in gold.entities
        if p.type == g.type and (fit := _fit(p, g)) > 0
    ]
    aligned: dict[str, str] = {}
    taken: set[str] = set()
    for _, predicted_id, gold_id in sorted(fits, key=lambda row: (-row[0], row[1], row[2])):
        if predicted_id not in aligned and gold_id not in taken:
            aligned[predicted_id] = gold_id
            taken.add(gold_id)
    return aligned


def _fit(predicted: Entity, gold: Entity) -> float:
    names, gold_names = _names(predicted), _names(gold)
    if gold.type not in _ACTORS:
        return float(bool(names & gold_names))
    shared = len(_spans(predicted, MentionKind.NAM) & _spans(gold, MentionKind.NAM))
    if shared or (gold_names and names & gold_names):
        return 10.0 * shared + 5.0 * len(names & gold_names) + 1.0
    if gold_names or names:
        called = (gold_names or {folded(gold.name)}) & (names or {folded(predicted.name)})
        return float(bool(called))
    overlaps = sum(
        s < e2 and s2 < e
        for s, e in _spans(predicted, MentionKind.NOM)
        for s2, e2 in _spans(gold, MentionKind.NOM)
    )
    return float(overlaps)


def _names(entity: Entity) -> set[str]:
    if entity.type in _ACTORS and not any(m.kind is MentionKind.NAM for m in entity.mentions):
        return set()
    return {folded(n) for n in (entity.name, *entity.aliases)} - {""}


def _spans(entity: Entity, kind: MentionKind) -> set[tuple[int, int]]:
    return {(m.start, m.end) for m in entity.mentions if m.kind is kind}
