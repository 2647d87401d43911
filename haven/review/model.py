"""The words of review: findings, decisions, and the state they add up to.

A finding is one alleged trafficker as the reviewer sees it now. A decision names findings by
the key shown; the store adds to it, as its anchor, the evidence that the finding had then, and
it is the anchor that later says which finding is meant.
"""

from __future__ import annotations

import datetime
from abc import abstractmethod
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError, model_validator

from extractor.errors import UsageError
from extractor.record import (
    TRAFFICKER_ROLES,
    Box,
    Doubt,
    EntityType,
    FamilySubtype,
    MeansName,
    MentionKind,
    RelationType,
    RoleName,
    Score,
    Strict,
)
from haven.views import CaseStatus, Confirmation

__all__ = [
    "Accept",
    "Add",
    "Bound",
    "Correct",
    "Decision",
    "DecisionEntry",
    "Fact",
    "Finding",
    "FindingStatus",
    "Identifier",
    "KeepApart",
    "MeansFact",
    "Merge",
    "Origin",
    "Passage",
    "Reject",
    "ReviewState",
    "RoleFact",
    "SeenMention",
    "Split",
    "Tie",
    "Undo",
    "parse_decision",
]

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class FindingStatus(StrEnum):
    """What reviewers made of a finding so far."""

    UNDECIDED = "UNDECIDED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"


class Origin(StrEnum):
    """Who says that there is such a person."""

    MACHINE = "MACHINE"
    REVIEWER = "REVIEWER"


class Passage(Strict):
    """Words of a document, named by its SHA-256; callers give the range, the store the rest.

    `text` marks which reading of the document the range counts in.
    """

    document: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = None
    quote: str = ""
    text: str = ""


class SeenMention(Passage):
    """A mention of a finding; boxes are [x0, top, x1, bottom] in points, one a line."""

    kind: MentionKind = MentionKind.NAM
    score: Score = 1.0
    boxes: tuple[Box, ...] = ()


class Fact(Strict):
    """A label with the words that show it."""

    score: Score = 1.0
    evidence: tuple[Passage, ...] = ()

    @property
    @abstractmethod
    def label(self) -> str:
        """What is said: a role or a means."""


class RoleFact(Fact):
    """A role of a finding."""

    role: RoleName

    @property
    def label(self) -> str:
        """The role."""
        return self.role


class MeansFact(Fact):
    """A means of a finding."""

    means: MeansName

    @property
    def label(self) -> str:
        """The means."""
        return self.means


class Identifier(Strict):
    """An identifying value, such as ("PHONE", "(213) 555-0142")."""

    type: Name
    value: Name


class Tie(Strict):
    """A relation to somebody or something named; outgoing when the finding is its head."""

    type: RelationType
    other: Name
    outgoing: bool = True
    subtype: FamilySubtype | None = None


