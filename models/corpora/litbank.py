"""LitBank (dbamman/litbank, CC BY 4.0): literary texts with entities and full coreference.

Read from `coref/brat`, whose texts are already tokenised. Titles are cut from names and
long noun phrases are shortened to the form that `annotations/guide.md` asks for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from extractor.record import EntityType, MentionKind
from models.corpora.annotated import AnnotatedEntity, AnnotatedMention, AnnotatedText, Layer
from models.corpora.phrases import PLURAL_PRONOUNS, shortened, without_title

__all__ = ["LITBANK_LAYERS", "read_litbank", "read_litbank_split"]

LITBANK_LAYERS = frozenset({Layer.NAMES, Layer.NOMINALS, Layer.PRONOUNS, Layer.COREFERENCE})
_TYPES = {"PER": EntityType.PERSON, "GPE": EntityType.LOCATION, "ORG": EntityType.ORGANIZATION}
_KINDS = {"PROP": MentionKind.NAM, "NOM": MentionKind.NOM, "PRON": MentionKind.PRO}


def read_litbank_split(folder: Path, fold: int = 0) -> dict[str, list[AnnotatedText]]:
    """Train, dev and test of one of the ten official coreference folds."""
    splits = json.loads((folder / "splits.json").read_text(encoding="utf-8"))
    parts: dict[str, list[str]] = splits["coref_folds"][str(fold)]
    held_out = {*parts["dev"], *parts["test"]}
    stems = sorted(p.name.removesuffix("_brat.txt") for p in (folder / "coref/brat").glob("*.txt"))
    parts = {**parts, "train": [stem for stem in stems if stem not in held_out]}
    return {part: [read_litbank(folder, name) for name in names] for part, names in parts.items()}


def read_litbank(folder: Path, name: str) -> AnnotatedText:
    """One text; `name` is its file name without suffixes."""
    stem = folder / "coref" / "brat" / (name if name.endswith("_brat") else f"{name}_brat")
    text = stem.with_suffix(".txt").read_bytes().decode("utf-8")
    lines = stem.with_suffix(".ann").read_bytes().decode("utf-8").splitlines()
    mentions, entities = _mentions(text, lines)
    return AnnotatedText(
        id=f"litbank-{name}",
        text=text,
        mentions=tuple(sorted(set(mentions))),
        entities=entities,
        layers=LITBANK_LAYERS,
        types=frozenset({EntityType.PERSON}),
    )


def _mentions(
    text: str, lines: list[str]
) -> tuple[list[AnnotatedMention], dict[str, AnnotatedEntity]]:
    chains = dict(_chains(lines))
    mentions: list[AnnotatedMention] = []
    entities: dict[str, AnnotatedEntity] = {}
    for kind, entity_type, first, last in _spans(text, lines):
        entity_id = chains.get((first, last), f"single-{first}-{last}")
        start, end = _fitted(text, first, last, kind)
        if start < end and text[start:end].casefold() not in PLURAL_PRONOUNS:
            entities.setdefault(entity_id, AnnotatedEntity(entity_id, entity_type))
            mentions.append(AnnotatedMention(start, end, entity_id, kind))
    return mentions, entities


def _fitted(text: str, start: int, end: int, kind: MentionKind) -> tuple[int, int]:
    if kind is MentionKind.NAM:
        return without_title(text, start, end)
    return shortened(text, start, end) if kind is MentionKind.NOM else (start, end)


def _chains(lines: list[str]) -> Iterator[tuple[tuple[int, int], str]]:
    for line in lines:
        _, _, rest = line.partition("\t")
        words = rest.split("\t")[0].split(" ")
        if line.startswith("T") and len(words) == 3 and words[0].partition("_")[0] not in _KINDS:
            yield (int(words[1]), int(words[2])), words[0]


def _spans(text: str, lines: list[str]) -> Iterator[tuple[MentionKind, EntityType, int, int]]:
    for line in lines:
        _, _, rest = line.partition("\t")
        words = rest.split("\t")[0].split(" ")
        kind, _, code = words[0].partition("_")
        if line.startswith("T") and len(words) == 3 and kind in _KINDS and code in _TYPES:
            yield _KINDS[kind], _TYPES[code], int(words[1]), int(words[2])
