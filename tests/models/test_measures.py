"""The measures of the contract on cases whose right answer is known."""

from __future__ import annotations

import pytest

from extractor.record import Record
from models.corpora.annotated import AnnotatedText
from models.corpora.marked import parse_marked
from models.evaluation.chains import ChainScores
from models.evaluation.gold import gold_record
from models.evaluation.measures import Measures

TEXT = """id: t
author: t
scenario: s
kind: DECLARATION
---
[I|d], [Ana Quispe|d], met Mr. [Luis Tello|l] in [Quito|LOC:q]. [Luis|l] took [my|d] passport.
[The driver|v] drove [me|d]. [His|v] name is not known. [Nurse Paz|n] helped.
---
d PERSON DECLARANT
l PERSON EXPLOITER / DOCUMENT_CONFISCATION
v PERSON TRANSPORTER
n PERSON HELPER
RESIDES_AT l q
VICTIMIZED l d
VICTIMIZED v d
"""


@pytest.fixture
def annotated() -> AnnotatedText:
    return parse_marked(TEXT)


def without(record: Record, entity_id: str) -> Record:
    return record.model_copy(
        update={
            "entities": [e for e in record.entities if e.id != entity_id],
            "relations": [r for r in record.relations if entity_id not in {r.head, r.tail}],
            "alleged_traffickers": [t for t in record.alleged_traffickers if t.entity != entity_id],
        }
    )


def test_gold_against_itself_is_perfect(annotated: AnnotatedText) -> None:
    measures = Measures()
    measures.add(gold_record(annotated), gold_record(annotated))
    figures = measures.figures()
    assert figures.pop("kinship subtypes F1") == 0.0
    assert all(v == 1.0 for k, v in figures.items() if not k.startswith("kinship"))


def test_a_nickname_taken_for_a_description_is_the_same_person(annotated: AnnotatedText) -> None:
    text = TEXT.replace("[The driver|v]", "[Second Boss|v]")
    gold = gold_record(parse_marked(text))
    found = gold_record(parse_marked(text.replace("[Second Boss|v]", "[Second Boss|v/NOM]")))
    measures = Measures()
    measures.add(found, gold)
    assert measures.traffickers.f1 == 1.0
    measures.add(gold_record(annotated), gold)
    assert measures.traffickers.f1 == 0.75


def test_a_missed_unnamed_trafficker_costs_recall(annotated: AnnotatedText) -> None:
    measures = Measures()
    gold = gold_record(annotated)
    measures.add(without(gold, "v"), gold)
    assert measures.traffickers.recall == 0.5
    assert measures.traffickers.precision == 1.0
    assert measures.relations.recall == pytest.approx(2 / 3)


def test_a_split_is_one_right_and_one_wrong(annotated: AnnotatedText) -> None:
    gold = gold_record(annotated)
    whole = gold.entity("l")
    first, second = whole.mentions
    half = whole.model_copy(update={"mentions": [first], "aliases": []})
    other = whole.model_copy(
        update={"id": "l2", "name": "Luis", "aliases": [], "mentions": [second]}
    )
    trafficker = next(t for t in gold.alleged_traffickers if t.entity == "l")
    split = gold.model_copy(
        update={
            "entities": [half, other, *(e for e in gold.entities if e.id != "l")],
            "alleged_traffickers": [
                *gold.alleged_traffickers,
                trafficker.model_copy(update={"entity": "l2"}),
            ],
        }
    )
    measures = Measures()
    measures.add(split, gold)
    assert (measures.traffickers.right, measures.traffickers.predicted) == (2, 3)


def test_accusing_a_helper_costs_precision(annotated: AnnotatedText) -> None:
    gold = gold_record(annotated)
    trafficker = gold.alleged_traffickers[0].model_copy(update={"entity": "n", "score": 0.95})
    accused = gold.model_copy(
        update={"alleged_traffickers": [*gold.alleged_traffickers, trafficker]}
    )
    measures = Measures()
    measures.add(accused, gold)
    assert measures.traffickers.precision == pytest.approx(2 / 3)
    assert measures.sure.precision == pytest.approx(2 / 3)


def test_chain_scores_on_the_example_of_the_reference_paper() -> None:
    """Pradhan et al. 2014: key {a b c} {d e f g}, response {a b} {c d} {f g h i}."""

    def chain(letters: str) -> frozenset[tuple[int, int]]:
        return frozenset((ord(c), ord(c) + 1) for c in letters)

    scores = ChainScores()
    scores.add([chain("ab"), chain("cd"), chain("fghi")], [chain("abc"), chain("defg")])
    assert scores.muc.right_r / scores.muc.total_r == pytest.approx(2 / 5)
    assert scores.muc.right_p / scores.muc.total_p == pytest.approx(2 / 5)
    assert scores.b_cubed.right_r / scores.b_cubed.total_r == pytest.approx(5 / 12)
    assert scores.b_cubed.right_p / scores.b_cubed.total_p == pytest.approx(1 / 2)
    assert scores.ceaf.right_r / scores.ceaf.total_r == pytest.approx(0.65)
    assert scores.ceaf.right_p / scores.ceaf.total_p == pytest.approx(1.3 / 3)
