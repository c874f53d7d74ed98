"""The teams in the room: 1 to 40, each with a name of its own."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import RefusedError, Session, Team
from sleutelworkshop.text import clean_line

MOST_TEAMS: Final = 40
NAME_LIMIT: Final = 40
"""Characters in the name of a team: it stands beside others on every screen."""


def named_teams(names: Sequence[str]) -> tuple[Team, ...]:
    """Return teams with these names.

    Raises:
        RefusedError: no name, an empty one, one twice, or more than 40.
        TextTooLongError: a name of over 40 characters.
    """
    if not names:
        raise RefusedError(_("Noem ten minste één team."))
    if len(names) > MOST_TEAMS:
        raise RefusedError(_("Dat zijn {n} teams; er passen er {most}.").format(n=len(names), most=MOST_TEAMS))
    teams: list[Team] = []
    for number, name in enumerate(names, start=1):
        teams.append(Team(id=f"t{number}", name=_new_name(name, teams)))
    return tuple(teams)


def split_names(pasted: str) -> list[str]:
    """Return the names in a pasted list: one a line, or in one line with commas or semicolons between them."""
    lines = pasted.strip().splitlines()
    if len(lines) == 1:
        lines = pasted.replace(";", ",").split(",")
    return [name for line in lines if (name := " ".join(line.split()))]


def add_team(session: Session, name: str) -> Session:
    """Return the session with one team more.

    Raises:
        RefusedError: the name is empty or taken, or there are 40 teams.
        TextTooLongError: the name is over 40 characters.
    """
    if len(session.teams) >= MOST_TEAMS:
        raise RefusedError(_("Er zijn al {most} teams; meer passen er niet.").format(most=MOST_TEAMS))
    # Numbers are never used again: an id stays that of the answers that were given under it.
    number = max((int(team.id[1:]) for team in session.teams), default=0) + 1
    return replace(session, teams=(*session.teams, Team(f"t{number}", _new_name(name, session.teams))))


def rename_team(session: Session, team_id: str, name: str) -> Session:
    """Return the session with another name for a team.

    Raises:
        RefusedError: the name is empty or taken.
        TextTooLongError: the name is over 40 characters.
    """
    others = [team for team in session.teams if team.id != team_id]
    return _with_team(session, replace(session.team(team_id), name=_new_name(name, others)))


def set_aside(session: Session, team_id: str) -> Session:
    """Return the session with a team set aside: its answers stay, nobody waits for it.

    Raises:
        RefusedError: it is the last team present.
    """
    if [team.id for team in session.present_teams] == [team_id]:
        raise RefusedError(_("Dit is het laatste team; één team doet altijd mee."))
    return _with_team(session, replace(session.team(team_id), present=False))


def take_back(session: Session, team_id: str) -> Session:
    """Return the session with a team that was set aside taking part again."""
    return _with_team(session, replace(session.team(team_id), present=True))


def _with_team(session: Session, changed: Team) -> Session:
    return replace(session, teams=tuple(changed if team.id == changed.id else team for team in session.teams))


def _new_name(name: str, others: Iterable[Team]) -> str:
    name = clean_line(name, limit=NAME_LIMIT)
    if not name:
        raise RefusedError(_("Geef elk team een naam."))
    if name.casefold() in {team.name.casefold() for team in others}:
        raise RefusedError(_("Er is al een team dat {name} heet.").format(name=name))
    return name