class Finding(Strict):
    """One alleged trafficker, as machine and reviewers have it by now."""

    key: str
    type: EntityType = EntityType.PERSON
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[RoleFact, ...] = ()
    means: tuple[MeansFact, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    relations: tuple[Tie, ...] = ()
    relationship_to_declarant: str | None = None
    doubts: tuple[Doubt, ...] = ()
    """Names and values of it that the reader of scans was unsure of."""
    mentions: tuple[SeenMention, ...] = ()
    evidence: tuple[Passage, ...] = ()
    score: Score = 1.0
    origin: Origin = Origin.MACHINE
    status: FindingStatus = FindingStatus.UNDECIDED
    contested: bool = False
    """Two persons who were decided differently are one in the newest extraction."""
    decisions: tuple[str, ...] = ()
    told_apart: tuple[str, ...] = ()
    """Keys of findings that a reviewer has said to be others, however alike they look."""
    entities: tuple[tuple[str, str], ...] = ()
    """The (document, entity id) of the newest records that stand for this person."""
    made_by: str | None = None
    """The decision that made this finding, if one did."""

    def documents(self) -> set[str]:
        """The documents that mention it."""
        return {mention.document for mention in self.mentions}


class _Judgement(Strict):
    note: str | None = Field(default=None, max_length=4000)


class Accept(_Judgement):
    """The statement does allege this."""

    kind: Literal["ACCEPT"] = "ACCEPT"
    finding: Key


class Reject(_Judgement):
    """The statement does not allege this."""

    kind: Literal["REJECT"] = "REJECT"
    finding: Key


class Correct(_Judgement):
    """The facts of a finding, put right; whether it is accepted is another decision."""

    kind: Literal["CORRECT"] = "CORRECT"
    finding: Key
    name: Name | None = None
    add_aliases: tuple[Name, ...] = ()
    remove_aliases: tuple[Name, ...] = ()
    add_roles: tuple[RoleName, ...] = ()
    remove_roles: tuple[RoleName, ...] = ()
    add_means: tuple[MeansName, ...] = ()
    remove_means: tuple[MeansName, ...] = ()
    add_identifiers: tuple[Identifier, ...] = ()
    remove_identifiers: tuple[Identifier, ...] = ()
    add_relations: tuple[Tie, ...] = ()
    remove_relations: tuple[Tie, ...] = ()
    relationship_to_declarant: str | None = Field(default=None, max_length=500)
    """None leaves it as it is; an empty text removes it."""


class _OfTwo(_Judgement):
    finding: Key
    other: Key

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.finding == self.other:
            raise ValueError("two findings are needed")
        return self


class Merge(_OfTwo):
    """Two findings are one person; `finding` stays and takes over the other."""

    kind: Literal["MERGE"] = "MERGE"


class KeepApart(_OfTwo):
    """Two findings that look alike are two persons, and are not proposed for one again."""

    kind: Literal["KEEP_APART"] = "KEEP_APART"


class Split(_Judgement):
    """Some mentions or names of a finding are another person.

    Roles and means follow their evidence; what has none is moved by naming it here.
    """

    kind: Literal["SPLIT"] = "SPLIT"
    finding: Key
    name: Name
    spans: tuple[Passage, ...] = ()
    aliases: tuple[Name, ...] = ()
    roles: tuple[RoleName, ...] = ()
    means: tuple[MeansName, ...] = ()
    identifiers: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _takes_something(self) -> Self:
        if not self.spans and not self.aliases:
            raise ValueError("a split takes mentions or names with it")
        return self


class Add(_Judgement):
    """Somebody whom the machine missed, shown by the words selected."""

    kind: Literal["ADD"] = "ADD"
    name: Name
    spans: Annotated[tuple[Passage, ...], Field(min_length=1)]
    type: Literal[EntityType.PERSON, EntityType.ORGANIZATION] = EntityType.PERSON
    aliases: tuple[Name, ...] = ()
    roles: Annotated[tuple[RoleName, ...], Field(min_length=1)]
    means: tuple[MeansName, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    relationship_to_declarant: str | None = Field(default=None, max_length=500)

    @model_validator(mode="after")
    def _is_alleged(self) -> Self:
        if not set(self.roles) & TRAFFICKER_ROLES:
            raise ValueError("an alleged trafficker has a role in the scheme")
        return self


class Undo(_Judgement):
    """A decision is taken back; taking back an Undo brings the decision back."""

    kind: Literal["UNDO"] = "UNDO"
    decision: Key


Decision = Accept | Reject | Correct | Merge | KeepApart | Split | Add | Undo

_DECISION: TypeAdapter[Decision] = TypeAdapter(Annotated[Decision, Field(discriminator="kind")])


def parse_decision(untrusted: object) -> Decision:
    """A decision from JSON; UsageError, without any of its content, if it is none."""
    try:
        return _DECISION.validate_python(untrusted)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"] if isinstance(part, str))
        raise UsageError(f"This is no decision (see {where[:60] or 'kind'}).") from None


class Bound(Strict):
    """A decision with its anchors: the findings it names, as they were when it was made."""

    id: str
    number: int
    by: str
    at: datetime.datetime
    decision: Annotated[Decision, Field(discriminator="kind")]
    anchors: tuple[Finding, ...] = ()


class DecisionEntry(Strict):
    """A decision as the history shows it; not active when undone or resting on one undone."""

    id: str
    number: int
    kind: str
    by: str
    at: datetime.datetime
    decision: Annotated[Decision, Field(discriminator="kind")]
    active: bool


class ReviewState(Strict):
    """Everything about a case's review; `version` is the next decision's expected_version."""

    case_id: str
    version: int
    status: CaseStatus
    findings: tuple[Finding, ...]
    decisions: tuple[DecisionEntry, ...]
    confirmation: Confirmation | None
    unread_files: int = 0
    """Files of which no reading succeeded: nothing of them is in the findings."""
    readings: dict[str, str] = Field(default_factory=dict)
    """Document -> mark of its newest reading, as far as findings tell: ranges count in it."""

    def finding(self, key: str) -> Finding | None:
        """The finding with this key, if it is shown."""
        return next((finding for finding in self.findings if finding.key == key), None)

    def undecided(self) -> int:
        """How many findings still need a decision."""
        return sum(finding.status is FindingStatus.UNDECIDED for finding in self.findings)
