"""Whoever a name may stand for is found by its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.language.coreference.bearers import Bearers
from extractor.language.coreference.unlike_names import short_for

words = st.sampled_from(["ana", "luz", "testova", "sample", "a", "l", "t", "x"])
names = st.lists(words, min_size=1, max_size=4).map(" ".join)


@given(st.lists(names, max_size=8), names)
def test_nobody_is_missed_whose_name_another_is_or_is_short_for(full: list[str], name: str) -> None:
    bearers = Bearers()
    for number, one in enumerate(full):
        bearers.add(one, number)
    sharing = bearers.sharing(name)
    for number, one in enumerate(full):
        if name == one or short_for(name, one):
            assert (one, number) in sharing
