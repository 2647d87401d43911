"""What a long statement loses against a short one, and what it costs in memory.

    python -m benchmarks.long_texts LITBANK [--part test] [--texts 6] [--tokens 20000]

Paragraphs of a statement are spread over a long text of paragraphs from novels (LitBank's
test texts). The statement's own entities are the gold; findings whose mentions all lie in
the filling are not counted, so recall is the figure to read.
"""

from __future__ import annotations

import argparse
import dataclasses
import resource
from collections.abc import Iterator
from pathlib import Path

from extractor.evaluation import predicted_record
from extractor.record import Record
from models.corpora.annotated import AnnotatedText
from models.corpora.litbank import read_litbank_split
from models.corpora.marked import read_part
from models.evaluation.gold import gold_record
from models.evaluation.measures import Measures
from models.runtime import Runtime, shipped_runtime

_FIGURES = ("alleged traffickers", "person names", "roles", "means", "relations")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("litbank", type=Path, help="folder whose texts fill the gaps")
    parser.add_argument("--part", default="test")
    parser.add_argument("--texts", type=int, default=6)
    parser.add_argument("--tokens", type=int, default=20000)
    parser.add_argument("--weights", type=Path)
    options = parser.parse_args()
    runtime = Runtime(options.weights, threads=2) if options.weights else shipped_runtime()
    texts = read_part(Path("annotations/corpus"), options.part)
    texts = texts[:: max(1, len(texts) // options.texts)][: options.texts]
    filling = _paragraphs(t.text for t in read_litbank_split(options.litbank)["test"])
    for size in (2000, options.tokens):
        measures = Measures()
        for text in texts:
            long, own = stretched(text, filling, size)
            measures.add(_about(predicted_record(long, runtime), own), gold_record(long))
        figures = measures.figures()
        print(size, {name: round(figures[f"{name} recall"], 3) for name in _FIGURES})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak {peak:.0f} MiB")


def _paragraphs(texts: Iterator[str]) -> list[str]:
    return [p for text in texts for p in text.split("\n") if len(p.split()) > 20]


def stretched(
    text: AnnotatedText, filling: list[str], tokens: int
) -> tuple[AnnotatedText, list[tuple[int, int]]]:
    """The text with filling between its paragraphs, and the ranges that are its own."""
    blocks = text.text.split("\n\n")
    wanted = max(0, tokens - int(len(text.text.split()) * 1.3))
    each = wanted / max(1, len(blocks))
    pieces, length, position, moved, own, taken = [], 0, 0, [], [], 0
    for block in blocks:
        own.append((length, length + len(block)))
        moved.append((position, position + len(block), length - position))
        pieces.append(block + "\n\n")
        length += len(pieces[-1])
        position += len(block) + 2
        count = 0.0
        while count < each:
            piece = filling[taken % len(filling)] + "\n\n"
            taken += 1
            pieces.append(piece)
            length += len(piece)
            count += len(piece.split()) * 1.3
    mentions = tuple(
        dataclasses.replace(m, start=m.start + shift, end=m.end + shift)
        for m in text.mentions
        for start, end, shift in moved
        if start <= m.start and m.end <= end
    )
    return dataclasses.replace(text, text="".join(pieces), mentions=mentions), own


def _about(record: Record, own: list[tuple[int, int]]) -> Record:
    """Only what is said of entities with a mention in the statement's own words."""
    kept = {
        e.id
        for e in record.entities
        if any(s <= m.start and m.end <= t for m in e.mentions for s, t in own)
    }
    return record.model_copy(
        update={
            "entities": [e for e in record.entities if e.id in kept],
            "relations": [r for r in record.relations if {r.head, r.tail} <= kept],
            "alleged_traffickers": [t for t in record.alleged_traffickers if t.entity in kept],
        }
    )


if __name__ == "__main__":
    main()
