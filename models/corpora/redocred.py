"""Re-DocRED (tonytan48/Re-DocRED, MIT): document-level relations; kinship is what we take.

The development part trains, the test part is measured and never trained on.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extractor.record import EntityType, FamilySubtype, MentionKind, RelationType
from models.corpora.annotated import (
    AnnotatedEntity,
    AnnotatedMention,
    AnnotatedRelation,
    AnnotatedText,
    Layer,
)

__all__ = ["read_redocred"]

_TYPES = {
    "PER": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
}
_KINSHIP = {
    "P22": (FamilySubtype.PARENT, True),
    "P25": (FamilySubtype.PARENT, True),
    "P40": (FamilySubtype.PARENT, False),
    "P26": (FamilySubtype.SPOUSE, False),
    "P3373": (FamilySubtype.SIBLING, False),
}
"""Property -> subtype, and whether its tail is our head (P22: the tail is the father)."""


def read_redocred(folder: Path, part: str = "dev") -> list[AnnotatedText]:
    """All documents of one part."""
    documents = json.loads((folder / "data" / f"{part}_revised.json").read_text(encoding="utf-8"))
    return [_text(document, f"redocred-{part}-{n}") for n, document in enumerate(documents)]


def _text(document: dict[str, Any], name: str) -> AnnotatedText:
    text, starts = _joined(document["sents"])
    mentions, entities = [], {}
    for number, vertex in enumerate(document["vertexSet"]):
        entity_type = _TYPES.get(vertex[0]["type"])
        if entity_type is None:
            continue
        entities[f"e{number}"] = AnnotatedEntity(f"e{number}", entity_type)
        for mention in vertex:
            first, last = (starts[mention["sent_id"]][p] for p in mention["pos"])
            end = len(text[first:last].rstrip()) + first
            mentions.append(AnnotatedMention(first, end, f"e{number}", MentionKind.NAM))
    return AnnotatedText(
        id=name,
        text=text,
        mentions=tuple(sorted({m for m in mentions if m.start < m.end})),
        entities=entities,
        relations=tuple(sorted(_relations(document, entities), key=str)),
        layers=frozenset({Layer.NAMES, Layer.RELATIONS}),
        types=frozenset({EntityType.PERSON}),
        relation_types=frozenset({RelationType.FAMILY_OF}),
    )


def _joined(sentences: list[list[str]]) -> tuple[str, list[list[int]]]:
    """The text and, for every sentence, the start of each token and the end of the last."""
    text, starts = "", []
    for sentence in sentences:
        row = []
        for token in sentence:
            row.append(len(text))
            text += token + " "
        starts.append([*row, len(text)])
    return text, starts


def _relations(
    document: dict[str, Any], entities: dict[str, AnnotatedEntity]
) -> set[AnnotatedRelation]:
    found = set()
    for label in document["labels"]:
        head, tail = f"e{label['h']}", f"e{label['t']}"
        kin = _KINSHIP.get(label["r"])
        persons = all(e in entities and entities[e].type is EntityType.PERSON for e in (head, tail))
        if kin and persons:
            subtype, inverse = kin
            pair = (tail, head) if inverse else (head, tail)
            found.add(AnnotatedRelation(RelationType.FAMILY_OF, *pair, subtype))
    return found
