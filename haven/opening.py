"""Opening the store, which refuses to start where it could not keep its promises."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from haven.audit import Audit
from haven.cases import Cases
from haven.encryption import Vault, key_service
from haven.engine import make_engine, transaction
from haven.extractions import Extractions
from haven.files import Files
from haven.jobs import Jobs
from haven.migrating import check_migrated
from haven.people import People
from haven.plain import sweep
from haven.review import Review
from haven.settings import Settings
from haven.store import Store
from haven.subjects import Subjects
from haven.trail import Action

__all__ = ["Haven", "open_haven"]


class Haven:
    """The store, split by purpose so that calls read as sentences.

    >>> haven = open_haven(settings)                                    # doctest: +SKIP
    >>> case = haven.cases.create(receipt_number="EAC1590000001", by=user.id)  # doctest: +SKIP
    >>> document = haven.files.add(case.id, content, filename=name,     # doctest: +SKIP
    ...                            media_type="application/pdf", by=user.id)
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.cases = Cases(store)
        self.files = Files(store)
        self.extractions = Extractions(store)
        self.review = Review(store)
        self.subjects = Subjects(store)
        self.audit = Audit(store)
        self.people = People(store)
        self.jobs = Jobs(store)

    def rewrap(self, *, by: str) -> int:
        """Wrap every data key with the current master key; content is not touched."""
        with self._store.act(Action.KEYS_REWRAPPED, by) as act:
            count = self._store.vault.rewrap(act.session)
            act.facts["keys"] = count
        return count

    def close(self) -> None:
        """Let go of every connection."""
        self._store.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_haven(settings: Settings) -> Haven:
    """The store; KeyUnavailableError or MigrationNeededError where it must not start."""
    sweep()
    vault = Vault(key_service(settings))
    engine = make_engine(settings)
    try:
        check_migrated(engine)
        with transaction(engine, reading=True) as session:
            vault.start(session)
    except BaseException:
        engine.dispose()
        raise
    return Haven(Store(engine, vault))
