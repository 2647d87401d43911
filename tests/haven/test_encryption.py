"""What identifies somebody is ciphertext: on disk, in every table, from the first row on."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import LargeBinary, text

from extractor.errors import KeyUnavailableError
from extractor.record import RoleName
from haven import Haven, Settings, open_haven
from haven.encryption import KeyRing, Place, Term, TermKind, add_master_key, normalise
from haven.encryption.blind import blind
from haven.encryption.envelope import new_key, seal, unseal
from haven.review import Add, Correct, Reject
from haven.tables import Base
from haven.views import JobKind
from tests.databases import raw
from tests.haven import records
from tests.haven.casework import REVIEWER, open_case
from tests.haven.records import AGENCY, BABY, RAMON
from tests.haven.test_review import passage

HERE = Place("subject", "a" * 32, "name")

SECRETS = (
    "Ramon", "Dela Cruz", "Tita Baby", "Analyn", "Reyes", "Barbara Lim", "Boy Negro", "Joy Santos",
    "Whitfield", "Fresno Police", "555-0142", "5550142", "900-00001", "90000001", "19-00142",
    "passport", "recruited me", "cousin of", "statement.pdf", records.SHA256, "/cases/secret",
)  # fmt: skip


def fill(haven: Haven) -> None:
    """Something in every column that could tell."""
    work = open_case(haven, records.record([RAMON, BABY, AGENCY]))
    work.decide(Correct(finding=work.named("Tita Baby").key, name="Barbara Lim"))
    work.decide(Reject(finding=work.named("Barbara Lim").key, note="cousin of the officer"))
    work.decide(Add(name="Boy Negro", spans=(passage("Boy Negro"),), roles=(RoleName.BUYER,)))
    work.accept_all()
    work.confirm()
    haven.cases.add_note(work.case_id, "Ramon Dela Cruz is a cousin of the officer.", by=REVIEWER)
    haven.jobs.start(JobKind.BACKFILL, by="s", batch_id="b", source_path="/cases/secret/Reyes.pdf")
    haven.subjects.search("Ramon Dela Cruz", by=REVIEWER)


def test_no_plaintext_on_disk(stores_folder_settings: Settings) -> None:
    with open_haven(stores_folder_settings) as haven:
        fill(haven)
        files = [p for p in stores_folder_settings.home.iterdir() if p.name != "key"]
        assert any(p.name.endswith("-wal") and p.stat().st_size for p in files)
        raw = {p.name: p.read_bytes() for p in files}
    raw |= {p.name: p.read_bytes() for p in files if p.exists()}
    for name, content in raw.items():
        for secret in SECRETS:
            for form in (secret, secret.lower(), secret.upper()):
                for encoding in ("utf-8", "utf-16-le"):
                    assert form.encode(encoding) not in content, (name, secret)


@pytest.fixture
def stores_folder_settings(stores: object, tmp_path: Path) -> Settings:
    from haven import migrate

    settings = Settings.from_environment({"DECLARANT_HOME": str(tmp_path / "home")})
    migrate(settings)
    return settings


def test_no_plaintext_in_any_column(haven: Haven, settings: Settings) -> None:
    fill(haven)
    with raw(settings) as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(table.select()).all()
            assert rows or table.name in {"user_account", "user_session", "sign_in_link"}
            dumped = repr([tuple(row) for row in rows])
            assert not [secret for secret in SECRETS if secret in dumped], table.name


def test_settings_never_show_their_secrets() -> None:
    settings = Settings.from_environment(
        {"DECLARANT_KEY": "k:secret", "DECLARANT_DATABASE_URL": "postgresql://u:secret@h/d"}
    )
    assert "secret" not in repr(settings)


# --- Wrong keys and tampered values. ---


def test_wrong_key_refuses_to_start(settings: Settings) -> None:
    other = base64.b64encode(os.urandom(32)).decode()
    name = settings.key_file.read_text().partition(":")[0]
    for lines in (f"{name}:{other}\n", f"other:{other}\n", "", "junk", "a:short", "a:!!!"):
        settings.key_file.write_text(lines)
        with pytest.raises(KeyUnavailableError):
            open_haven(settings)
    settings.key_file.unlink()
    with pytest.raises(KeyUnavailableError):
        open_haven(settings)


def test_key_from_the_environment(settings: Settings) -> None:
    environment = {
        "DECLARANT_HOME": str(settings.home),
        "DECLARANT_DATABASE_URL": settings.database_url,
        "DECLARANT_KEY": settings.key_file.read_text().strip(),
        "DECLARANT_KEY_FILE": "/nowhere",
    }
    with open_haven(Settings.from_environment(environment)) as haven:
        haven.cases.create(by="u")
    with pytest.raises(KeyUnavailableError):
        add_master_key(Settings.from_environment(environment))


_SEALED = [
    (table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, LargeBinary)
    and (table.name, column.name)
    in {
        ("case_file", "petitioner"),
        ("document", "filename"),
        ("document_content", "content"),
        ("extraction", "record"),
        ("finding", "content"),
        ("page", "words"),
        ("subject", "name"),
        ("confirmation", "export"),
        ("case_note", "text"),
    }
]


@pytest.mark.parametrize(("table", "column"), _SEALED)
def test_tampered_values_do_not_open(
    haven: Haven, settings: Settings, table: str, column: str
) -> None:
    fill(haven)
    _flip_a_bit(settings, table, column)
    with pytest.raises(KeyUnavailableError):
        _read_everything(haven)


def test_value_moved_to_another_row_does_not_open(haven: Haven, settings: Settings) -> None:
    first = haven.cases.create(petitioner="Analyn Reyes", by="u")
    second = haven.cases.create(petitioner="Joy Santos", by="u")
    with raw(settings) as connection:
        connection.execute(
            text(
                "UPDATE case_file SET petitioner = "
                "(SELECT petitioner FROM case_file WHERE id = :a) WHERE id = :b"
            ),
            {"a": first.id, "b": second.id},
        )
    with pytest.raises(KeyUnavailableError):
        haven.cases.get(second.id, by="u")


def test_missing_part_of_a_file_does_not_open(haven: Haven, settings: Settings) -> None:
    case = haven.cases.create(by="u")
    content = os.urandom(9 * 1024 * 1024)
    document = haven.files.add(case.id, content, filename="f", media_type="x/y", by="u")
    with raw(settings) as connection:
        connection.execute(text("DELETE FROM document_content WHERE number = 2"))
        connection.execute(text("UPDATE document SET chunks = 2"))
    with pytest.raises(KeyUnavailableError):
        haven.files.content(document.id, by="u")


def test_rotation_rewraps_and_the_old_key_can_go(settings: Settings) -> None:
    with open_haven(settings) as haven:
        work = open_case(haven)
        assert haven.rewrap(by="s") == 0
    new = add_master_key(settings)
    with open_haven(settings) as haven:
        assert haven.rewrap(by="s") == 3  # the store's, the case's, the document's
    lines = settings.key_file.read_text().splitlines()
    settings.key_file.write_text(next(line for line in lines if line.startswith(new)) + "\n")
    with open_haven(settings) as haven:
        assert haven.files.content(work.document_id, by="u") == records.CONTENT
        assert haven.audit.verify().ok
        assert len(haven.cases.search("Analyn Reyes", by="u")) == 1


def test_key_file_is_private_and_never_made_for_a_server(tmp_path: Path) -> None:
    from haven import migrate

    settings = Settings.from_environment({"DECLARANT_HOME": str(tmp_path / "h")})
    migrate(settings)
    assert settings.key_file.stat().st_mode & 0o777 == 0o600
    server = Settings.from_environment(
        {"DECLARANT_HOME": str(tmp_path / "s"), "DECLARANT_DATABASE_URL": "postgresql+psycopg:///x"}
    )
    with pytest.raises(KeyUnavailableError):
        migrate(server)


# --- The envelope and the blind index by themselves. ---


@given(st.binary(max_size=2000), st.booleans())
def test_sealed_values_open_again(value: bytes, pack: bool) -> None:
    key = new_key()
    assert unseal(key, seal(key, value, HERE, pack=pack), HERE) == value


@given(st.binary(min_size=1, max_size=100), st.data())
def test_any_change_is_noticed(value: bytes, data: st.DataObject) -> None:
    key = new_key()
    sealed = bytearray(seal(key, value, HERE))
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << (at % 8)
    with pytest.raises(KeyUnavailableError):
        unseal(key, bytes(sealed), HERE)
    with pytest.raises(KeyUnavailableError):
        unseal(key, bytes(sealed[: at // 8]), HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("case_file", HERE.row, HERE.column),
        Place(HERE.table, "b" * 32, HERE.column),
        Place(HERE.table, HERE.row, "aliases"),
        Place(HERE.table, HERE.row, HERE.column, 1, 2),
    ],
)
def test_sealed_for_one_place_only(elsewhere: Place) -> None:
    key = new_key()
    with pytest.raises(KeyUnavailableError):
        unseal(key, seal(key, b"Ramon", HERE), elsewhere)


def test_wrapped_key_is_bound_to_its_owner() -> None:
    ring = KeyRing({"a": new_key()})
    wrapped = ring.wrap(new_key(), "case")
    with pytest.raises(KeyUnavailableError):
        ring.unwrap("a", wrapped, "another")


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@given(NAMES)
def test_normalising_twice_changes_nothing(name: str) -> None:
    once = normalise(TermKind.NAME, name)
    assert normalise(TermKind.NAME, once) == once


@given(st.text("aeiouñç bcdR'-.", min_size=1, max_size=20), st.sampled_from(["\u0301", "\u0308"]))
def test_case_accents_and_spaces_do_not_matter(name: str, mark: str) -> None:
    import unicodedata

    same = {normalise(TermKind.NAME, name)}
    accented = "".join(c + mark if c in "aeiou" else c for c in name)
    for other in (
        name.upper(),
        name.title(),
        f"  {name.replace(' ', '   ')} ",
        accented,
        unicodedata.normalize("NFC", accented),
    ):
        same.add(normalise(TermKind.NAME, other))
    assert len(same) == 1


@pytest.mark.parametrize(
    ("kind", "first", "second", "equal"),
    [
        ("NAME", "José Núñez", "JOSE NUNEZ", True),
        ("NAME", "Đặng Thị Hoa", "dang thi hoa", True),
        ("NAME", "Dela-Cruz, Ramon", "dela cruz ramon", True),
        ("NAME", "Ramon Cruz", "Cruz Ramon", False),
        ("NAME", "Ramon", "Ramona", False),
        ("PHONE", "(213) 555-0142", "+1 213.555.0142", True),
        ("PHONE", "(213) 555-0142", "(213) 555-0143", False),
        ("A_NUMBER", "A12345678", "A-012-345-678", True),
        ("SSN", "987-65-4321", "987654321", True),
        ("RECEIPT_NUMBER", "EAC-15-900-00001", "eac1590000001", True),
        ("PLATE", "abc 123", "ABC-123", True),
        ("EMAIL", "Jun@Example.org", "jun@example.org", True),
    ],
)
def test_blind_index_table(kind: str, first: str, second: str, equal: bool) -> None:
    key = new_key()
    entries = [blind(key, Term(kind, value)) for value in (first, second)]
    assert (entries[0] == entries[1]) is equal


def test_blind_index_keeps_kinds_and_stores_apart() -> None:
    key = new_key()
    digits = "2135550142"
    assert blind(key, Term("PHONE", digits)) != blind(key, Term("CASE_NUMBER", digits))
    assert blind(key, Term("PHONE", digits)) != blind(new_key(), Term("PHONE", digits))


def _flip_a_bit(settings: Settings, table: str, column: str) -> None:
    keys = [c.name for c in Base.metadata.tables[table].primary_key.columns]
    with raw(settings) as connection:
        row = connection.execute(text(f"SELECT {', '.join(keys)}, {column} FROM {table}")).first()
        assert row is not None
        changed = bytearray(row[-1])
        changed[-1] ^= 1
        where = " AND ".join(f"{key} = :{key}" for key in keys)
        values = dict(zip(keys, row[:-1], strict=True)) | {"changed": bytes(changed)}
        connection.execute(text(f"UPDATE {table} SET {column} = :changed WHERE {where}"), values)


def _read_everything(haven: Haven) -> None:
    (case,) = haven.cases.browse(by="u")
    case_id = case.id
    haven.cases.notes(case_id, by="u")
    for document in haven.files.of_case(case_id, by="u"):
        haven.files.content(document.id, by="u")
        extraction = haven.extractions.latest(document.id, by="u")
        haven.extractions.record(extraction.id, by="u")
        haven.extractions.page(extraction.id, 1, by="u")
    haven.review.state(case_id, by="u")
    haven.subjects.of_case(case_id, by="u")
    haven.review.export(case_id, by="u")
