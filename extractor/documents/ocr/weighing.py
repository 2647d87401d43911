"""One line as two engines read it: each word of the reading beside what the witness saw there.

Every difference makes a word doubtful and stands beside it as its other reading; only signs
that are printed alike (curled quotes, dashes) do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from extractor.documents.ocr.letters import Settled, alike, folded, settle
from extractor.documents.ocr.reading import OcrWord

_AGREED, _AGREED_BY_WITNESS = 0.88, 0.12
_BLANKS, _BLANKS_BY_WITNESS = 0.66, 0.12
_DOUBTED, _DOUBTED_BY_LIKENESS = 0.30, 0.45
_READ_OTHERWISE = 0.75
_FEWEST_LETTERS = 2
_Words = Sequence[OcrWord]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Words with their doubt; `same` when both read the same letters, accents aside."""

    words: tuple[OcrWord, ...]
    same: bool


def weigh(ours: _Words, theirs: _Words, signs: frozenset[str]) -> Iterator[Weighed]:
    """The words of a line with their doubt, those that belong together at a time."""
    keys = [folded(w.text) for w in ours], [folded(w.text) for w in theirs]
    blocks = SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    for _, i1, i2, j1, j2 in blocks:
        for reading, seen in _beside(ours[i1:i2], theirs[j1:j2], signs):
            yield _weighed(reading, seen, signs)


def remembered(words: _Words, before: _Words) -> list[OcrWord]:
    """The words of a line; where it was read otherwise before, they are doubtful."""
    if not before:
        return list(words)
    texts = [alike(w.text) for w in words], [alike(w.text) for w in before]
    matcher = SequenceMatcher(None, *texts, autojunk=False)
    same = {
        i for start, _, size in matcher.get_matching_blocks() for i in range(start, start + size)
    }
    return [w if i in same else _otherwise(w, before) for i, w in enumerate(words)]


def counted(weighed: Weighed) -> list[float]:
    """One number a word that is long enough to tell how far the engines agree."""
    long_enough = [w for w in weighed.words if len(folded(w.text)) >= _FEWEST_LETTERS]
    return [float(weighed.same)] * len(long_enough)


def _beside(ours: _Words, theirs: _Words, signs: frozenset[str]) -> Iterator[tuple[_Words, _Words]]:
    """The words of a block in pairs; where their numbers differ, by their places in the line."""
    if len(ours) == len(theirs):
        yield from (([a], [b]) for a, b in zip(ours, theirs, strict=True))
    elif _joined(ours) == _joined(theirs):
        yield ([_whole(ours)] if _is_address(theirs) else ours), theirs
    elif len(theirs) == 1 and _fell_apart(ours, theirs[0], signs):
        yield [_whole(ours)], theirs
    else:
        yield from _by_place(ours, theirs, signs)


def _by_place(
    ours: _Words, theirs: _Words, signs: frozenset[str]
) -> Iterator[tuple[_Words, _Words]]:
    """Each word beside what the witness saw in its place; what fell apart there is one word."""
    at = 0
    while at < len(ours):
        seen = [b for b in theirs if _overlap(ours[at], b) > 0]
        end = at + 1
        while len(seen) == 1 and end < len(ours) and _overlap(ours[end], seen[0]) > 0:
            end += 1
        torn = end > at + 1 and _fell_apart(ours[at:end], seen[0], signs)
        end = end if torn else at + 1
        yield ([_whole(ours[at:end])] if torn else ours[at:end]), seen
        at = end


def _is_address(words: _Words) -> bool:
    """Whether this is an e-mail address, which has no blanks whatever the reading saw."""
    return len(words) == 1 and "@" in words[0].text


def _fell_apart(ours: _Words, seen: OcrWord, signs: frozenset[str]) -> bool:
    """Whether this is one word, in which the reading lost a letter that it has no sign for."""
    return len(ours) > 1 and settle(_whole(ours).text, seen.text, signs).text == seen.text


