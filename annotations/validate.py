"""Check the hand-written corpus: every mark, and what was probably left unmarked.

`python -m annotations.validate PATH...` prints one line for each error and warning and, with
`--show`, how every entity was understood. Exit status 1 if a file has an error.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from extractor.errors import InputError
from extractor.record import TRAFFICKER_ROLES, EntityType, MentionKind, RelationType, RoleName
from models.corpora.annotated import AnnotatedText
from models.corpora.marked import read_marked

__all__ = ["main", "warnings_of"]

_PRONOUN = re.compile(
    r"\b(I|me|my|mine|myself|he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE
)
_VALUE = re.compile(
    r"(?P<money>[$€£₱]\s?\d[\d,]*(?:\.\d+)?)"
    r"|(?P<phone>\(?\b\d{3}\)?[ -.]\d{3}[-.]\d{4}\b|\b555-01\d\d\b)"
    r"|(?P<email>\b[\w.]+@[\w.]+\w)|(?P<year>\b(?:19|20)\d\d\b)|(?P<month>\b(?:January|February|"
    r"April|June|July|August|September|October|November|December)\b)"
    r"|(?P<visa>\b(?:H-?[12]B|H-?2A|J-?1|K-?1|A-?3|B-?[12]|F-?1|G-?5)\b)"
)


def main(arguments: list[str] | None = None) -> int:
    """Validate files or folders given on the command line."""
    parser = argparse.ArgumentParser(prog="python -m annotations.validate", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="print entities as understood")
    options = parser.parse_args(arguments)
    failed = words = texts = 0
    for path in _files(options.paths):
        try:
            annotated = read_marked(path)
        except InputError as error:
            print(f"ERROR {error.message}")
            failed += 1
            continue
        texts, words = texts + 1, words + len(annotated.text.split())
        for warning in warnings_of(annotated):
            print(f"warning {path.name}: {warning}")
        if options.show:
            print(_shown(annotated))
    print(f"{texts} texts, {words} words, {failed} with errors", file=sys.stderr)
    return 1 if failed else 0


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*.txt")) if path.is_dir() else [path]


def warnings_of(annotated: AnnotatedText) -> Iterator[str]:
    """What was probably forgotten: pronouns, values, repeated names, missing relations."""
    covered = [(m.start, m.end) for m in annotated.mentions]
    yield from _unmarked(annotated, _PRONOUN, covered)
    yield from _unmarked(annotated, _VALUE, covered)
    yield from _repeated_names(annotated, covered)
    yield from _role_gaps(annotated)


def _unmarked(
    annotated: AnnotatedText, pattern: re.Pattern[str], covered: list[tuple[int, int]]
) -> Iterator[str]:
    for match in pattern.finditer(annotated.text):
        inside = [(s, e) for s, e in covered if s <= match.start() and match.end() <= e]
        pronoun = pattern is _PRONOUN
        if not inside or (pronoun and all((s, e) != match.span() for s, e in inside)):
            yield f"unmarked '{match.group()}' in «{_around(annotated.text, match.start())}»"


def _repeated_names(annotated: AnnotatedText, covered: list[tuple[int, int]]) -> Iterator[str]:
    names = {
        annotated.surface(m)
        for m in annotated.mentions
        if m.kind is MentionKind.NAM and annotated.entities[m.entity].type is not EntityType.DATE
    }
    for name in sorted(names):
        for match in re.finditer(rf"\b{re.escape(name)}\b", annotated.text):
            if not any(s <= match.start() and match.end() <= e for s, e in covered):
                yield f"unmarked '{name}' in «{_around(annotated.text, match.start())}»"


def _role_gaps(annotated: AnnotatedText) -> Iterator[str]:
    harmers = {r.head for r in annotated.relations if r.type is RelationType.VICTIMIZED}
    declarants = [e for e in annotated.entities.values() if RoleName.DECLARANT in e.roles]
    if len(declarants) > 1:
        yield f"{len(declarants)} declarants"
    for entity in annotated.entities.values():
        actor = entity.type in {EntityType.PERSON, EntityType.ORGANIZATION}
        if actor and not entity.roles:
            yield f"entity {entity.id} has no role (OTHER if none of them holds)"
        if entity.roles & TRAFFICKER_ROLES and entity.id not in harmers:
            yield f"alleged trafficker {entity.id} has no VICTIMIZED relation (it may be right)"


def _around(text: str, position: int) -> str:
    return " ".join(text[max(0, position - 30) : position + 30].split())


def _shown(annotated: AnnotatedText) -> str:
    lines = [f"== {annotated.id} ({len(annotated.text.split())} words)"]
    for entity in annotated.entities.values():
        mentions = [f"{annotated.surface(m)!r}/{m.kind}" for m in annotated.mentions_of(entity.id)]
        labels = " ".join(sorted([*entity.roles, *entity.means]))
        lines.append(f"  {entity.id} {entity.type} {labels}: {', '.join(mentions)}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
