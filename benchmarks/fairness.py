"""Recall of person names and of alleged traffickers, by origin and gender of the name.

Every text of a part of the corpus is read once for each origin and gender, with the names of
all persons replaced by names of that origin (`benchmarks/names.toml`): only the names differ.

    python -m benchmarks.fairness --part test
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import tomllib
from pathlib import Path

from extractor.evaluation import predicted_record
from extractor.record import EntityType, MentionKind
from models.corpora.annotated import AnnotatedText
from models.corpora.marked import read_part
from models.evaluation.gold import gold_record
from models.evaluation.measures import Measures
from models.runtime import Runtime, shipped_runtime

_CORPUS = Path("annotations/corpus")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="test")
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--texts", type=int, default=20, help="how many texts of the part")
    options = parser.parse_args()
    runtime = Runtime(options.weights, threads=2) if options.weights else shipped_runtime()
    texts = read_part(_CORPUS, options.part)[:: max(1, 52 // options.texts)][: options.texts]
    origins = tomllib.loads(Path("benchmarks/names.toml").read_text(encoding="utf-8"))
    rows: dict[str, tuple[float, float]] = {}
    for origin, names in origins.items():
        for gender in ("women", "men"):
            measures = _measured(texts, [*names[gender]], [*names["surnames"]], runtime)
            rows[f"{origin} {gender}"] = (
                measures.spans["PERSON"].recall,
                measures.traffickers.recall,
            )
            print(f"{origin:12} {gender:6} names {rows[f'{origin} {gender}'][0]:.3f} "
                  f"traffickers {rows[f'{origin} {gender}'][1]:.3f}", flush=True)  # fmt: skip
    for gender in ("women", "men"):
        found = [name for key, (name, _) in rows.items() if key.endswith(f" {gender}")]
        print(f"{gender}: mean recall of names {sum(found) / len(found):.3f}")
    recalls = [name for name, _ in rows.values()]
    print(f"lowest {min(recalls):.3f}, highest {max(recalls):.3f}")


def _measured(
    texts: list[AnnotatedText], given: list[str], surnames: list[str], runtime: Runtime
) -> Measures:
    measures = Measures()
    for text in texts:
        swapped = renamed(text, given, surnames)
        measures.add(predicted_record(swapped, runtime), gold_record(swapped))
    return measures


def renamed(text: AnnotatedText, given: list[str], surnames: list[str]) -> AnnotatedText:
    """The text with every capitalised word of a person's name replaced, the same way each time.

    The first word of a name becomes a given name, later words surnames.
    """
    swaps: dict[str, str] = {}
    edits: dict[tuple[int, int], str] = {}
    for mention in text.mentions:
        person = text.entities[mention.entity].type is EntityType.PERSON
        if not person or mention.kind is not MentionKind.NAM:
            continue
        for place, match in enumerate(_WORD.finditer(text.surface(mention))):
            pool = surnames if place else given
            new = swaps.setdefault(match.group(), pool[len(swaps) % len(pool)])
            start = mention.start + match.start()
            edits[start, start + len(match.group())] = new
    return _edited(text, edits)


def _edited(text: AnnotatedText, edits: dict[tuple[int, int], str]) -> AnnotatedText:
    moved = [0] * (len(text.text) + 1)
    pieces, last, shift = [], 0, 0
    for (start, end), new in sorted(edits.items()):
        for position in range(last, end):
            moved[position] = position + shift
        pieces += [text.text[last:start], new]
        shift += len(new) - (end - start)
        last = end
    for position in range(last, len(moved)):
        moved[position] = position + shift
    pieces.append(text.text[last:])
    mentions = tuple(
        dataclasses.replace(m, start=moved[m.start], end=moved[m.end]) for m in text.mentions
    )
    return dataclasses.replace(text, text="".join(pieces), mentions=mentions)


if __name__ == "__main__":
    main()
