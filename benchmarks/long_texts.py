"""What a long statement loses against a short one, and what it costs in memory.

    python -m benchmarks.long_texts [LITBANK] [--part test] [--texts 6] [--tokens 20000]

Statements are put together into packets of about that many tokens and read as one file, with
and without its cut into papers, beside each read by itself. They tell of different cases, so
some of the loss is namesakes of two cases that become one.

With LITBANK, paragraphs of a statement are also spread over a long text of paragraphs from
novels (LitBank's test texts). The statement's own entities are the gold; findings whose
mentions all lie in the filling are not counted, so recall is the figure to read.
"""

from __future__ import annotations

import argparse
import dataclasses
import resource
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.evaluation import predicted_record
from extractor.language.papers import Papers
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
    parser.add_argument("litbank", type=Path, nargs="?", help="folder whose texts fill the gaps")
    parser.add_argument("--part", default="test")
    parser.add_argument("--texts", type=int, default=6)
    parser.add_argument("--tokens", type=int, default=20000)
    parser.add_argument("--weights", type=Path)
    options = parser.parse_args()
    runtime = Runtime(options.weights, threads=2) if options.weights else shipped_runtime()
    texts = read_part(Path("annotations/corpus"), options.part)
    _packets(texts, runtime, options.tokens)
    if options.litbank is not None:
        chosen = texts[:: max(1, len(texts) // options.texts)][: options.texts]
        _scattered(chosen, options.litbank, runtime, options.tokens)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak {peak:.0f} MiB")


def _packets(texts: Sequence[AnnotatedText], runtime: Runtime, tokens: int) -> None:
    """F1 of statements read each by itself, then in packets."""
    alone, whole, cut = Measures(), Measures(), Measures()
    for text in texts:
        alone.add(predicted_record(text, runtime), gold_record(text))
    for some in _filled(texts, tokens):
        packet, papers = packed(some)
        gold = gold_record(packet)
        whole.add(predicted_record(packet, runtime), gold)
        cut.add(predicted_record(packet, runtime, papers), gold)
    for name, measures in (("alone", alone), ("packets", whole), ("packets, cut", cut)):
        figures = measures.figures()
        shown = {figure: round(figures[f"{figure} F1"], 3) for figure in _FIGURES}
        print(f"{name:14}", shown | {"coreference": round(figures["coreference CoNLL"], 3)})


def _filled(texts: Sequence[AnnotatedText], tokens: int) -> Iterator[list[AnnotatedText]]:
    some: list[AnnotatedText] = []
    for text in texts:
        some.append(text)
        if sum(_tokens(one.text) for one in some) >= tokens:
            yield some
            some = []
    if some:
        yield some


def _tokens(text: str) -> int:
    return int(len(text.split()) * 1.3)


def packed(texts: Sequence[AnnotatedText]) -> tuple[AnnotatedText, Papers]:
    """Texts as one file, with its cut into papers; entities of different texts stay apart."""
    parts, starts, length = [], [], 0
    for number, text in enumerate(texts):
        parts.append(_moved(text, f"{number}:", length))
        starts.append(length)
        length += len(parts[-1].text)
    packet = dataclasses.replace(
        texts[0],
        text="".join(part.text for part in parts),
        mentions=tuple(m for part in parts for m in part.mentions),
        entities={k: e for part in parts for k, e in part.entities.items()},
        relations=tuple(r for part in parts for r in part.relations),
    )
    return packet, Papers(tuple(starts), tuple(text.kind for text in texts))


def _moved(text: AnnotatedText, prefix: str, by: int) -> AnnotatedText:
    return dataclasses.replace(
        text,
        text=text.text.rstrip() + "\n\n\n",
        mentions=tuple(
            dataclasses.replace(m, start=m.start + by, end=m.end + by, entity=prefix + m.entity)
            for m in text.mentions
        ),
        entities={
            prefix + k: dataclasses.replace(e, id=prefix + k) for k, e in text.entities.items()
        },
        relations=tuple(
            dataclasses.replace(r, head=prefix + r.head, tail=prefix + r.tail)
            for r in text.relations
        ),
    )


def _scattered(
    texts: Sequence[AnnotatedText], litbank: Path, runtime: Runtime, tokens: int
) -> None:
    """Recall of statements scattered over long texts, beside shorter ones."""
    filling = _paragraphs(t.text for t in read_litbank_split(litbank)["test"])
    for size in (2000, tokens):
        measures = Measures()
        for text in texts:
            long, own = stretched(text, filling, size)
            measures.add(_about(predicted_record(long, runtime), own), gold_record(long))
        figures = measures.figures()
        print(size, {name: round(figures[f"{name} recall"], 3) for name in _FIGURES})


def _paragraphs(texts: Iterator[str]) -> list[str]:
    return [p for text in texts for p in text.split("\n") if len(p.split()) > 20]


def stretched(
    text: AnnotatedText, filling: list[str], tokens: int
) -> tuple[AnnotatedText, list[tuple[int, int]]]:
    """The text with filling between its paragraphs, and the ranges that are its own."""
    blocks = text.text.split("\n\n")
    wanted = max(0, tokens - _tokens(text.text))
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
