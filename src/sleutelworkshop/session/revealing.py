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

    ``component`` is the id of the one at hand in a harvest or a consent, else empty; ``answered`` how many of the teams
    present have answered each question, also where the answers are hidden.
    """

    session: Session
    progress: dict[str, Progress]
    component: str
    answered: dict[str, int]


def is_revealed(session: Session, question_id: str) -> bool:
    """Return whether the room may see the answers to a question."""
    return question_id in session.revealed


def reveal(session: Session, question_id: str, *, shown: bool) -> Session:
    """Return the session with the answers to a question shown to the room, or hidden from it.

    What was shown last stands last: that is what the room has in sight.

    Raises:
        KeyError: there is no such question.
    """
    question = session.script.question(question_id)
    if is_revealed(session, question.id) is shown and (not shown or session.revealed[-1] == question.id):
        return session
    others = tuple(each for each in session.revealed if each != question.id)
    return replace(session, revealed=(*others, question.id) if shown else others)


def shows_arrangement(session: Session) -> bool:
    """Return whether the room sees the whole arrangement now: where it is read, consented to and promised on."""
    step = session.step
    if step.kind is not StepKind.EXPLANATION:
        return step.kind in {StepKind.CONSENT, StepKind.ACTIONS}
    # The opening may be protected as well: there nothing has been agreed that could be read.
    steps = list(session.script.steps())
    ahead = steps[steps.index(step) + 1 :]
    return session.script.part_of(step.id).protected and all(each.kind is not StepKind.HARVEST for each in ahead)


def component_at_hand(session: Session) -> Component | None:
    """Return the component that the harvest or the consent where the room is, is about now.

    It is the one where the facilitator is at work, and else the first one that is not done, or the last.
    """
    step, mark = session.step, session.bookmark
    if step.kind is StepKind.HARVEST:
        components = tuple(session.script.component(each) for each in step.agrees)
    elif step.kind is StepKind.CONSENT:
        components = session.script.components
    else:
        return None
    if mark is not None and mark.screen == step.kind and mark.step == step.id and mark.question < len(components):
        return components[mark.question]
    done = session.agreements.keys() if step.kind is StepKind.HARVEST else session.consents.keys()
    waiting = [each for each in components if each.id not in done]
    return next(iter(waiting or components[-1:]), None)


def for_the_room(session: Session) -> RoomView:
    """Return what the room may see of a session now."""
    step, present = session.step, session.present_teams
    if step.kind is StepKind.HARVEST:
        told = session.run.presented
        progress = {team.id: Progress.READY if team.id in told else Progress.NOTHING for team in present}
    else:
        progress = {team.id: team_progress(session, step, team.id) for team in present}
    component = component_at_hand(session)
    here = {team.id for team in present}
    bare = replace(
        session,
        script=_without_notes(session.script),
        facilitator="",
        casus="",
        answers={each: given for each, given in session.answers.items() if each in session.revealed},
        agreements={each: agreed for each, agreed in session.agreements.items() if _may_be_seen(session, each, agreed)},
        objections=tuple(_only_that(objection) for objection in session.objections),
        previous=None,
        reviews={},
        bookmark=None,
        drafts={},
        earlier_answers={},
        earlier_agreements={},
        rung={},
    )
    answered = {each: len(here.intersection(given)) for each, given in session.answers.items()}
    return RoomView(bare, progress, component.id if component else "", answered)


def _may_be_seen(session: Session, component_id: str, agreed: Agreement) -> bool:
    """Return whether an agreement tells nothing of a hidden answer, or is read to the room by now.

    While every answer to a component is hidden its agreement is too: also words of one's own follow what was read.
    """
    if shows_arrangement(session) or session.finished_at is not None:
        return True
    questions = session.script.component(component_id).questions
    read = not questions or any(each in session.revealed for each in questions)
    return read and all(ref.question in session.revealed for ref in agreed.sources)


def _only_that(objection: Objection) -> Objection:
    return replace(objection, who="", what="", text="", outcome="", text_after=None)


def _without_notes(script: Script) -> Script:
    parts = tuple(
        replace(part, steps=tuple(replace(step, notes=NO_NOTES) for step in part.steps)) for part in script.parts
    )
    return replace(script, parts=parts)
