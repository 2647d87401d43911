r"""The hand-written corpus: text with marks inside it (`annotations/guide.md`).

A file has three parts divided by lines of three dashes: header (`key: value`), text, and
entities with relations. A mark is `[words|ref]`; marks nest. `ref` is an entity id from the
third part, or a type code (`[Manila|LOC]`), or both (`[Manila|LOC:m]`); `/NAM`, `/NOM` or
`/PRO` behind it overrides the kind, which else follows from the words. `\[`, `\]` and `\|`
stand for themselves.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path

from extractor.errors import InputError
from extractor.record import (
    SIGNATURES,
    TRAFFICKER_ROLES,
    EntityType,
    FamilySubtype,
    MeansName,
    MentionKind,
    RelationType,
    RoleName,
)
from models.corpora.annotated import (
    AnnotatedEntity,
    AnnotatedMention,
    AnnotatedRelation,
    AnnotatedText,
)

__all__ = [
    "PRONOUNS",
    "TYPE_CODES",
    "MarkError",
    "parse_marked",
    "read_marked",
    "read_marked_folder",
    "read_part",
]

TYPE_CODES: dict[str, EntityType] = {
    "PER": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "LOC": EntityType.LOCATION,
    "ADDR": EntityType.ADDRESS,
    "NAT": EntityType.NATIONALITY,
    "VISA": EntityType.VISA_CLASS,
    "VEH": EntityType.VEHICLE,
    "ACC": EntityType.ACCOUNT,
    "ANUM": EntityType.A_NUMBER,
    "PASS": EntityType.PASSPORT,
    "RCPT": EntityType.RECEIPT_NUMBER,
    "CASE": EntityType.CASE_NUMBER,
    **{entity_type.value: entity_type for entity_type in EntityType},
}

PRONOUNS: frozenset[str] = frozenset(
    [
        "i",
        "me",
        "my",
        "mine",
        "myself",
        "you",
        "your",
        "yours",
        "yourself",
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "they",
        "them",
        "their",
        "theirs",
        "themself",
        "themselves",
        "it",
        "its",
        "itself",
        "one's",
    ]
)
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "your",
        "his",
        "her",
        "our",
        "their",
        "this",
        "that",
        "these",
        "those",
        "one",
        "another",
        "some",
        "any",
        "each",
        "every",
        "both",
        "two",
        "three",
        "no",
    ]
)
_REFERENCE = re.compile(
    r"(?:(?P<type>[A-Z_]+)(?::(?P<key>\w+))?|(?P<id>\w+))(?:/(?P<kind>NAM|NOM|PRO))?\Z"
)


class MarkError(InputError):
    """A mark of the hand-written corpus does not follow the guide."""

    code = "D210"
    advice = "Mend the mark as annotations/guide.md says."


@dataclasses.dataclass
class _Open:
    """A mark whose closing bracket has not come yet."""

    start: int


@dataclasses.dataclass
class _Marks:
    """Text as it grows while its marks are taken out."""

    pieces: list[str] = dataclasses.field(default_factory=list)
    length: int = 0
    stack: list[_Open] = dataclasses.field(default_factory=list)
    found: list[tuple[int, int, str]] = dataclasses.field(default_factory=list)

    def add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)


_TOKEN = re.compile(r"\\[\[\]|\\]|\[|\|[A-Za-z0-9_:/]*\]|[^\[\]|\\]+|.", re.DOTALL)


def _take_out_marks(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    marks = _Marks()
    for match in _TOKEN.finditer(marked):
        piece = match.group()
        if piece == "[":
            marks.stack.append(_Open(marks.length))
        elif piece.startswith("|") and piece.endswith("]"):
            _close(marks, piece[1:-1], marked, match.start())
        elif piece in {"|", "]"}:
            raise MarkError(f"line {_line(marked, match.start())}: stray '{piece}'")
        else:
            marks.add(piece[1:] if piece[0] == "\\" and len(piece) == 2 else piece)
    if marks.stack:
        raise MarkError(f"{len(marks.stack)} marks are never closed")
    return "".join(marks.pieces), marks.found


def _close(marks: _Marks, reference: str, marked: str, position: int) -> None:
    if not marks.stack:
        raise MarkError(f"line {_line(marked, position)}: a mark closes that never opened")
    start = marks.stack.pop().start
    if start == marks.length or not reference:
        raise MarkError(f"line {_line(marked, position)}: empty mark or reference")
    marks.found.append((start, marks.length, reference))


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def derived_kind(words: str, entity_type: EntityType) -> MentionKind:
    """NAM, NOM or PRO as the words suggest; the guide says when to override it."""
    if entity_type not in {EntityType.PERSON, EntityType.ORGANIZATION}:
        return MentionKind.NAM
    if words.casefold() in PRONOUNS:
        return MentionKind.PRO
    first = re.split(r"[\s'’]", words, maxsplit=1)[0].casefold()
    lower = not any(character.isupper() for character in words)
    return MentionKind.NOM if first in _DETERMINERS or lower else MentionKind.NAM


def parse_marked(content: str, name: str = "") -> AnnotatedText:
    """Parse one file of the hand-written corpus.

    Raises:
        MarkError: naming the file and line, if a mark, entity or relation is wrong.
    """
    try:
        return _parse(content)
    except MarkError as error:
        raise MarkError(f"{name}: {error.message}") from None


def _parse(content: str) -> AnnotatedText:
    parts = re.split(r"^---[ \t]*$", content, flags=re.MULTILINE)
    if len(parts) != 3:
        raise MarkError("needs header, text and entities, divided by two lines of ---")
    header = _header(parts[0])
    text, found = _take_out_marks(parts[1].strip("\n"))
    declared, relation_lines = _declared(parts[2])
    mentions, entities = _mentions(text, found, declared)
    relations = tuple(_relation(line, entities) for line in relation_lines)
    return AnnotatedText(
        id=header["id"],
        text=text,
        mentions=tuple(sorted(set(mentions))),
        entities=entities,
        relations=relations,
        author=header["author"],
        scenario=header["scenario"],
        kind=header["kind"],
    )


def _header(part: str) -> dict[str, str]:
    pairs = [line.partition(":") for line in part.strip().splitlines() if line.strip()]
    header = {key.strip(): value.strip() for key, _, value in pairs}
    if missing := {"id", "author", "scenario", "kind"} - header.keys():
        raise MarkError(f"header lacks {', '.join(sorted(missing))}")
    return header


def _declared(part: str) -> tuple[dict[str, AnnotatedEntity], list[list[str]]]:
    declared: dict[str, AnnotatedEntity] = {}
    relations: list[list[str]] = []
    for line in part.splitlines():
        words = line.split("#", 1)[0].split()
        if not words:
            continue
        if words[0].partition(".")[0] in RelationType.__members__:
            relations.append(words)
        else:
            entity = _entity(words)
            if entity.id in declared:
                raise MarkError(f"entity {entity.id} is declared twice")
            declared[entity.id] = entity
    return declared, relations


def _entity(words: list[str]) -> AnnotatedEntity:
    """`id TYPE ROLE... / MEANS...`; the slash only where there are means."""
    if len(words) < 2 or words[1] not in TYPE_CODES:
        raise MarkError(f"'{' '.join(words)}' is neither an entity nor a relation")
    labels = " ".join(words[2:])
    roles_part, _, means_part = labels.partition("/")
    try:
        roles = frozenset(RoleName(word) for word in roles_part.split())
        means = frozenset(MeansName(word) for word in means_part.split())
    except ValueError as error:
        raise MarkError(f"entity {words[0]}: {error}") from None
    if means and not roles & TRAFFICKER_ROLES:
        raise MarkError(f"entity {words[0]} has means but no role of a trafficker")
    return AnnotatedEntity(words[0], TYPE_CODES[words[1]], roles, means)


def _mentions(
    text: str, found: list[tuple[int, int, str]], declared: dict[str, AnnotatedEntity]
) -> tuple[list[AnnotatedMention], dict[str, AnnotatedEntity]]:
    entities = dict(declared)
    mentions = []
    for start, end, reference in found:
        words = text[start:end]
        match = _REFERENCE.match(reference)
        if match is None:
            raise MarkError(f"'{reference}' is no reference")
        entity = _referred(match, words, entities, declared)
        kind = match["kind"] or derived_kind(words, entity.type).value
        mentions.append(AnnotatedMention(start, end, entity.id, MentionKind(kind)))
    for entity_id in declared.keys() - {m.entity for m in mentions}:
        raise MarkError(f"entity {entity_id} has no mention")
    return mentions, entities


def _referred(
    match: re.Match[str],
    words: str,
    entities: dict[str, AnnotatedEntity],
    declared: dict[str, AnnotatedEntity],
) -> AnnotatedEntity:
    code, key = match["type"], match["key"]
    name = match["id"] or (code if code in declared else None)
    if name is not None and key is None:
        if name not in entities:
            raise MarkError(f"entity {name} is not declared")
        return entities[name]
    if code not in TYPE_CODES:
        raise MarkError(f"'{code}' is no type")
    entity_type = TYPE_CODES[code]
    entity_id = key or f"{code}~{' '.join(words.casefold().split())}"
    known = entities.setdefault(entity_id, AnnotatedEntity(entity_id, entity_type))
    if known.type != entity_type:
        raise MarkError(f"entity {entity_id} has two types")
    return known


def _relation(words: list[str], entities: dict[str, AnnotatedEntity]) -> AnnotatedRelation:
    if len(words) != 3:
        raise MarkError(f"relation '{' '.join(words)}' needs a head and a tail")
    name, _, subtype = words[0].partition(".")
    relation_type = RelationType(name)
    for entity_id in words[1:]:
        if entity_id not in entities:
            raise MarkError(f"relation {words[0]}: entity {entity_id} does not exist")
    heads, tails = SIGNATURES[relation_type]
    head, tail = entities[words[1]], entities[words[2]]
    if head.type not in heads or tail.type not in tails:
        raise MarkError(f"relation {' '.join(words)}: {head.type} -> {tail.type} is not allowed")
    if (relation_type is RelationType.FAMILY_OF) != bool(subtype):
        raise MarkError(f"relation {' '.join(words)}: FAMILY_OF alone needs a subtype")
    if subtype and subtype not in FamilySubtype.__members__:
        raise MarkError(f"'{subtype}' is no subtype of FAMILY_OF")
    return AnnotatedRelation(
        relation_type, head.id, tail.id, FamilySubtype(subtype) if subtype else None
    )


def read_marked(path: Path) -> AnnotatedText:
    """Read and parse one file."""
    return parse_marked(path.read_text(encoding="utf-8"), path.name)


def read_marked_folder(folder: Path) -> list[AnnotatedText]:
    """Every marked text below a folder, in order of path."""
    return [read_marked(path) for path in sorted(folder.rglob("*.txt"))]


def read_part(folder: Path, part: str) -> list[AnnotatedText]:
    """Texts of one part of the corpus, by the authors that its `splits.toml` lists.

    Raises:
        MarkError: a text is wrong, or there is no such part.
    """
    splits = tomllib.loads((folder / "splits.toml").read_text(encoding="utf-8"))
    if part not in splits:
        raise MarkError(f"splits.toml has no part {part}.")
    return [text for author in splits[part] for text in read_marked_folder(folder / author)]
