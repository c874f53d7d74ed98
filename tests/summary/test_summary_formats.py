import datetime as dt
import json
import re
import subprocess
import sys
from pathlib import PurePath
from typing import Final

import pytest

from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import ListValue, TextValue, Value
from sleutelworkshop.session.wording import lines_of
from sleutelworkshop.summary import FORMATS, file_suffix, format_of, render

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()


def folded(text: str) -> str:
    """Return a text without white space and the marks of the layout, so that folding does not matter."""
    return re.sub(r"[\s┃│>\\]", "", text)


def words(value: Value) -> list[str]:
    match value:
        case TextValue(text):
            return text.split("\n")
        case ListValue(items):
            return [item.text for item in items]
        case _:
            return []


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_answer_and_agreement_is_in_every_format(format_name: str, done: Session) -> None:
    said = render(done, format_name, now=NOW)
    if format_name == "json":
        said = json.dumps(json.loads(said), ensure_ascii=False).replace("\\n", "\n")
    flat = folded(said)
    wanted = [line for agreement in done.agreements.values() for line in agreement.text.split("\n")]
    wanted += [text for objection in done.objections for text in (objection.what, objection.outcome, objection.text)]
    wanted += [text for action in done.actions for text in (action.who, action.what)]
    wanted += [line for by_team in done.answers.values() for each in by_team.values() for line in words(each.value)]
    for question in done.script.questions():
        for each in done.answers[question.id].values():
            wanted += [re.split("[:(]", line)[0] for line in lines_of(question, each.value)]
    missing = [text for text in wanted if folded(text) not in flat]
    assert not missing


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", ["empty", "half", "done"])
def test_every_session_prints_in_every_format(format_name: str, name: str, request: pytest.FixtureRequest) -> None:
    said = render(request.getfixturevalue(name), format_name, now=NOW)
    assert said.endswith("\n")
    assert "Voorbeeldschool" in said
    assert "A. Schrijver" in said


def test_the_end_of_a_name_tells_the_format() -> None:
    assert [format_of(f"x{file_suffix(name)}") for name in FORMATS] == list(FORMATS)
    assert format_of(PurePath("map.md/Ons ARRANGEMENT.TXT")) == "text"
    assert [format_of(name) for name in ("x", "x.doc", ".md", "")] == [None, None, None, None]


def test_an_unknown_format_is_a_key_error(empty: Session) -> None:
    with pytest.raises(KeyError):
        render(empty, "wordperfect", now=NOW)


@pytest.mark.parametrize("kept_out", ["textual", "rich", "dateparser", "sleutelworkshop.summary.text"])
def test_importing_the_summary_is_cheap(kept_out: str) -> None:
    code = f"import sys, sleutelworkshop.summary; sys.exit({kept_out!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_rendering_text_does_not_import_textual() -> None:
    code = "import sys, sleutelworkshop.summary.text; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
