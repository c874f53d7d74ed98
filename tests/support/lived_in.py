"""A session that holds everything a file can hold; run as a program it writes that down for later versions to read.

Files of every version of the schema stand in ``tests/store/files``, as they were written: what people have on their
disks goes on being read. When ``VERSION`` was raised, run this for the new one and put a copy of the example beside it.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Final

from sleutelworkshop.script.loader import load_script
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.agreeing import add_action, agree, consent, evaluate_on, object_to, settle
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.drafts import bookmarked, keep_draft
from sleutelworkshop.session.following_up import copy_as_follow_up, review
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import AnswerRef, Bookmark, Session, Went
from sleutelworkshop.session.moving import add_minutes, go_on, mark_presented, start
from sleutelworkshop.session.replanning import choose_end
from sleutelworkshop.session.revealing import reveal
from sleutelworkshop.session.ringing import ring
from sleutelworkshop.session.teams import set_aside
from sleutelworkshop.session.values import (
    ChoiceValue,
    ListItem,
    ListValue,
    PointsValue,
    ScaleValue,
    TableValue,
    TextValue,
    Value,
)
from sleutelworkshop.store.heading import VERSION
from sleutelworkshop.store.sessionfile import SessionFile

FILES: Final = Path(__file__).parents[1] / "store" / "files"

NOON: Final = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
MINUTE: Final = dt.timedelta(minutes=1)

SEEN_AT: Final = NOON + 20 * MINUTE
"""When the file of :func:`lived_in` says that the program was last at work on it."""

VALUES: Final[dict[str, tuple[Value, Value]]] = {
    "waarom": (TextValue("Omdat ’t moet 🙂"), TextValue("Wij willen dat kinderen\nzelf kiezen")),
    "wensen": (ListValue((ListItem("rust", "klas"), ListItem("plezier"))), ListValue((ListItem("lef", "school"),))),
    "verdeling": (PointsValue({"samen": 10}), PointsValue({"samen": 3, "alleen": 2})),
    "stellingen": (ScaleValue({"tijd": 1, "rust": 5}), ScaleValue({"rust": 2})),
    "moment": (ChoiceValue(("middag",)), ChoiceValue(("ochtend", "middag"))),
    "onderwerpen": (
        TableValue(({"onderwerp": "lezen", "wie": "allen", "nodig": True, "leuk": False}, {"onderwerp": "rekenen"})),
        TableValue(({"wie": "starters", "leuk": True},)),
    ),
}
"""Two right answers to each question of the small script."""


@cache
def small_script() -> Script:
    """Return the small script: every kind of step and every kind of question."""
    return load_script(Path(__file__).parents[1] / "small_script.toml")


def meeting_before() -> Session:
    """Return a session that leads to another one: something was agreed, and something promised."""
    session = make(
        small_script(),
        organisation="Basisschool De Eik",
        facilitator="Sanne",
        casus="Leren leren\nin groep 5",
        teams=["Blauw", "Rood", "Geel"],
        now=NOON - dt.timedelta(days=60),
    )
    session = consent(agree(session, "doel", "Kinderen leren", [], session.made_at), "doel", session.made_at)
    session = agree(session, "inhoud", "Lezen", [], session.made_at)
    session = add_action(session, who="Sanne", what="Rooster vragen", due=dt.date(2026, 10, 5))
    return add_action(session, who="Rood", what="Lokaal zoeken", due=None)


@cache
def lived_in() -> Session:
    """Return a session of the small script of which no table of its file is empty."""
    session = copy_as_follow_up(meeting_before(), NOON)
    session = review(session, "action/1", Went.PARTLY, "De helft staat\nin het rooster", NOON + 2 * MINUTE)
    session = review(session, "agreement/doel", Went.DONE, "", NOON + 3 * MINUTE)
    session = go_on(start(session, NOON), NOON + 4 * MINUTE)
    session = add_minutes(start(session, NOON + 5 * MINUTE), 2)
    for question, (one, other) in VALUES.items():
        session = answer(session, "t1", question, one, NOON + 5 * MINUTE)
        session = answer(session, "t1", question, other, NOON + 6 * MINUTE)
        session = answer(session, "t2", question, one, NOON + 6 * MINUTE)
    session = answer(session, "t3", "waarom", TextValue("Wij zijn nog bez"), NOON + 7 * MINUTE, draft=True)
    session = mark_presented(set_aside(session, "t3"), "oogst", "t1", presented=True)
    session = agree(session, "doel", "Kinderen kiezen", [AnswerRef("t1", "waarom")], NOON + 8 * MINUTE)
    session = agree(session, "doel", "Kinderen kiezen zelf", [AnswerRef("t2", "waarom")], NOON + 9 * MINUTE)
    session = agree(session, "aanpak", "Samen, in de och", [], NOON + 10 * MINUTE, draft=True)
    session = object_to(session, "doel", who="Rood", what="Te vaag", now=NOON + 11 * MINUTE)
    session = consent(settle(session, 1, "Met een voorbeeld", NOON + 12 * MINUTE), "doel", NOON + 12 * MINUTE)
    session = object_to(session, "aanpak", who="", what="Te vroeg", now=NOON + 13 * MINUTE)
    session = add_action(session, who="Sanne", what="Planning maken", due=dt.date(2026, 12, 1))
    session = add_action(session, who="Rood", what="Lokaal zoeken", due=None)
    session = keep_draft(session, "object/inhoud", {"who": "Geel", "what": "Waarom niet"}, NOON + 14 * MINUTE)
    session = reveal(session, "wensen", shown=True)
    session = choose_end(session, NOON + 60 * MINUTE, NOON + 14 * MINUTE)
    session, _moment = ring(session, NOON + 15 * MINUTE)
    session = add_minutes(session, 3)
    session = bookmarked(session, Bookmark("answers", "waarom", "t2", 1, by_question=True))
    return evaluate_on(session, dt.date(2027, 3, 1))


def main() -> None:
    """Write the file of this version, when there is none yet."""
    path = FILES / f"v{VERSION}-onderweg.json"
    SessionFile.create(path, lived_in(), SEEN_AT).close()
    path.with_name(f".{path.name}.lock").unlink()


if __name__ == "__main__":
    main()
