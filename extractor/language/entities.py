"""Clusters of mentions -> entities of the record: the fullest name, aliases, labels."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from extractor.language.findings import FoundLabel
from extractor.language.mentions import FoundMention
from extractor.language.roles import roles_of, threshold_of
from extractor.language.sentences import sentence_span
from extractor.record import (
    TRAFFICKER_ROLES,
    Box,
    Entity,
    EntityType,
    Means,
    MeansName,
    Mention,
    MentionKind,
    Role,
    RoleName,
    Span,
)
from models.network.pairs import plain
from models.network.tokens import Words

__all__ = ["Boxes", "Labelled", "entity_of"]

Boxes = Callable[[int, int], tuple[int, list[Box]]]
"""Characters `start`, `end` -> page number and one box a line."""
_ACTORS = (EntityType.PERSON, EntityType.ORGANIZATION)


@dataclasses.dataclass(frozen=True)
class Labelled:
    """An entity with the probability that it is an alleged trafficker, and why."""

    entity: Entity
    score: float
    evidence: list[Span]


def entity_of(  # noqa: PLR0913, PLR0917 - everything that is known of one entity
    number: int,
    cluster: list[int],
    mentions: list[FoundMention],
    labels: list[FoundLabel],
    words: Words,
    boxes: Boxes,
    thresholds: dict[str, float],
) -> Labelled:
    """One entity of the record."""
    own = [mentions[n] for n in cluster]
    entity_type = own[0].placed.type
    name, aliases = _names(own)
    actor = entity_type in _ACTORS
    trafficker = next(label for label in labels if label.label is None)
    roles = _roles(labels, trafficker.score, mentions, words, thresholds) if actor else []
    alleged = any(role.role in TRAFFICKER_ROLES for role in roles)
    means = _means(labels, mentions, words, thresholds) if alleged else []
    entity = Entity(
        id=f"e{number + 1}",
        type=entity_type,
        name=name,
        aliases=aliases,
        mentions=[_mention(m, boxes) for m in own],
        roles=roles,
        means=means,
    )
    evidence = _evidence(roles, means) if alleged else []
    return Labelled(entity, min(trafficker.score, 1.0) if actor else 0.0, evidence)


def _mention(mention: FoundMention, boxes: Boxes) -> Mention:
    page, rectangles = boxes(mention.start, mention.end)
    return Mention(
        start=mention.start,
        end=mention.end,
        kind=mention.placed.kind,
        score=mention.score,
        page=page,
        boxes=rectangles,
    )


def _names(own: list[FoundMention]) -> tuple[str, list[str]]:
    """The fullest name and the other names; for the unnamed the fullest description."""
    for kind in MentionKind:
        forms = [" ".join(m.placed.form.split()) for m in own if m.placed.kind is kind]
        if forms:
            break
    counts = {form: forms.count(form) for form in forms}
    name = max(counts, key=lambda f: (len(plain(f).split()), "," not in f, counts[f], len(f)))
    named = own[0].placed.kind is MentionKind.NAM or any(
        m.placed.kind is MentionKind.NAM for m in own
    )
    seen, aliases = {plain(name)}, []
    for form in counts if named else []:
        if plain(form) not in seen:
            seen.add(plain(form))
            aliases.append(form)
    return name, aliases


def _roles(
    labels: list[FoundLabel],
    trafficker: float,
    mentions: list[FoundMention],
    words: Words,
    thresholds: dict[str, float],
) -> list[Role]:
    """The roles that hold, surest first, each with its sentence."""
    return [
        Role(
            role=RoleName(str(label.label)),
            score=label.score,
            evidence=[sentence_span(words, mentions[label.mention])],
        )
        for label in roles_of(labels, trafficker, thresholds)
    ]


def _means(
    labels: list[FoundLabel],
    mentions: list[FoundMention],
    words: Words,
    thresholds: dict[str, float],
) -> list[Means]:
    return [
        Means(
            means=label.label,
            score=label.score,
            evidence=[sentence_span(words, mentions[label.mention])],
        )
        for label in labels
        if isinstance(label.label, MeansName)
        and label.score >= threshold_of(thresholds, "means", label.label)
    ]


def _evidence(roles: list[Role], means: list[Means]) -> list[Span]:
    spans = [e for r in roles if r.role in TRAFFICKER_ROLES for e in r.evidence]
    spans += [e for m in means for e in m.evidence]
    unique = {(s.start, s.end): s for s in spans}
    return [unique[key] for key in sorted(unique)]
