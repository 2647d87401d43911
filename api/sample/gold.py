"""What a perfect reader would say of the sample: `python -m api.sample.gold OUT.json`.

Ids are shared by the papers, so the gold of the packet is the sum of their marks.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from api.sample.texts import PAPERS, paper
from extractor.record import (
    TRAFFICKER_ROLES,
    EntityType,
    MentionKind,
    RelationType,
    RoleName,
)
from models.corpora.annotated import AnnotatedText
from models.network.pairs import plain

__all__ = ["main", "packet_gold"]

_IDENTIFYING = (
    RelationType.HAS_IDENTIFIER,
    RelationType.BORN_ON,
    RelationType.RESIDES_AT,
    RelationType.CITIZEN_OF,
)
_ACTORS = (EntityType.PERSON, EntityType.ORGANIZATION)


def packet_gold() -> dict[str, Any]:
    """Alleged traffickers of the packet, and everybody who must not be listed as one."""
    papers = [paper(name) for name in PAPERS]
    ids = {e.id for text in papers for e in text.entities.values() if e.type in _ACTORS}
    actors = [_actor(entity_id, papers) for entity_id in sorted(ids)]
    listed = [a for a in actors if TRAFFICKER_ROLES.intersection(a["roles"])]
    innocent = [
        {key: actor[key] for key in ("id", "type", "name", "aliases", "roles")}
        for actor in actors
        if actor not in listed
    ]
    return {"file": "sample-case-file.pdf", "alleged_traffickers": listed, "innocents": innocent}


def _actor(entity_id: str, papers: list[AnnotatedText]) -> dict[str, Any]:
    own = [text for text in papers if entity_id in text.entities]
    roles = {role for text in own for role in text.entities[entity_id].roles}
    # A police report calls the declarant of the packet a victim, and her family nothing.
    if RoleName.DECLARANT in roles:
        roles.discard(RoleName.VICTIM)
    if len(roles) > 1:
        roles.discard(RoleName.OTHER)
    name, *aliases = _names(entity_id, own)
    return {
        "id": entity_id,
        "type": own[0].entities[entity_id].type,
        "name": name,
        "aliases": aliases,
        "roles": sorted(roles),
        "means": sorted({m for text in own for m in text.entities[entity_id].means}),
        "identifiers": _identifiers(entity_id, own),
    }


def _names(entity_id: str, papers: list[AnnotatedText]) -> list[str]:
    """Every name once, the fullest first; descriptions of those who have no name."""
    for kind in (MentionKind.NAM, MentionKind.NOM):
        forms = list(_forms(entity_id, papers, kind))
        if forms:
            break
    else:
        raise ValueError(f"{entity_id} is only a pronoun")
    once = {plain(form): form for form in reversed(forms)}.items()
    ranked = sorted(once, key=lambda i: (i[1].isupper(), -len(i[0].split()), -len(i[0])))
    return [form for _, form in ranked]


def _forms(entity_id: str, papers: list[AnnotatedText], kind: MentionKind) -> Iterable[str]:
    for text in papers:
        for mention in text.mentions_of(entity_id):
            if mention.kind is kind:
                yield " ".join(text.surface(mention).split())


def _identifiers(entity_id: str, papers: list[AnnotatedText]) -> dict[str, list[str]]:
    found: dict[str, dict[str, str]] = {}
    for text in papers:
        for relation in text.relations:
            if relation.head == entity_id and relation.type in _IDENTIFYING:
                surface = text.surface(text.mentions_of(relation.tail)[0])
                kind = text.entities[relation.tail].type.value
                found.setdefault(kind, {}).setdefault(plain(surface), surface)
    return {kind: list(values.values()) for kind, values in sorted(found.items())}


def main(arguments: list[str] | None = None) -> int:
    """Write it to the place given."""
    parser = argparse.ArgumentParser(prog="python -m api.sample.gold", description=__doc__)
    parser.add_argument("out", type=Path)
    content = json.dumps(packet_gold(), indent=2, ensure_ascii=False) + "\n"
    parser.parse_args(arguments).out.write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
