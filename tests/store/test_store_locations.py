import datetime as dt
import re
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleutelworkshop.store import locations
from sleutelworkshop.store.locations import file_names, sessions_folder, settings_file, slug


@given(st.text(max_size=80))
def test_a_slug_is_always_a_part_of_a_file_name(text: str) -> None:
    made = slug(text)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= locations.SLUG_LENGTH
    assert slug(made) == made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Basisschool De Eik", "basisschool-de-eik"),
        ("  Collège ’t Zuid / Ω!", "college-t-zuid"),
        ("../../etc/passwd", "etc-passwd"),
        ("學校", "sessie"),
        ("", "sessie"),
        ("CON", "con-sessie"),
        ("lpt1", "lpt1-sessie"),
        ("x" * 300, "x" * 40),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_names_of_files() -> None:
    names = file_names(dt.date(2026, 9, 16), "De Eik")
    assert list(islice(names, 3)) == ["2026-09-16-de-eik.json", "2026-09-16-de-eik-2.json", "2026-09-16-de-eik-3.json"]


def test_the_sessions_folder_in_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SLEUTELWORKSHOP_SESSIONS", raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_a, **_n: tmp_path / "data")
    assert sessions_folder() == tmp_path / "data" / "sessions"
    (tmp_path / "sessions").mkdir()
    assert sessions_folder() == tmp_path / "sessions"
    monkeypatch.setenv("SLEUTELWORKSHOP_SESSIONS", str(tmp_path / "named"))
    assert sessions_folder() == tmp_path / "named"
    assert sessions_folder(Path("typed")) == tmp_path / "typed"


def test_settings_are_a_person_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLEUTELWORKSHOP_SETTINGS", str(tmp_path / "s.json"))
    assert settings_file() == tmp_path / "s.json"
    monkeypatch.setenv("SLEUTELWORKSHOP_SETTINGS", "")
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_a, **_n: tmp_path / "config")
    assert settings_file() == tmp_path / "config" / "settings.json"
