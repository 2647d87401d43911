"""`declarant explain` and `declarant render`: why each alleged trafficker is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from declarant.extras import needing
from extractor.errors import UsageError
from extractor.record import AllegedTrafficker, Entity, Record, Relation, Span

__all__ = ["explanation", "register"]

_File = Annotated[Path, typer.Argument(help="A case file, or a record that `process` wrote.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(explain)
    app.command()(render)


def explain(file: _File) -> None:
    """Print, for each alleged trafficker, the sentences and scores that made it one."""
    for line in explanation(_record(file)):
        typer.echo(line)


def render(
    file: _File,
    out: Annotated[Path, typer.Option(help="HTML page to write.")],
) -> None:
    """Draw the mentions of a record with displaCy (extra `spacy`)."""
    with needing("spacy"):
        from extractor.language.display import displacy_page  # noqa: PLC0415 - extra `spacy`

    out.write_text(displacy_page(_record(file)), encoding="utf-8")


def _record(file: Path) -> Record:
    if not file.is_file():
        raise UsageError("There is no such file.")
    if file.suffix == ".json":
        return Record.model_validate_json(file.read_bytes())
    from extractor.pipeline import process  # noqa: PLC0415 - loads the network

    return process(file).record


def explanation(record: Record) -> Iterator[str]:
    """Lines of text, surest trafficker first."""
    entities = {entity.id: entity for entity in record.entities}
    if not record.alleged_traffickers:
        yield "No alleged trafficker was found. Read the statement all the same."
    for trafficker in record.alleged_traffickers:
        yield from _one(record, trafficker, entities)


def _one(
    record: Record, trafficker: AllegedTrafficker, entities: dict[str, Entity]
) -> Iterator[str]:
    entity = entities[trafficker.entity]
    also = f" (also {', '.join(trafficker.aliases)})" if trafficker.aliases else ""
    yield f"{trafficker.name}{also}: score {trafficker.score:.2f}, {len(entity.mentions)} mentions"
    findings = [(r.role.value, r.score, r.evidence) for r in entity.roles]
    findings += [(m.means.value, m.score, m.evidence) for m in entity.means]
    for label, score, evidence in findings:
        yield f"  {label} {score:.2f}"
        yield from _quoted(record, evidence)
    for relation in record.relations:
        if trafficker.entity in {relation.head, relation.tail}:
            yield f"  {_tie(relation, entities)} {relation.score:.2f}"
            yield from _quoted(record, relation.evidence)
    yield ""


def _tie(relation: Relation, entities: dict[str, Entity]) -> str:
    kind = f"{relation.type}.{relation.subtype}" if relation.subtype else f"{relation.type}"
    return f"{entities[relation.head].name} {kind} {entities[relation.tail].name}"


def _quoted(record: Record, evidence: list[Span]) -> Iterator[str]:
    for span in evidence:
        page = next((p.number for p in record.pages if p.start <= span.start < p.end), None)
        place = f" [page {page}]" if page else ""
        yield f"    “{' '.join(record.quote(span).split())}”{place}"
