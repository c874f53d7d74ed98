from pathlib import Path

import pytest

from sleutelworkshop.store import settings
from sleutelworkshop.store.errors import DiskError
from sleutelworkshop.store.settings import Settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "own" / "settings.json"
    monkeypatch.setenv("SLEUTELWORKSHOP_SETTINGS", str(path))
    return path


def test_settings_are_remembered(file: Path) -> None:
    assert settings.load() == Settings()
    settings.save(Settings(theme="sleutel-licht", notes=False))
    assert settings.load() == Settings(theme="sleutel-licht", notes=False)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"theme": 1}', b"\xff", b"[" * 100_000], ids=range(6))
def test_settings_that_cannot_be_read_are_as_in_the_beginning(file: Path, raw: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(raw)
    assert settings.load() == Settings()


def test_settings_that_cannot_be_kept_are_told(file: Path) -> None:
    file.parent.write_text("a file in place of the folder")
    with pytest.raises(DiskError):
        settings.save(Settings())
    assert settings.load() == Settings()
