import datetime as dt
import json
from collections.abc import Callable
from typing import Any, Final

import msgspec

from sleutelworkshop.session.model import Session
from sleutelworkshop.summary import json_shape, render

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()


def test_json_has_its_documented_shape(done: Session) -> None:
    summary = msgspec.json.decode(render(done, "json", now=NOW), type=json_shape.Summary, strict=True)
    assert (summary.format, summary.version) == ("sleutelworkshop-summary", 1)


def test_json_holds_the_arrangement(done: Session) -> None:
    summary = json.loads(render(done, "json", now=NOW))
    arrangement = summary["arrangement"]
    assert arrangement["complete"] is True
    assert arrangement["open"] == []
    assert arrangement["evaluation"] == "2027-01-13"
    assert arrangement["actions"][0] == {
        "id": 1,
        "who": "Marieke",
        "what": "Eerste bijeenkomst plannen",
        "due": "2026-10-02",
    }
    purpose = arrangement["components"][0]
    assert purpose["agreement"]["text"] == "Kinderen en leraren kunnen zelf verder."
    assert purpose["agreement"]["sources"][1] == {
        "team": {"id": "t2", "title": "Rood"},
        "question": {"id": "waarom", "title": "Waarom willen jullie dit leren?"},
    }
    assert dt.datetime.fromisoformat(purpose["consented_at"]) == NOW
    assert purpose["objections"][0]["against"] == "Kinderen kunnen zelf verder."
    assert summary["teams"][3] == {"id": "t4", "name": "Groen", "present": False}
    assert summary["workshop"]["date"] == "2026-09-16"


def test_json_holds_every_kind_of_answer(done: Session) -> None:
    answers = json.loads(render(done, "json", now=NOW))["answers"]
    of_blue = {given["question"]["id"]: given for given in answers if given["team"]["id"] == "t1"}
    value: dict[str, Any] = {question: given["value"] for question, given in of_blue.items()}
    assert [given["kind"] for given in of_blue.values()] == ["text", "list", "points", "scale", "choice", "table"]
    assert value["waarom"] == "Zodat kinderen zelf verder kunnen.\n\nEn wij ook."
    assert value["wensen"] == [
        {"text": "Rust", "label": {"id": "klas", "title": "De klas"}},
        {"text": "Vertrouwen", "label": None},
    ]
    assert value["verdeling"] == [
        {"id": "samen", "title": "Samen", "value": 6},
        {"id": "alleen", "title": "Alleen", "value": 4},
    ]
    assert value["stellingen"][0] == {"id": "tijd", "title": "Er is tijd om te leren.", "value": 2}
    assert value["moment"][1] == {"id": "middag", "title": "In de middag"}
    assert value["onderwerpen"][0]["field"] == "Doen"
    assert value["onderwerpen"][0]["cells"][1:3] == [
        {"id": "wie", "title": "Voor wie", "value": "allen", "text": "Iedereen"},
        {"id": "nodig", "title": "Nodig?", "value": True, "text": "ja"},
    ]


def test_json_holds_texts_as_they_are(hostile: str, hostile_session: Callable[[str], Session]) -> None:
    session = hostile_session(hostile)
    summary = json.loads(render(session, "json", now=NOW))
    assert summary["arrangement"]["components"][0]["agreement"]["text"] == hostile.strip()
    assert summary["answers"][0]["value"] == hostile.strip()
