"""GUM (amir-zeldes/gum, CC BY 4.0): many genres with entities and coreference, CoNLL-U.

Only persons are taken, from the `Entity` annotation in the MISC column; genres with a
non-commercial licence are left out of the folder by the reader itself.
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from extractor.record import EntityType, MentionKind
from models.corpora.annotated import AnnotatedEntity, AnnotatedMention, AnnotatedText
from models.corpora.litbank import LITBANK_LAYERS
from models.corpora.phrases import PLURAL_PRONOUNS, shortened, without_title

__all__ = ["read_gum_document", "read_gum_split"]

_NON_COMMERCIAL = ("GUM_essay", "GUM_fiction", "GUM_letter", "GUM_podcast", "GUM_whow")
_MARK = re.compile(r"\((\d+)-([a-z]+)-([^()]*)(\)?)|(\d+)\)|\((\d+)\)")


@dataclasses.dataclass
class _Token:
    number: int
    form: str
    tag: str
    head: int
    start: int
    end: int
    entity: str


def read_gum_split(folder: Path, part: str) -> list[AnnotatedText]:
    """Documents of `train`, `dev`, `test` or `test2`, as `splits.md` lists them."""
    listing = (folder / "splits.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {part}$(.*?)(?=^## |\Z)", listing, re.MULTILINE | re.DOTALL)
    names = re.findall(r"\* (\S+)", section[1]) if section else []
    paths = [folder / "dep" / f"{name}.conllu" for name in names]
    kept = [p for p in paths if p.exists() and not p.name.startswith(_NON_COMMERCIAL)]
    return [read_gum_document(path) for path in kept]


def read_gum_document(path: Path) -> AnnotatedText:
    """One document; the text is rebuilt from the tokens."""
    text, sentences = _tokens(path.read_text(encoding="utf-8"))
    mentions: set[AnnotatedMention] = set()
    open_marks: dict[str, list[tuple[int, str]]] = {}
    tokens = [token for sentence in sentences for token in sentence]
    for position, token in enumerate(tokens):
        for identity, first in _closed(token, position, open_marks):
            mentions |= _mention(text, tokens[first : position + 1], identity)
    entities = {m.entity: AnnotatedEntity(m.entity, EntityType.PERSON) for m in mentions}
    return AnnotatedText(
        id=f"gum-{path.stem}",
        text=text,
        mentions=tuple(sorted(mentions)),
        entities=entities,
        layers=LITBANK_LAYERS,
        types=frozenset({EntityType.PERSON}),
    )


def _closed(
    token: _Token, position: int, open_marks: dict[str, list[tuple[int, str]]]
) -> list[tuple[str, int]]:
    """Person entities that end at this token, with the index of their first token."""
    closed = []
    for match in _MARK.finditer(token.entity):
        if match[1]:
            open_marks.setdefault(match[1], []).append((position, match[2]))
        identity = match[5] or (match[1] if match[4] else None)
        if identity and open_marks.get(identity):
            first, entity_type = open_marks[identity].pop()
            if entity_type == "person":
                closed.append((identity, first))
    return closed


def _mention(text: str, tokens: list[_Token], identity: str) -> set[AnnotatedMention]:
    numbers = {token.number for token in tokens}
    head = next((t for t in tokens if t.head not in numbers), tokens[-1])
    start, end = tokens[0].start, tokens[-1].end
    if head.tag == "PRON":
        kind, start, end = MentionKind.PRO, head.start, head.end
    elif head.tag == "PROPN":
        kind = MentionKind.NAM
        start, end = without_title(text, *_name_around(tokens, head))
    else:
        kind = MentionKind.NOM
        start, end = shortened(text, start, end)
    words = text[start:end].casefold()
    if start >= end or words in PLURAL_PRONOUNS:
        return set()
    return {AnnotatedMention(start, end, identity, kind)}


def _name_around(tokens: list[_Token], head: _Token) -> tuple[int, int]:
    left = right = tokens.index(head)
    while left > 0 and tokens[left - 1].tag == "PROPN":
        left -= 1
    while right + 1 < len(tokens) and tokens[right + 1].tag == "PROPN":
        right += 1
    return tokens[left].start, tokens[right].end


def _tokens(content: str) -> tuple[str, list[list[_Token]]]:
    pieces: list[str] = []
    length = 0
    sentences: list[list[_Token]] = [[]]
    for line in content.splitlines():
        if not line and sentences[-1]:
            sentences.append([])
        columns = line.split("\t")
        if len(columns) != 10 or not columns[0].isdigit():
            continue
        misc = dict(pair.partition("=")[::2] for pair in columns[9].split("|"))
        entity = misc.get("Entity", "")
        token = _Token(
            int(columns[0]), columns[1], columns[3], int(columns[6]),
            length, length + len(columns[1]), entity,
        )  # fmt: skip
        gap = "" if misc.get("SpaceAfter") == "No" else " "
        pieces.append(columns[1] + gap)
        length += len(columns[1]) + len(gap)
        sentences[-1].append(token)
    return "".join(pieces), sentences
