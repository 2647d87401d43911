"""Whether a name may join an entity that has gone by quite other names so far.

Another name of one person is told (`they called him El Gato`); another person is often linked
by nothing but a pronoun or `the owner` between them. A logistic regression weighs the two: its
weights were fitted on 470 such joins in 280 statements of the training corpus, read by a
network that had not learned from them; of 101 in the development texts it refused 22 of the 51
wrong ones and 1 of the 50 right ones.

Invariant: only a join of a name to names unlike it is ever refused.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from extractor.language.coreference.honorifics import HONORIFICS, PARTICLES
from extractor.record import EntityType, MentionKind
from models.network.pairs import PlacedMention, plain

__all__ = [
    "Join",
    "alike",
    "full",
    "gap_between",
    "kin",
    "like_any",
    "may_join",
    "natural",
    "short_for",
]

_BIAS, _LINK, _NAMES, _DESCRIBED = -3.16, 1.27, 0.88, -0.37
_ELSEWHERE, _ORGANIZATION, _WORDS, _TOLD = -1.14, -1.03, 2.42, 0.65
_REFUSED = -1.5
"""Log odds below which a join is refused: nearly all right ones lie above."""
_LOWEST, _HIGHEST, _SCALE = -6.0, 10.0, 5.0
_SIMILAR = 0.7
_MANY_WORDS = 3
_BEFORE, _AFTER, _REACH = 25, 14, 160
_FULL = 2
"""Words of a full name, at least."""
_ALIAS = re.compile(r"a[./]?k[./]?a\b|alias|known as|also|uses the name", re.IGNORECASE)
_TELLS = re.compile(
    r"call|known|nam(?:e|ing)(?! ?[()]|\n)|alias|a[./]?k[./]?a|nick|goes by|went by|real|true"
    r"|also|=|\((?!\w+ name)|[\"“]"
    r"|sign(?:s|ed)|spell|spelt|writ|otherwise|identif|licen[cs]e|passport|print|short for"
    r"|turned out|was in fact|answers? to|registered|married|maiden|born",
    re.IGNORECASE,
)
"""Words that tell another name of somebody; not the labels of a form, `Given Name (First Name)`."""
_SHARED_BY_MANY = HONORIFICS | PARTICLES | {"big", "little", "jr", "ii", "iii"}
"""Words of which none makes two names alike."""


@dataclasses.dataclass(frozen=True)
class Join:
    """A name about to join an entity: by which link, over which words.

    `link` is the score of the link, `to_names` the mean score of the links to the entity's
    names; `gap` is the text from the antecedent to the name.
    """

    name: PlacedMention
    antecedent: PlacedMention
    link: float
    to_names: float
    elsewhere: Callable[[], bool]
    """Whether another entity bears a name like it; asked only where it decides."""
    gap: str
    kin: bool = False
    """Whether it shares but the family name with a name of the entity."""
    full: bool = False
    """Whether it and a name of the entity are full names (`full`)."""


def may_join(join: Join) -> bool:
    """Whether the name may stand for an entity whose names are all unlike it."""
    if join.kin and not _ALIAS.search(join.gap):
        return False
    if join.full and not _TELLS.search(join.gap):
        return False
    odds = (
        _BIAS
        + _LINK * _scaled(join.link)
        + _NAMES * _scaled(join.to_names)
        + _DESCRIBED * (join.antecedent.kind is MentionKind.NOM)
        + _ORGANIZATION * (join.name.type is EntityType.ORGANIZATION)
        + _WORDS * min(len(join.name.form.split()), _MANY_WORDS) / _MANY_WORDS
        + _TOLD * bool(_TELLS.search(join.gap))
    )
    if odds < _REFUSED or odds + _ELSEWHERE >= _REFUSED:
        return odds >= _REFUSED
    return not join.elsewhere()


def gap_between(text: str, antecedent_end: int, start: int, end: int) -> str:
    """The text in which another name would be told: from the antecedent to the name's end."""
    begin = min(start, max(antecedent_end, start - _REACH))
    return text[max(0, begin - _BEFORE) : end + _AFTER]


def like_any(form: str, names: Iterable[str]) -> bool:
    """Whether a name is like one of the others."""
    return any(alike(form, name) for name in names)


@functools.lru_cache(maxsize=65536)
def alike(first: str, second: str) -> bool:
    """Whether two names share a word, however spelt; namesakes of one family do not count."""
    one, other = _telling(first), _telling(second)
    shared = [(a, b) for a in one for b in other if _similar(a, b)]
    if len({a for a, _ in shared}) != 1 or len({b for _, b in shared}) != 1:
        return bool(shared)
    left = [word for word in one if word != shared[0][0]]
    right = [word for word in other if word != shared[0][1]]
    return not (left and right)


def kin(form: str, names: Iterable[str]) -> bool:
    """Whether a full name shares the family name, and nothing else, with another full name.

    Of 30 such joins that the network made in 380 marked texts, 24 were two of one family.
    """
    return any(_are_kin(plain(natural(form)).split(), plain(natural(n)).split()) for n in names)


def full(form: str) -> bool:
    """Whether a name has two words or more and no form of address or article among them.

    Where no words told of another name, 27 of 34 joins of two unlike ones were wrong.
    """
    words = plain(natural(form)).split()
    return len(words) >= _FULL and _SHARED_BY_MANY.isdisjoint(words)


def _are_kin(one: list[str], other: list[str]) -> bool:
    if min(len(one), len(other)) < _FULL or not HONORIFICS.isdisjoint([*one, *other]):
        return False
    given = [word for word in one[:-1] if any(_similar(word, w) for w in other[:-1])]
    return one[-1] == other[-1] and not given


def natural(form: str) -> str:
    """`ADHIKARI, Bishwanath` as it is said: the given name first."""
    family, comma, given = form.partition(",")
    return f"{given} {family}" if comma and "," not in given else form


def short_for(name: str, full: str) -> bool:
    """Whether a plain name leaves out or turns about words of another, or gives initials."""
    words, others = set(name.split()), set(full.split())
    initials = {word for word in words - others if len(word) == 1}
    spelt = words - initials
    left = others - spelt
    return (
        bool(spelt)
        and spelt <= others
        and all(any(other.startswith(initial) for other in left) for initial in initials)
    )


def _telling(form: str) -> tuple[str, ...]:
    words = tuple(plain(form).split())
    return tuple(word for word in words if word not in _SHARED_BY_MANY) or words


def _similar(first: str, second: str) -> bool:
    if min(len(first), len(second)) == 1:
        return first[0] == second[0]
    if first.startswith(second) or second.startswith(first):
        return True
    if 2 * _common(first, second) < _SIMILAR * (len(first) + len(second)):
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _SIMILAR


def _common(first: str, second: str) -> int:
    """How many letters they share wherever these stand: no match of theirs has more."""
    return sum(min(first.count(letter), second.count(letter)) for letter in set(first))


def _scaled(score: float) -> float:
    return min(max(score, _LOWEST), _HIGHEST) / _SCALE
