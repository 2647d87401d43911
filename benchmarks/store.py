"""What keeping a case costs: encryption beside Fernet, and each step of a case's life.

python -m benchmarks.store
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable

from cryptography.fernet import Fernet

from extractor.record import (
    AllegedTrafficker,
    Entity,
    EntityType,
    Mention,
    MentionKind,
    ModelVersion,
    Page,
    Record,
    Role,
    RoleName,
    Source,
    TextSource,
)
from haven import Haven, Settings, migrate, open_haven
from haven.encryption.envelope import Place, new_key, seal, unseal
from haven.review import Accept

PAGES, PERSONS, MENTIONS, WORDS_A_PAGE = 40, 8, 60, 400
MEGABYTE = 1024 * 1024
BY = "system:benchmark"


def main() -> None:
    """Print every figure, one a line."""
    encryption()
    with tempfile.TemporaryDirectory() as home:
        settings = Settings.from_environment({"DECLARANT_HOME": home})
        migrate(settings)
        with open_haven(settings) as haven:
            steps(haven)
            search(haven)


def encryption() -> None:
    """MB/s of the envelope, and how many times that of Fernet."""
    data, key, place = os.urandom(16 * MEGABYTE), new_key(), Place("t", "r", "c")
    sealed = seal(key, data, place)
    fernet = Fernet(Fernet.generate_key())
    ours, theirs = _seconds(lambda: seal(key, data, place)), _seconds(lambda: fernet.encrypt(data))
    back = _seconds(lambda: unseal(key, sealed, place))
    print(f"encrypt {16 / ours:.0f} MB/s, decrypt {16 / back:.0f} MB/s")
    print(f"encrypt {theirs / ours:.1f} times as fast as Fernet")


def steps(haven: Haven) -> None:
    """Milliseconds of each step over a 40-page statement with 8 alleged traffickers."""
    case = haven.cases.create(receipt_number="EAC1590000001", by=BY)
    content = os.urandom(5 * MEGABYTE)
    add = _seconds(lambda: _add(haven, content), times=5)
    print(f"keep a 5 MB file {add * 1000:.0f} ms")
    document = haven.files.add(case.id, content, filename="f", media_type="x/y", by=BY)
    record = _record(document.sha256)
    words: list[object] = [
        [["word", 72.0, 72.0, 90.0, 84.0, n, n + 4, None] for n in range(WORDS_A_PAGE)]
        for _ in range(PAGES)
    ]
    save = _seconds(lambda: haven.extractions.save(document.id, record, words, by=BY), times=5)
    print(f"save an extraction of {PAGES} pages {save * 1000:.0f} ms")
    latest = haven.extractions.latest(document.id, by=BY)
    read = _seconds(lambda: haven.extractions.record(latest.id, by=BY), times=5)
    print(f"read its record {read * 1000:.0f} ms")
    for _ in range(3):
        for finding in haven.review.state(case.id, by=BY).findings:
            state = haven.review.state(case.id, by=BY)
            accept = Accept(finding=finding.key)
            haven.review.decide(case.id, accept, by=BY, expected_version=state.version)
    shown = _seconds(lambda: haven.review.state(case.id, by=BY), times=5)
    print(f"review state after 24 decisions {shown * 1000:.0f} ms")
    state = haven.review.state(case.id, by=BY)
    began = time.perf_counter()
    haven.review.confirm(case.id, by=BY, expected_version=state.version)
    print(f"confirm {(time.perf_counter() - began) * 1000:.0f} ms")


def search(haven: Haven) -> None:
    """Milliseconds of an audited exact search, and of a verification of the audit chain."""
    found = _seconds(lambda: haven.subjects.search("Person 3 Cruz", by=BY), times=20)
    print(f"exact search {found * 1000:.1f} ms")
    began = time.perf_counter()
    entries = haven.audit.verify().entries
    print(f"verify the audit chain {(time.perf_counter() - began) / entries * 1e6:.0f} us an entry")


def _add(haven: Haven, content: bytes) -> None:
    case = haven.cases.create(by=BY)
    haven.files.add(case.id, content, filename="f", media_type="x/y", by=BY)


def _seconds(call: Callable[[], object], times: int = 7) -> float:
    """The median time of a call."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _record(sha256: str) -> Record:
    size = WORDS_A_PAGE * 5
    text = "word " * (WORDS_A_PAGE * PAGES)
    entities = [_entity(number) for number in range(PERSONS)]
    return Record(
        source=Source(filename="f", media_type="x/y", sha256=sha256, bytes=1),
        model=ModelVersion(name="benchmark", version="1"),
        pages=[
            Page(
                start=n * size,
                end=(n + 1) * size,
                number=n + 1,
                text_source=TextSource.DIGITAL,
                width=612,
                height=792,
            )
            for n in range(PAGES)
        ],
        text=text,
        entities=entities,
        alleged_traffickers=[
            AllegedTrafficker(
                entity=e.id, name=e.name, aliases=e.aliases, roles=[RoleName.RECRUITER], score=0.9
            )
            for e in entities
        ],
    )


def _entity(number: int) -> Entity:
    mentions = [
        Mention(
            start=(at * PERSONS + number) * 50,
            end=(at * PERSONS + number) * 50 + 10,
            kind=MentionKind.NAM,
            score=0.9,
            page=1,
            boxes=[(72.0, 72.0, 90.0, 84.0)],
        )
        for at in range(MENTIONS)
    ]
    return Entity(
        id=f"E{number}",
        type=EntityType.PERSON,
        name=f"Person {number} Cruz",
        aliases=[f"Alias {number}"],
        mentions=mentions,
        roles=[Role(role=RoleName.RECRUITER, score=0.9)],
    )


if __name__ == "__main__":
    main()
