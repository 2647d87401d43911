"""What is said in one paper of a packet stays in it."""

from __future__ import annotations

import numpy as np

from extractor.language.mentions import FoundMention
from extractor.language.papers import Papers, speakers_joined, within_papers
from extractor.language.understanding import understand
from extractor.record import Box, EntityType, MentionKind, RoleName
from models.network.pairs import PlacedMention
from models.runtime import shipped_runtime

LETTER = """LETTER OF SUPPORT

I, Hanna Probe, am a nurse. Sample Testova lived next door. I saw that she was never let out.
"""
DECLARATION = """DECLARATION OF SAMPLE TESTOVA

I, Sample Testova, declare: In May 2019 Fictor Nemo took my passport in Nowhere and told me
that I owed him $4,000. He locked me in his house and kept all my wages.

"""


def no_boxes(start: int, end: int) -> tuple[int, list[Box]]:
    del start, end
    return 1, []


def mention(form: str, kind: MentionKind, at: int) -> FoundMention:
    placed = PlacedMention(at, at + 1, 0, EntityType.PERSON, kind, form)
    return FoundMention(placed, at * 10, at * 10 + len(form), 0.9)


def test_two_speakers_are_two_persons() -> None:
    text = DECLARATION + LETTER
    papers = Papers((0, len(DECLARATION)), ("DECLARATION", "LETTER"))
    found = understand(text, shipped_runtime(), no_boxes, papers)
    second = text.index("I, Hanna")
    speaker = next(
        e for e in found.entities for m in e.mentions if (m.start, m.end) == (second, second + 1)
    )
    assert speaker.name == "Hanna Probe"
    assert not any(m.end <= len(DECLARATION) for m in speaker.mentions)
    assert RoleName.DECLARANT not in speaker.role_names() or len(found.entities) > 2


def test_only_names_are_the_same_in_two_papers() -> None:
    kinds = [MentionKind.NAM, MentionKind.PRO, MentionKind.NAM, MentionKind.PRO]
    mentions = [mention(kind.value, kind, n) for n, kind in enumerate(kinds)]
    papers = Papers((0, 20), ("", "")).numbers(mentions)
    left, right = np.array([1, 2, 3, 3]), np.array([0, 0, 1, 2])
    assert within_papers(papers, mentions, left, right).tolist() == [True, True, False, True]


def test_an_unnamed_speaker_goes_on_where_the_last_paper_of_the_kind_ended() -> None:
    name, pronoun = MentionKind.NAM, MentionKind.PRO
    mentions = [
        mention("Sample", name, 0), mention("I", pronoun, 1), mention("I", pronoun, 2),
        mention("my", pronoun, 3),
    ]  # fmt: skip
    clusters, papers = [[0, 1], [2], [3]], np.array([0, 0, 1, 2])
    kinds = ("DECLARATION", "LETTER", "DECLARATION")
    assert speakers_joined(mentions, clusters, papers, kinds) == [[0, 1, 3], [2]]


def test_one_paper_is_left_as_it_is() -> None:
    mentions = [mention("I", MentionKind.PRO, 0), mention("me", MentionKind.PRO, 1)]
    assert speakers_joined(mentions, [[0], [1]], np.array([0, 0]), ("",)) == [[0], [1]]
