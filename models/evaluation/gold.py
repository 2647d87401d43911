"""An annotated text as the record that a perfect system would give."""

from __future__ import annotations

import hashlib

from extractor.record import (
    TRAFFICKER_ROLES,
    AllegedTrafficker,
    Entity,
    Means,
    Mention,
    MentionKind,
    ModelVersion,
    Record,
    Relation,
    Role,
    Source,
)
from models.corpora.annotated import AnnotatedEntity, AnnotatedText
from models.network.pairs import plain

__all__ = ["gold_record"]


def gold_record(annotated: AnnotatedText) -> Record:
    """The gold record; scores are 1, pages and boxes are left out."""
    data = annotated.text.encode()
    entities = [_entity(annotated, e) for e in annotated.entities.values()]
    entities = [e for e in entities if e.mentions]
    ids = {e.id for e in entities}
    return Record(
        source=Source(
            filename=f"{annotated.id}.txt",
            media_type="text/plain",
            sha256=hashlib.sha256(data).hexdigest(),
            bytes=len(data),
        ),
        model=ModelVersion(name="gold", version="1"),
        text=annotated.text,
        entities=entities,
        relations=[
            Relation(type=r.type, head=r.head, tail=r.tail, subtype=r.subtype, score=1.0)
            for r in annotated.relations
            if {r.head, r.tail} <= ids
        ],
        alleged_traffickers=[
            AllegedTrafficker(entity=e.id, name=e.name, aliases=e.aliases, score=1.0)
            for e in entities
            if e.is_alleged_trafficker()
        ],
    )


def _entity(annotated: AnnotatedText, entity: AnnotatedEntity) -> Entity:
    mentions = annotated.mentions_of(entity.id)
    for kind in MentionKind:
        forms = [" ".join(annotated.surface(m).split()) for m in mentions if m.kind is kind]
        if forms:
            break
    else:
        forms = [entity.id]
    name = max(forms, key=lambda f: (len(plain(f).split()), forms.count(f), len(f)))
    named = any(m.kind is MentionKind.NAM for m in mentions)
    aliases = sorted({f for f in forms if plain(f) != plain(name)}) if named else []
    roles = sorted(entity.roles)
    trafficker = bool(entity.roles & TRAFFICKER_ROLES)
    return Entity(
        id=entity.id,
        type=entity.type,
        name=name,
        aliases=aliases,
        mentions=[
            Mention(start=m.start, end=m.end, kind=m.kind, score=1.0, page=1) for m in mentions
        ],
        roles=[Role(role=r, score=1.0) for r in roles],
        means=[Means(means=m, score=1.0) for m in sorted(entity.means)] if trafficker else [],
    )
