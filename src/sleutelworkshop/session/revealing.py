"""What the room may see. Answers stay hidden until the facilitator reveals them, so that early ones sway nobody.

:func:`for_the_room` is a gate: what it returns holds no note of the facilitator and no hidden answer at all, so nothing
that is drawn from it can show one.
"""

from msgspec import Struct
from msgspec.structs import replace

from sleutelworkshop.script.model import Component, Notes, Script, StepKind
from sleutelworkshop.session.answering import Progress, team_progress
from sleutelworkshop.session.model import Agreement, Objection, Session

NO_NOTES = Notes(introduce="")


class RoomView(Struct, frozen=True):
    """What the room sees: a session with nothing in it that is not for the room, and how far each team present is.

    ``component`` is the id of the one at hand in a harvest or a consent, else empty.
    """

    session: Session
    progress: dict[str, Progress]
    component: str


def is_revealed(session: Session, question_id: str) -> bool:
    """Return whether the room may see the answers to a question."""
    return question_id in session.revealed


def reveal(session: Session, question_id: str, *, shown: bool) -> Session:
    """Return the session with the answers to a question shown to the room, or hidden from it.

    Raises:
        KeyError: there is no such question.
    """
    others = tuple(each for each in session.revealed if each != question_id)
    return replace(session, revealed=(*others, session.script.question(question_id).id) if shown else others)


def shows_arrangement(session: Session) -> bool:
    """Return whether the room sees the whole arrangement now: where it is read, consented to and promised on."""
    part = session.script.part_of(session.position)
    return part.protected or session.step.kind in {StepKind.CONSENT, StepKind.ACTIONS}


def component_at_hand(session: Session) -> Component | None:
    """Return the component that the harvest or the consent where the room is, is about now."""
    step, mark = session.step, session.bookmark
    if step.kind is StepKind.HARVEST:
        components = tuple(session.script.component(each) for each in step.agrees)
    elif step.kind is StepKind.CONSENT:
        components = session.script.components
    else:
        components = ()
    at = mark.question if mark is not None and mark.step == step.id else 0
    return components[at] if at < len(components) else next(iter(components), None)


def for_the_room(session: Session) -> RoomView:
    """Return what the room may see of a session now."""
    step = session.step
    if step.kind is StepKind.HARVEST:
        presented = session.run.presented
        progress = {
            team.id: Progress.READY if team.id in presented else Progress.NOTHING for team in session.present_teams
        }
    else:
        progress = {team.id: team_progress(session, step, team.id) for team in session.present_teams}
    component = component_at_hand(session)
    bare = replace(
        session,
        script=_without_notes(session.script),
        facilitator="",
        casus="",
        answers={each: given for each, given in session.answers.items() if each in session.revealed},
        agreements={each: agreed for each, agreed in session.agreements.items() if _may_be_seen(session, agreed)},
        objections=tuple(_only_that(objection) for objection in session.objections),
        bookmark=None,
        drafts={},
        earlier_answers={},
        earlier_agreements={},
    )
    return RoomView(bare, progress, component.id if component else "")


def _may_be_seen(session: Session, agreed: Agreement) -> bool:
    """Return whether an agreement tells nothing of a hidden answer, or is read to the room by now."""
    return shows_arrangement(session) or all(ref.question in session.revealed for ref in agreed.sources)


def _only_that(objection: Objection) -> Objection:
    return replace(objection, who="", what="", text="", outcome="")


def _without_notes(script: Script) -> Script:
    parts = tuple(
        replace(part, steps=tuple(replace(step, notes=NO_NOTES) for step in part.steps)) for part in script.parts
    )
    return replace(script, parts=parts)
