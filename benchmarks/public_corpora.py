"""The network beside published results, on public corpora (`models/README.md` names them).

    python -m benchmarks.public_corpora FOLDER [--only gap] [--weights DIR] [--texts N]

LitBank: test texts of official coreference fold 0, whose train texts are learned from;
persons only, spans by our own guide (no titles, short noun phrases), so beside the published
figures it stands only roughly. GAP: the test part, never learned from. Re-DocRED: the test
part, kinship end to end and with gold persons given. EHRI: recall of person names in the
early testimonies; only persons that the editors linked are marked there, so precision has
no meaning.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from extractor.evaluation import predicted_record, record_at
from extractor.language.mentions import FoundMention
from extractor.language.understanding import encoded_of, reading_given, understand
from extractor.record import Box, Entity, EntityType, MentionKind, Record, RelationType
from models.corpora.annotated import AnnotatedMention, AnnotatedText
from models.corpora.litbank import read_litbank_split
from models.corpora.redocred import read_redocred
from models.evaluation.counts import Counts
from models.evaluation.gold import gold_record
from models.evaluation.measures import Measures
from models.network.pairs import PlacedMention
from models.network.tokens import Words
from models.runtime import Runtime, shipped_runtime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=sorted(_MEASURED))
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--texts", type=int, help="at most so many texts of each corpus")
    options = parser.parse_args()
    runtime = Runtime(options.weights, threads=2) if options.weights else shipped_runtime()
    for name, measured in _MEASURED.items():
        if options.only in {None, name}:
            for figure, value in measured(options.folder, runtime, options.texts):
                print(f"{name:10} {figure:40} {value:.3f}", flush=True)


_Figures = Iterator[tuple[str, float]]


def _litbank(folder: Path, runtime: Runtime, texts: int | None) -> _Figures:
    measures = _over(read_litbank_split(folder / "litbank")["test"][:texts], runtime)
    figures = measures.figures()
    for name in ("MUC", "B3", "CEAF", "CoNLL"):
        yield f"coreference {name}", figures[f"coreference {name}"]
    yield "person names F1", figures["person names F1"]


def _redocred(folder: Path, runtime: Runtime, texts: int | None) -> _Figures:
    documents = read_redocred(folder / "redocred", "test")[:texts]
    found = _over(documents, runtime)
    yield "kinship F1, end to end", found.relations.f1
    yield "kinship with its subtype F1, end to end", found.subtypes.f1
    given = Measures()
    for text in documents:
        given.add(_kinship(_with_gold_entities(text, runtime)), gold_record(text))
    yield "kinship F1, entities given", given.relations.f1
    yield "kinship with its subtype F1, entities given", given.subtypes.f1


def _with_gold_entities(text: AnnotatedText, runtime: Runtime) -> Record:
    """What is said of a text whose mentions and entities are given."""
    encoded = encoded_of(text.text, runtime)
    if not text.mentions:
        return predicted_record(text, runtime)
    mentions = [_found(encoded.words, m, text) for m in text.mentions]
    clusters: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(text.mentions):
        clusters[mention.entity].append(number)
    reading = reading_given(encoded, runtime, 0.02, mentions, clusters=list(clusters.values()))
    return record_at(text, reading, runtime.threshold)


def _found(words: Words, mention: AnnotatedMention, text: AnnotatedText) -> FoundMention:
    first, last = words.covering(mention.start, mention.end)
    type_ = text.entities[mention.entity].type
    form, sentence = text.surface(mention), int(words.sentences[first])
    placed = PlacedMention(first, max(last, first + 1), sentence, type_, mention.kind, form)
    return FoundMention(placed, mention.start, mention.end, 1.0)


def _over(texts: list[AnnotatedText], runtime: Runtime) -> Measures:
    measures = Measures()
    for text in texts:
        measures.add(_kinship(predicted_record(text, runtime)), gold_record(text))
    return measures


def _kinship(record: Record) -> Record:
    kinship = [r for r in record.relations if r.type is RelationType.FAMILY_OF]
    return record.model_copy(update={"relations": kinship})


def _no_boxes(start: int, end: int) -> tuple[int, list[Box]]:
    del start, end
    return 1, []


def _gap(folder: Path, runtime: Runtime, texts: int | None) -> _Figures:
    """F1 over (passage, name) pairs, as in Webster et al. 2018; gender is the pronoun's."""
    counts: dict[str, Counts] = defaultdict(Counts)
    with (folder / "gap" / "gap-test.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[:texts]
    for row in rows:
        feminine = row["Pronoun"].casefold() in {"she", "her", "hers"}
        entities = understand(row["Text"], runtime, _no_boxes).entities
        for name in ("A", "B"):
            said = _coreferent(entities, row, name)
            truth = row[f"{name}-coref"].casefold() == "true"
            one = Counts(int(said and truth), int(said), int(truth))
            counts["all"] += one
            counts["feminine" if feminine else "masculine"] += one
    for group, count in counts.items():
        yield f"F1 {group}", count.f1
    yield "F1 feminine / masculine", counts["feminine"].f1 / max(counts["masculine"].f1, 1e-9)


def _coreferent(entities: list[Entity], row: dict[str, str], name: str) -> bool:
    pronoun = int(row["Pronoun-offset"])
    start = int(row[f"{name}-offset"])
    end = start + len(row[name])
    for entity in entities:
        spans = [(m.start, m.end, m.kind) for m in entity.mentions]
        if any(s == pronoun for s, _, _ in spans):
            return any(s < end and start < e and k is MentionKind.NAM for s, e, k in spans)
    return False


def _ehri(folder: Path, runtime: Runtime, texts: int | None) -> _Figures:
    found = total = overlapping = 0
    files = sorted((folder / "ehri_ner" / "docs_en_early").glob("EHRI-ET-*"))[:texts]
    for path in files:
        text, names = _tagged(path.read_text(encoding="utf-8"))
        entities = understand(text, runtime, _no_boxes).entities
        spans = {
            (m.start, m.end)
            for e in entities
            if e.type is EntityType.PERSON
            for m in e.mentions
            if m.kind is MentionKind.NAM
        }
        total += len(names)
        found += len(names & spans)
        overlapping += sum(any(s < e2 and s2 < e for s2, e2 in spans) for s, e in names)
    yield "person names, exact recall", found / max(total, 1)
    yield "person names, overlapping recall", overlapping / max(total, 1)


def _tagged(content: str) -> tuple[str, set[tuple[int, int]]]:
    """Text of token-and-tag lines, and the spans tagged PER."""
    text, names, start = "", set(), None
    end = 0
    for line in content.splitlines():
        token, _, tag = line.rpartition(" ")
        if start is not None and not tag.startswith("I-PER"):
            names.add((start, end))
            start = None
        if not token:
            text += "\n"
            continue
        if tag == "B-PER":
            start = len(text)
        text += token
        end = len(text)
        text += " "
    return text, names


_MEASURED: dict[str, Callable[[Path, Runtime, int | None], _Figures]] = {
    "litbank": _litbank,
    "gap": _gap,
    "redocred": _redocred,
    "ehri": _ehri,
}

if __name__ == "__main__":
    main()
