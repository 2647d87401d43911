"""Name corpora in CoNLL columns: CrossNER, WNUT17, Broad Twitter, wikigold.

Sentences are joined to texts of about 200 words; only the names of the mapped types are
annotated, everything else in a sentence says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.record import EntityType, MentionKind
from models.corpora.annotated import AnnotatedEntity, AnnotatedMention, AnnotatedText, Layer

__all__ = ["read_conll_names", "read_crossner", "read_open_ner"]

_PERSON = {"person", "per", "politician", "scientist", "writer", "musicalartist", "researcher"}
_ORGANIZATION = {"org", "organisation", "organization", "politicalparty", "band", "university",
                 "corporation", "group"}  # fmt: skip
_LOCATION = {"loc", "location", "country"}
_WORDS_A_TEXT = 200


def read_crossner(folder: Path, part: str = "train") -> list[AnnotatedText]:
    """All five domains of CrossNER."""
    texts: list[AnnotatedText] = []
    for path in sorted((folder / "ner_data").glob(f"*/{part}.txt")):
        texts += read_conll_names(path, f"crossner-{path.parent.name}")
    return texts


def read_open_ner(folder: Path) -> list[AnnotatedText]:
    """WNUT17 train, Broad Twitter and wikigold; no test part of WNUT17."""
    data = folder / "data"
    paths = [
        data / "WNUT17/CONLL-format/data/train/wnut17train.conll",
        data / "wikigold/CONLL-format/data/wikigold.conll.txt",
        *sorted((data / "BTC/CONLL-format/data").glob("[abegh].conll")),
    ]
    return [text for path in paths for text in read_conll_names(path, f"names-{path.stem}")]


def _mapped(label: str) -> EntityType | None:
    name = label.partition("-")[2].casefold()
    if name in _PERSON:
        return EntityType.PERSON
    if name in _ORGANIZATION:
        return EntityType.ORGANIZATION
    return EntityType.LOCATION if name in _LOCATION else None


def read_conll_names(path: Path, name: str) -> list[AnnotatedText]:
    """Texts of one file whose lines are `token ... label`, sentences divided by blank lines."""
    texts: list[AnnotatedText] = []
    tokens: list[tuple[str, str]] = []
    for sentence in _sentences(path):
        tokens += [*sentence, ("\n", "O")]
        if len(tokens) >= _WORDS_A_TEXT:
            texts.append(_text(tokens, f"{name}-{len(texts)}"))
            tokens = []
    return [*texts, _text(tokens, f"{name}-{len(texts)}")] if tokens else texts


def _sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    sentence: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        columns = line.split()
        if len(columns) >= 2 and not line.startswith("-DOCSTART-"):
            sentence.append((columns[0], columns[-1]))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _text(tokens: list[tuple[str, str]], name: str) -> AnnotatedText:
    pieces, length = [], 0
    spans: list[tuple[int, int, EntityType | None]] = []
    previous = "O"
    for form, label in tokens:
        start, end = length, length + len(form)
        if label[:1] == "I" and previous[2:] == label[2:] and spans:
            spans[-1] = (spans[-1][0], end, spans[-1][2])
        elif label != "O":
            spans.append((start, end, _mapped(label)))
        pieces.append(form + (" " if form != "\n" else ""))
        length += len(pieces[-1])
        previous = label
    mentions = [
        AnnotatedMention(start, end, f"{entity_type}-{start}", MentionKind.NAM)
        for start, end, entity_type in spans
        if entity_type is not None
    ]
    entities = {
        m.entity: AnnotatedEntity(m.entity, EntityType(m.entity.partition("-")[0]))
        for m in mentions
    }
    return AnnotatedText(
        id=name,
        text="".join(pieces),
        mentions=tuple(mentions),
        entities=entities,
        layers=frozenset({Layer.NAMES}),
        types=frozenset({EntityType.PERSON}),
    )