def _weighed(ours: _Words, theirs: _Words, signs: frozenset[str]) -> Weighed:
    if len(ours) == len(theirs) == 1:
        return _settled(ours[0], theirs[0], settle(ours[0].text, theirs[0].text, signs))
    same = bool(theirs) and _joined(ours) == _joined(theirs)
    if same and _run_together(ours, theirs):
        return _parted(ours[0], theirs)
    sure = min((w.confidence for w in theirs), default=0.0)
    seen = " ".join(w.text for w in theirs) or None
    words = [
        replace(w, confidence=_blanks(sure) if same else _doubt(w, theirs), other=seen)
        for w in ours
    ]
    return Weighed(tuple(words), same)


def _run_together(ours: _Words, theirs: _Words) -> bool:
    """Whether the reading ran words together: the witness may do so, but hardly parts a word."""
    parts = [w.text for w in theirs]
    return (
        len(ours) == 1 < len(theirs)
        and min(len(part) for part in parts) >= _FEWEST_LETTERS
        and len("".join(parts)) == len(ours[0].text)
    )


def _parted(ours: OcrWord, theirs: _Words) -> Weighed:
    """The words of the reading where the witness saw blanks between them."""
    words, start = [], 0
    for seen in theirs:
        box = (seen.box[0], ours.box[1], seen.box[2], ours.box[3])
        text = ours.text[start : start + len(seen.text)]
        words.append(OcrWord(text, box, _blanks(seen.confidence), ours.text, ours.slant))
        start += len(seen.text)
    return Weighed(tuple(words), same=True)


def _settled(ours: OcrWord, theirs: OcrWord, settled: Settled) -> Weighed:
    if settled.sure:
        return Weighed((_agreed(replace(ours, text=settled.text), theirs),), same=True)
    other = ours.text if settled.text != ours.text else theirs.text
    word = replace(ours, text=settled.text, confidence=_doubt(ours, [theirs]), other=other)
    return Weighed((word,), folded(ours.text) == folded(theirs.text))


def _otherwise(word: OcrWord, before: _Words) -> OcrWord:
    first = " ".join(w.text for w in before if _overlap(word, w) > 0) or None
    sure = min(word.confidence, _READ_OTHERWISE)
    return replace(word, confidence=sure, other=word.other or first)


def _agreed(word: OcrWord, seen: OcrWord) -> OcrWord:
    """The word, between the sides that the witness saw, at the height of its line."""
    sure = _AGREED + _AGREED_BY_WITNESS * seen.confidence
    tight = _overlap(word, seen) > 0.5 * (seen.box[2] - seen.box[0])
    left, right = (seen if tight else word).box[0::2]
    box = (left, word.box[1], right, word.box[3])
    return replace(word, box=box, confidence=round(sure, 4), other=None)


def _doubt(word: OcrWord, theirs: _Words) -> float:
    ours = folded(word.text)
    ratios = (SequenceMatcher(None, ours, folded(w.text), autojunk=False).ratio() for w in theirs)
    likeness = max(ratios, default=0.0)
    doubt = (_DOUBTED + _DOUBTED_BY_LIKENESS * likeness) * (0.5 + 0.5 * word.confidence)
    return round(doubt, 4)


def _blanks(sure: float) -> float:
    return round(_BLANKS + _BLANKS_BY_WITNESS * sure, 4)


def _whole(words: _Words) -> OcrWord:
    """Words as one, for an engine that parts a word where it has no sign for a letter."""
    boxes = [w.box for w in words]
    box = (
        min(b[0] for b in boxes), min(b[1] for b in boxes),
        max(b[2] for b in boxes), max(b[3] for b in boxes),
    )  # fmt: skip
    text = "".join(w.text for w in words)
    return OcrWord(text, box, min(w.confidence for w in words), slant=words[0].slant)


def _joined(words: _Words) -> str:
    return "".join(folded(w.text) for w in words)


def _overlap(first: OcrWord, second: OcrWord) -> float:
    return min(first.box[2], second.box[2]) - max(first.box[0], second.box[0])
