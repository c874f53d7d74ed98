"""The bin: a session goes in with its earlier versions, and comes out with them or is gone."""

import datetime as dt
import errno
import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from lived_in import MINUTE
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.moving import go_on
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store import versions
from sleutelworkshop.store.bin import bin_of
from sleutelworkshop.store.errors import DiskError, InUseError, NotFoundError, StoreError
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.store.versions import folder_of, keep, put_back, versions_of


@pytest.fixture
def folder(tmp_path: Path) -> SessionsFolder:
    return SessionsFolder(tmp_path / "sessies")


@pytest.fixture
def path(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> Path:
    """A session with two earlier versions."""
    return made(folder, begun, noon)


def made(folder: SessionsFolder, session: Session, now: dt.datetime) -> Path:
    path = folder.create(session, now)
    file = SessionFile.open(path)
    file.save(go_on(session, now), now)
    file.save(answer(file.session, "t1", "waarom", TextValue("later"), now), now + MINUTE)
    file.close()
    assert len(versions_of(path)) == 2
    return path


def holds(path: Path) -> list[bytes]:
    """What a session and its versions say."""
    return [path.read_bytes(), *(each.path.read_bytes() for each in versions_of(path))]


def everything_in(folder: SessionsFolder) -> set[str]:
    """The name of every file and folder in the sessions folder."""
    return {str(each.relative_to(folder.path)) for each in folder.path.rglob("*")}


def test_a_session_goes_with_its_versions_and_comes_back_with_them(folder: SessionsFolder, path: Path) -> None:
    before = holds(path)
    lies = folder.remove(path)
    assert lies.parent == bin_of(folder.path)
    assert holds(lies) == before
    assert versions_of(path) == ()
    assert (folder.entries(), [entry.path for entry in folder.removed()]) == ((), [lies])
    back = folder.put_back(lies)
    assert back == path
    assert holds(back) == before
    assert folder.removed() == ()
    file = SessionFile.open(back)
    assert file.session == read(back)
    file.close()


def test_only_the_session_and_its_versions_are_left_behind(folder: SessionsFolder, path: Path) -> None:
    stem = path.stem
    folder.put_back(folder.remove(path))
    names = {path.name, ".prullenbak", ".prullenbak/.versies", ".versies", f".versies/{stem}"}
    names |= {f".versies/{stem}/{each.path.name}" for each in versions_of(path)}
    assert everything_in(folder) == names


def test_a_session_without_versions_comes_back_too(folder: SessionsFolder, begun: Session, noon: dt.datetime) -> None:
    path = folder.create(begun, noon)
    assert read(folder.put_back(folder.remove(path))) == begun
    assert versions_of(path) == ()


def test_a_name_that_is_taken_is_not_given_twice(
    folder: SessionsFolder, path: Path, begun: Session, noon: dt.datetime
) -> None:
    before = holds(path)
    lies = folder.remove(path)
    other = made(folder, replace(begun, facilitator="Iemand anders"), noon)
    assert other == path
    others = holds(other)
    back = folder.put_back(lies)
    assert back.name == f"{path.stem}-2.json"
    assert (holds(back), holds(other)) == (before, others)
    # And in the bin it is the same.
    first, second = folder.remove(other), folder.remove(folder.put_back(folder.remove(back)))
    assert first.name != second.name
    assert (holds(first), holds(second)) == (others, before)


def test_a_name_is_taken_by_a_session_without_versions_too(
    folder: SessionsFolder, begun: Session, noon: dt.datetime
) -> None:
    lies = folder.remove(folder.create(begun, noon))
    other = folder.create(replace(begun, facilitator="Iemand anders"), noon)
    back = folder.put_back(lies)
    assert (read(back).facilitator, read(other).facilitator) == (begun.facilitator, "Iemand anders")
    assert folder.remove(back).name != folder.remove(other).name
    assert len(folder.removed()) == 2


def test_two_of_one_name_in_the_bin_keep_to_their_own_versions(
    folder: SessionsFolder, begun: Session, noon: dt.datetime
) -> None:
    lies, said = [], []
    for number in range(3):
        path = made(folder, replace(begun, facilitator=f"Begeleider {number}"), noon)
        said.append(holds(path))
        lies.append(folder.remove(path))
    assert len(set(lies)) == 3
    assert [holds(each) for each in lies] == said


def test_an_emptied_bin_leaves_nothing(folder: SessionsFolder, path: Path, begun: Session, noon: dt.datetime) -> None:
    folder.remove(path)
    kept = made(folder, begun, noon)
    before = holds(kept)
    folder.remove(made(folder, begun, noon))
    folder.empty_bin()
    assert not bin_of(folder.path).exists()
    assert folder.removed() == ()
    assert holds(kept) == before
    folder.empty_bin()


def test_a_new_session_inherits_no_versions(
    folder: SessionsFolder, path: Path, begun: Session, noon: dt.datetime
) -> None:
    path.unlink()  # by hand, in a file manager: the versions stay
    assert len(versions_of(path)) == 2
    new = folder.create(begun, noon)
    assert new != path
    assert versions_of(new) == ()
    assert len(versions_of(path)) == 2
    # Nor does one that is moved in.
    assert versions_of(folder.put_back(folder.remove(new))) == ()


def test_an_open_session_stays_with_its_versions(folder: SessionsFolder, path: Path) -> None:
    file = SessionFile.open(path)
    before = holds(path)
    with pytest.raises(InUseError):
        folder.remove(path)
    assert holds(path) == before
    assert folder.removed() == ()
    file.close()


def test_what_cannot_be_moved_keeps_its_versions(
    folder: SessionsFolder, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = holds(path)
    rename = Path.rename

    def refuse(which: Path, to: Path) -> Path:
        if which == path:  # as a virus scanner does on Windows
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(which, to)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refuse)
        with pytest.raises(DiskError, match="mag niet"):
            folder.remove(path)
    assert holds(path) == before
    assert folder.removed() == ()
    lies = folder.remove(path)
    assert lies.name == path.name
    assert holds(lies) == before


def test_versions_that_cannot_be_moved_keep_their_session(
    folder: SessionsFolder, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = holds(path)
    rename = Path.rename

    def refuse(which: Path, to: Path) -> Path:
        if which == folder_of(path):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(which, to)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refuse)
        with pytest.raises(DiskError, match="werkt niet goed"):
            folder.remove(path)
    assert holds(path) == before


def test_what_is_no_longer_in_the_bin(folder: SessionsFolder, path: Path) -> None:
    lies = folder.remove(path)
    folder.empty_bin()
    with pytest.raises(NotFoundError):
        folder.put_back(lies)
    assert not bin_of(folder.path).exists()


# A session of which only versions are left.


def test_a_lost_session_is_found_by_its_versions(
    folder: SessionsFolder, path: Path, begun: Session, noon: dt.datetime
) -> None:
    assert folder.lost(path.stem) is None
    path.unlink()
    assert folder.lost(path.stem) == folder.lost(path.name) == path
    newest, *_older = versions_of(path)
    put_back(path, newest.path, noon)
    assert read(path) == answer(go_on(begun, noon), "t1", "waarom", TextValue("later"), noon)
    assert folder.lost(path.stem) is None


@pytest.mark.parametrize("wanted", ["", ".", "..", "/", "ander", "../sessies/ander", ".versies", "a/b", "a\x1b[2J"])
def test_what_was_never_there_is_not_lost(folder: SessionsFolder, path: Path, noon: dt.datetime, wanted: str) -> None:
    path.unlink()
    elsewhere = folder.path.parent / "elders.json"
    keep(elsewhere, b"x", noon, versions.Reason.STEP)
    assert folder.lost(wanted) is None
    assert folder.lost("../elders") is None
    assert folder.lost(str(elsewhere)) is None


def test_a_name_that_no_file_can_have_is_told(folder: SessionsFolder, path: Path) -> None:
    with pytest.raises(StoreError, match="te lang"):
        folder.lost("x" * 300)
