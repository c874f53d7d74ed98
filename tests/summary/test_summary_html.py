"""The HTML, parsed by the rules of HTML: valid, needing nothing else, and safe whatever stands in it."""

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from reading_back import html_tree
from sleutelworkshop.session.model import Session
from sleutelworkshop.summary import export

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()
HTML: Final = "{http://www.w3.org/1999/xhtml}"
SVG: Final = "{http://www.w3.org/2000/svg}"


def tree(session: Session, logo: Path | None = None) -> ET.Element:
    return html_tree(export(session, "html", now=NOW, logo=logo))


def names(root: ET.Element) -> set[str]:
    return {re.sub("{.*}", "", each.tag) for each in root.iter() if isinstance(each.tag, str)}


@pytest.mark.parametrize("name", ["empty", "half", "done", "example", "hostiles"])
def test_it_is_valid_and_holds_only_what_we_put_in_it(name: str, request: pytest.FixtureRequest) -> None:
    root = tree(request.getfixturevalue(name))
    ours = "html head meta title style body header main footer section div p span b h1 h2 h3 h4 dl dt dd ul li del ins"
    drawn = "table caption thead tbody tr th td figure figcaption svg rect"
    assert names(root) <= {*ours.split(), *drawn.split()}
    handlers = [key for each in root.iter() for key in each.attrib if key.startswith("on") or key in ("href", "src")]
    assert not handlers


def test_it_needs_nothing_from_elsewhere(example: Session) -> None:
    made = export(example, "html", now=NOW).decode()
    assert not re.search(r"url\(|@import|<link|<script|<iframe|src=", made)
    policy = next(each for each in tree(example).iter(f"{HTML}meta") if "http-equiv" in each.attrib)
    assert policy.attrib["content"].startswith("default-src 'none'")


def test_it_says_its_language_and_title_and_fits_a_phone(example: Session) -> None:
    root = tree(example)
    assert root.attrib["lang"] == "nl"
    title = root.find(f"{HTML}head/{HTML}title")
    assert title is not None
    assert title.text == "Ons leerarrangement · Basisschool De Voorbeeldhof (verzonnen)"
    assert any(each.attrib.get("name") == "viewport" for each in root.iter(f"{HTML}meta"))
    style = root.find(f"{HTML}head/{HTML}style")
    assert style is not None
    for condition in ("prefers-color-scheme: dark", "@media print", "max-width: 38rem"):
        assert condition in (style.text or "")


def test_its_headings_skip_no_level(example: Session) -> None:
    levels = [int(each.tag[-1]) for each in tree(example).iter() if re.fullmatch(rf"{HTML}h\d", str(each.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_bar_is_drawn_in_a_row_that_says_the_same(example: Session) -> None:
    root = tree(example)
    charts = [each for each in root.iter(f"{HTML}table") if each.attrib["class"] == "bars"]
    assert charts
    for row in (row for chart in charts for row in chart.iter(f"{HTML}tr")):
        label, drawn, figure = row
        assert "".join(label.itertext())
        assert re.search(r"\d|–", "".join(figure.itertext()))
        (drawing,) = drawn.iter(f"{SVG}svg")
        assert drawing.attrib["aria-hidden"] == "true"
    titles = [each.tag for table in root.iter(f"{HTML}table") for each in table.iter(f"{HTML}thead")]
    assert titles, "a table of answers has a title above each column"


def test_a_logo_is_in_the_file_itself(done: Session, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"\x89PNG")
    (picture,) = tree(done, logo).iter(f"{HTML}img")
    assert picture.attrib["src"] == "data:image/png;base64,iVBORw=="
    assert picture.attrib["alt"] == "Voorbeeldschool"


def test_who_made_it_stands_at_the_head(done: Session) -> None:
    root = html_tree(export(done, "html", now=NOW, maker="Bureau <b>Voorbeeld</b>"))
    (head,) = root.iter(f"{HTML}header")
    assert "Bureau <b>Voorbeeld</b>" in "".join(head.itertext())
    assert not [each for each in tree(done).iter() if each.attrib.get("class") == "maker"]


def test_its_page_for_the_wall_has_a_foot_with_the_lines_to_sign(example: Session, done: Session) -> None:
    root = tree(example)
    places = [each for each in root.iter(f"{HTML}div") if each.attrib.get("class") in ("columns", "band")]
    assert [each.attrib["class"] for each in places] == ["columns", "band"]
    assert [each for each in places[1].iter(f"{HTML}ul") if each.attrib.get("class") == "signatures"]
    assert root.attrib["class"] == "dense"
    assert tree(done).attrib["class"] == "roomy"
