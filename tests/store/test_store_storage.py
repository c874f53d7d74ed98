import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB
from tinydb.table import Document

from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import DamagedError, StoreError
from sleutelworkshop.store.storage import AtomicStorage


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "base.json"


@pytest.fixture
def storage(path: Path) -> AtomicStorage:
    return AtomicStorage(path)


@pytest.fixture
def database(storage: AtomicStorage) -> TinyDB:
    return TinyDB(storage=lambda: storage)


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where every write of a file went."""
    made: list[Path] = []
    write = atomic.write

    def counted(path: Path, data: bytes, **options: Any) -> None:
        made.append(path)
        write(path, data, **options)

    monkeypatch.setattr(atomic, "write", counted)
    return made


def test_it_is_a_storage_as_tinydb_knows_them(path: Path, database: TinyDB) -> None:
    assert database.tables() == set()
    database.insert({"a": 1})
    database.table("words").insert_multiple([{"w": "één"}, {"w": "twee"}])
    database.table("words").remove(doc_ids=[1])
    again = TinyDB(path, storage=lambda path: AtomicStorage(path))
    assert again.all() == [{"a": 1}]
    assert again.table("words").all() == [{"w": "twee"}]
    again.drop_tables()
    assert json.loads(path.read_text()) == {}


def test_the_file_is_json_that_a_person_can_read(path: Path, database: TinyDB) -> None:
    database.table("woorden").insert({"woord": "één “ding”"})
    assert json.loads(path.read_text("utf-8")) == {"woorden": {"1": {"woord": "één “ding”"}}}
    assert '\n  "woord": "één “ding”"\n' in path.read_text("utf-8")


def test_a_batch_is_one_write(path: Path, storage: AtomicStorage, database: TinyDB, writes: list[Path]) -> None:
    with storage.batch():
        for number in range(5):
            database.table("t").upsert(Document({"n": number}, doc_id=number))
        assert not path.exists()
        assert len(database.table("t")) == 5
    assert writes == [path]
    with storage.batch():
        pass
    assert writes == [path]


def test_what_is_changed_again_is_written_again(path: Path, storage: AtomicStorage, database: TinyDB) -> None:
    for number in range(3):
        with storage.batch():
            database.table("one").upsert(Document({"n": number, "in": {"deep": [number]}}, doc_id=1))
        assert json.loads(path.read_text())["one"]["1"] == {"n": number, "in": {"deep": [number]}}
        database.table("two").update({"n": number})
        database.table("two").insert({"n": 0})
        assert json.loads(path.read_text()) == storage.read()


def test_a_batch_that_fails_leaves_the_file_and_forgets_the_memory(
    path: Path, storage: AtomicStorage, database: TinyDB
) -> None:
    database.insert({"a": 1})
    before = path.read_bytes()

    def fails_half_way() -> None:
        with storage.batch():
            database.update({"a": 2}, doc_ids=[1])
            database.insert(Document({"a": 3}, doc_id=1))

    with pytest.raises(ValueError, match="already exists"):
        fails_half_way()
    assert path.read_bytes() == before
    assert database.all() == [{"a": 1}]


def test_a_disk_that_fails_leaves_the_file_and_forgets_the_memory(
    path: Path, database: TinyDB, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.insert({"a": 1})

    def refuse(*_arguments: object, **_named: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "write", refuse)
        with pytest.raises(OSError, match="No space"):
            database.insert({"a": 2})
    assert database.all() == [{"a": 1}]
    database.insert({"a": 3})
    assert json.loads(path.read_text())["_default"] == {"1": {"a": 1}, "3": {"a": 3}}


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "leeg"),
        (b"\0" * 4096, "leeg"),
        (b'{"a": {"1": {"b": ', "afgebroken"),
        (b"[1, 2]", "niet in een sessie hoort"),
        (b'{"a": 1}', "niet in een sessie hoort"),
        (b'{"a": {"1": {"b": ' + b"[" * 200_000, "afgebroken"),
        (b'{"a": {"1": {"b": ' + b"9" * 10_000 + b"}}}", "niet in een sessie hoort"),
        (b'{"a": {"1": {"b": "\xff"}}}', "iets anders dan tekst"),
        (b"\x89PNG\r\n\x1a\n\xff", "iets anders dan tekst"),
    ],
    ids=range(9),
)
def test_a_file_that_cannot_be_read_is_never_written(path: Path, database: TinyDB, raw: bytes, reason: str) -> None:
    path.write_bytes(raw)
    with pytest.raises(DamagedError, match=reason):
        database.all()
    with pytest.raises(DamagedError, match=reason):
        database.insert({"a": 1})
    with pytest.raises(DamagedError, match=reason):
        database.drop_tables()
    assert path.read_bytes() == raw


def test_opening_sweeps_what_a_killed_program_left(path: Path) -> None:
    left = path.with_name(".base.json.tmp")
    left.write_bytes(b"half")
    AtomicStorage(path)
    assert not left.exists()


def test_a_folder_that_is_suddenly_on_another_disk_is_not_written_to(path: Path, storage: AtomicStorage) -> None:
    storage.write({"a": {"1": {"n": 1}}})
    before = path.read_bytes()
    storage._disk += 1  # as when the stick went and the folder in which it was mounted stayed
    with pytest.raises(OSError, match="No such device") as refused:
        storage.write({"a": {"1": {"n": 2}}})
    assert refused.value.errno == errno.ENODEV
    assert path.read_bytes() == before
    storage._disk -= 1
    storage.write({"a": {"1": {"n": 2}}})
    assert storage.read() == {"a": {"1": {"n": 2}}}


def test_what_could_not_be_opened_again_is_not_saved(
    path: Path, storage: AtomicStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.write({"a": {"1": {"n": 1}}})
    before = path.read_bytes()
    monkeypatch.setattr("sleutelworkshop.store.tables.SIZE_LIMIT", 100)
    with pytest.raises(StoreError, match="te groot"):
        storage.write({"a": {"1": {"n": "x" * 100}}})
    assert path.read_bytes() == before
