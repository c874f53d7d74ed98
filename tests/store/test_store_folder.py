import datetime as dt
import json
import os
import stat
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from msgspec.structs import replace

from sleutelworkshop.session.following_up import copy_as_follow_up
from sleutelworkshop.session.model import Session
from sleutelworkshop.store import locations
from sleutelworkshop.store.errors import DamagedError, DiskError, InUseError, NotFoundError, SeveralFoundError
from sleutelworkshop.store.folder import SessionsFolder, is_example
from sleutelworkshop.store.sessionfile import SessionFile, read


@pytest.fixture
def folder(tmp_path: Path) -> SessionsFolder:
    return SessionsFolder(tmp_path / "sessies")


def test_a_folder_that_is_not_there_is_empty(folder: SessionsFolder) -> None:
    assert folder.entries() == ()
    with pytest.raises(NotFoundError, match="Kijk met `sleutelworkshop list`"):
        folder.find("iets")
    assert not folder.path.exists()


def test_a_session_gets_a_file_of_its_own(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> None:
    made = [folder.create(begun, noon) for _ in range(3)]
    assert [path.name for path in made] == [
        "2026-11-23-basisschool-de-eik.json",
        "2026-11-23-basisschool-de-eik-2.json",
        "2026-11-23-basisschool-de-eik-3.json",
    ]
    assert all(read(path) == begun for path in made)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_sessions_are_for_their_owner_alone(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> None:
    path = folder.create(begun, noon)
    folder.remove(path)
    for each in (folder.path, folder.path / locations.BIN):
        assert stat.S_IMODE(each.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.create(begun, noon).stat().st_mode) == 0o600


def test_a_name_that_someone_is_making_is_passed_over(
    folder: SessionsFolder, begun: Session, noon: dt.datetime
) -> None:
    first = folder.create(begun, noon)
    file = SessionFile.open(first)
    first.unlink()  # still locked, as while it is being made
    assert folder.create(begun, noon).stem.endswith("-2")
    file.close()


def test_a_disk_on_which_every_name_is_in_use_is_told(
    folder: SessionsFolder, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def busy(path: Path, *_: object) -> NoReturn:
        tried.append(path)
        raise InUseError(path.name)

    monkeypatch.setattr(SessionFile, "create", busy)
    with pytest.raises(InUseError, match=r"is elke naam voor een nieuwe sessie in gebruik: kies een andere map\.$"):
        folder.create(begun, noon)
    assert 1 < len(tried) < 100


def test_many_names_that_are_taken_keep_nobody_from_a_new_one(
    folder: SessionsFolder, begun: Session, noon: dt.datetime
) -> None:
    first = folder.create(begun, noon)
    for number in range(2, 150):
        first.with_name(f"{first.stem}-{number}.json").touch()
    assert folder.create(begun, noon).stem.endswith("-150")


def test_entries_tell_what_a_list_needs(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> None:
    path = folder.create(begun, noon)
    (entry,) = folder.entries()
    assert (entry.path, entry.name, entry.fault) == (path, path.stem, "")
    assert (entry.organisation, entry.date) == ("Basisschool De Eik", dt.date(2026, 11, 23))
    assert (entry.step, entry.done, entry.total, entry.finished) == ("Waarom", 1, 8, False)
    assert entry.saved_at == noon
    assert not entry.follows_up


def test_an_entry_tells_that_a_session_follows_up_another(
    folder: SessionsFolder, begun: Session, noon: dt.datetime
) -> None:
    folder.create(copy_as_follow_up(begun, noon), noon)
    (entry,) = folder.entries()
    assert entry.follows_up
    assert (entry.fault, entry.organisation) == ("", "Basisschool De Eik")


def test_entries_are_newest_first_and_damage_is_told(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> None:
    day = dt.timedelta(days=1)
    old = folder.create(replace(begun, date=begun.date - day), noon + day)
    first = folder.create(begun, noon)
    second = folder.create(begun, noon + day)
    (folder.path / "2026-11-22-kapot.json").write_bytes(b'{"meta": {')
    (folder.path / "aantekening.txt").write_text("geen sessie")
    (folder.path / ".verborgen.json").write_text("{}")
    entries = folder.entries()
    assert [entry.path for entry in entries if not entry.fault] == [second, first, old]
    (damaged,) = (entry for entry in entries if entry.fault)
    assert damaged.name == "2026-11-22-kapot"
    assert "beschadigd" in damaged.fault


@pytest.mark.parametrize("table", [{}, {"1": {"a": 1}}, {"1": 1}, [1, 2], "x"])
def test_an_unknown_table_is_damage_to_a_list_as_it_is_to_who_opens_the_session(
    folder: SessionsFolder, begun: Session, noon: dt.datetime, table: object
) -> None:
    path = folder.create(begun, noon)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"answers/vreemd": table}))
    (entry,) = folder.entries()
    assert "er staat iets in wat niet in een sessie hoort" in entry.fault
    for look in (read, SessionFile.open):
        with pytest.raises(DamagedError, match="er staat iets in wat niet in een sessie hoort"):
            look(path)


def test_names_in_a_list_are_safe_to_show(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> None:
    path = folder.create(begun, noon)
    raw = path.read_bytes().replace(b"Basisschool De Eik", b"x[/]\\u001b[2J" + b"y" * 9000)
    path.write_bytes(raw)
    if sys.platform != "win32":
        path = path.rename(path.with_name("a\x1b[2J.json"))
    (entry,) = folder.entries()
    assert entry.organisation.startswith("x[/][2Jyyy")
    assert (entry.organisation + entry.name).isprintable()
    assert len(entry.organisation) <= 200
    assert entry.path == path


def test_finding_by_name_beginning_and_path(
    folder: SessionsFolder, begun: Session, noon: dt.datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    eik, eik2 = folder.create(begun, noon), folder.create(begun, noon)
    linde = folder.create(replace(begun, organisation="De Linde"), noon)
    assert folder.find("2026-11-23-basisschool-de-eik") == eik
    assert folder.find("2026-11-23-basisschool-de-eik.json") == eik
    assert folder.find("2026-11-23-basisschool-de-eik-") == eik2
    assert folder.find("2026-11-23-d") == linde
    assert folder.find(str(linde)) == linde
    elsewhere = linde.rename(tmp_path / "stick.json")
    monkeypatch.chdir(tmp_path)
    assert folder.find("stick.json") == elsewhere
    assert folder.find("./stick.json") == elsewhere


@pytest.mark.parametrize("wanted", ["", "eik", "2027", "x" * 200, "/nergens/x.json", "a\x1b[2J"])
def test_what_is_not_found_is_told(folder: SessionsFolder, begun: Session, noon: dt.datetime, wanted: str) -> None:
    folder.create(begun, noon)
    with pytest.raises(NotFoundError, match="Er is geen sessie die “") as caught:
        folder.find(wanted)
    assert str(caught.value).isprintable()


def test_a_beginning_that_fits_more_names_them(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> None:
    for _ in range(8):
        folder.create(begun, noon)
    with pytest.raises(SeveralFoundError) as caught:
        folder.find("2026")
    assert "2026-11-23-basisschool-de-eik-2" in str(caught.value)
    assert "en nog 2" in str(caught.value)


def test_a_copy_has_a_name_of_its_own(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> None:
    path = folder.create(begun, noon)
    copy = folder.copy_file(path, noon)
    assert copy != path
    assert read(copy) == begun


def test_the_example_opens_as_a_copy(folder: SessionsFolder, noon: dt.datetime) -> None:
    example = locations.example_path()
    before = example.read_bytes()
    copy = folder.open_example(noon)
    assert read(copy) == read(example)
    assert is_example(example)
    assert not is_example(copy)
    assert folder.open_example(noon) != copy
    assert example.read_bytes() == before


def test_removing_puts_in_the_bin(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> None:
    lies = []
    for _ in range(2):
        path = folder.create(begun, noon)
        lies.append(folder.remove(path))
    assert [place.name for place in lies] == [path.name, f"{path.stem}-2.json"]
    assert all(read(place) == begun for place in lies)
    assert folder.entries() == ()
    assert [each.name for each in folder.path.iterdir()] == [locations.BIN]
    with pytest.raises(NotFoundError):
        folder.remove(path)


def test_a_damaged_session_can_be_removed(folder: SessionsFolder) -> None:
    folder.path.mkdir()
    (folder.path / "kapot.json").write_bytes(b"kapot")
    assert folder.remove(folder.path / "kapot.json").read_bytes() == b"kapot"


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_an_open_session_stays_under_another_name_too(
    folder: SessionsFolder, begun: Session, noon: dt.datetime, tmp_path: Path
) -> None:
    path = folder.create(begun, noon)
    (folder.path / "link.json").symlink_to(path)
    file = SessionFile.open(path)
    with pytest.raises(InUseError):
        folder.remove(folder.path / "link.json")
    file.close()


def test_an_open_session_stays(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> None:
    path = folder.create(begun, noon)
    file = SessionFile.open(path)
    with pytest.raises(InUseError):
        folder.remove(path)
    assert path.exists()
    file.close()


def test_a_file_in_place_of_the_folder(tmp_path: Path, begun: Session, noon: dt.datetime) -> None:
    (tmp_path / "bestand").write_text("hoi")
    folder = SessionsFolder(tmp_path / "bestand")
    with pytest.raises(DiskError, match="is geen map"):
        folder.entries()
    with pytest.raises(DiskError):
        folder.create(begun, noon)


def test_trying_out_a_folder_leaves_no_trace(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> None:
    deeper = SessionsFolder(folder.path / "nog" / "dieper")
    deeper.try_out()
    assert not folder.path.exists()
    path = folder.create(begun, noon)
    before = sorted(folder.path.iterdir())
    folder.try_out()
    assert sorted(folder.path.iterdir()) == before
    with pytest.raises(DiskError):
        SessionsFolder(path / "map").try_out()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not hold for root")
def test_a_folder_that_may_not_be_written(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> None:
    path = folder.create(begun, noon)
    folder.path.chmod(0o500)
    try:
        with pytest.raises(DiskError, match="mag niet"):
            folder.create(begun, noon)
        with pytest.raises(DiskError, match="mag niet"):
            folder.remove(path)
    finally:
        folder.path.chmod(0o700)
