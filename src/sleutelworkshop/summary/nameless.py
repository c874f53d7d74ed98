"""A session in which people are initials: for a document that goes further than those who were there.

Names are known where they are asked for: the facilitator, who does an action, who objects. What those are called is
taken out of all other texts too. Nobody else's name can be told from a word, so whoever is only named in an answer is
still named. Teams keep their names, and so do roles: *de directie* is nobody in particular.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from msgspec.structs import replace

from sleutelworkshop.script.model import AnyQuestion, TableQuestion, TextColumn
from sleutelworkshop.session.model import Action, Objection, Previous, Session
from sleutelworkshop.session.values import ListValue, Row, TableValue, TextValue, Value

_Hide: TypeAlias = Callable[[str], str]
"""Takes the names out of a text."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

_ROLES: Final = re.compile(
    "(adviseur|afgevaardigde|assistent|begeleid(?:er|ster)|bestuu?r|bibliothe|conciërge|coördinator|coach|direct(?:ie|eur|rice)"
    "|docent|gemeente|groep|invaller|leerkracht|leerling|leider|leiding|leraa?r|lerares|manager|medewerker|meester|mentor"
    "|ondersteuner|onderwijs|opvang|ouder|raad|rector|schoolleid|secretaris|sectie|specialist|stagiair|stuurgroep|team"
    "|trainer|voorzitter|werkgroep)",
    re.IGNORECASE,
)
"""Pieces of words by which a role is known from a name: *taalcoördinator*, *onderwijsassistenten*."""

_SMALL: Final = frozenset(
    (
        *("aan", "alle", "allemaal", "als", "bij", "de", "den", "der", "die", "dit", "een", "en", "elk", "elke", "het"),
        *("hij", "ieder", "iedereen", "in", "met", "namens", "of", "ons", "onze", "op", "samen", "te", "ten", "ter"),
        *("tot", "uit", "van", "vanuit", "vaste", "voor", "wij", "zelf", "zij"),
        *("bouw", "bovenbouw", "bso", "ib", "ict", "intern", "interne", "juf", "kleuters", "middenbouw", "mr", "mt"),
        *("onderbouw", "pabo", "po", "school", "vo"),
    )
)
"""Words that are no names either, as they are written in small letters."""


def without_names(session: Session) -> Session:
    """Return the session with initials in place of the names of people."""
    promised = (*session.actions, *(session.previous.actions if session.previous else ()))
    named = [session.facilitator, *(each.who for each in promised), *(each.who for each in session.objections)]
    teams = {team.name.casefold() for team in session.teams}
    kept = {word.casefold() for team in session.teams for word in _WORD.findall(team.name)}
    people = [text for text in named if text.casefold() not in teams]
    hide = _hider({word for text in people for word in _names(text) if word.casefold() not in kept})
    return replace(
        session,
        facilitator=hide(session.facilitator),
        casus=hide(session.casus),
        answers={
            question: {
                team: replace(each, value=_in_value(session.script.question(question), each.value, hide))
                for team, each in given.items()
            }
            for question, given in session.answers.items()
        },
        agreements={key: replace(each, text=hide(each.text)) for key, each in session.agreements.items()},
        objections=tuple(_in_objection(each, hide) for each in session.objections),
        actions=_in_actions(session.actions, hide),
        previous=_in_previous(session.previous, hide) if session.previous else None,
        reviews={key: replace(each, note=hide(each.note)) for key, each in session.reviews.items()},
    )


def _in_objection(objection: Objection, hide: _Hide) -> Objection:
    fields = {name: hide(getattr(objection, name)) for name in ("who", "what", "text", "outcome")}
    after = objection.text_after
    return replace(objection, **fields, text_after=None if after is None else hide(after))


def _in_actions(actions: tuple[Action, ...], hide: _Hide) -> tuple[Action, ...]:
    return tuple(replace(each, who=hide(each.who), what=hide(each.what)) for each in actions)


def _in_previous(previous: Previous, hide: _Hide) -> Previous:
    agreements = {key: replace(each, text=hide(each.text)) for key, each in previous.agreements.items()}
    return replace(previous, agreements=agreements, actions=_in_actions(previous.actions, hide))


def _names(text: str) -> Iterator[str]:
    """Yield the words of who somebody is that make a name, as typed and with a capital."""
    for found in _WORD.finditer(text):
        word = found[0]
        # A role has a capital only where the text begins: in *Anna Raadsma*, *raad* is part of a name.
        is_role = _ROLES.search(word) and (word.islower() or found.start() == 0)
        if not is_role and word.casefold() not in _SMALL:
            yield word
            yield word[0].upper() + word[1:]


def _hider(names: set[str]) -> _Hide:
    if not names:
        return lambda text: text
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    # The full stop that may follow is that of the initial as well.
    known = re.compile(rf"(?<![^\W_])(?:{'|'.join(longest_first)})(?![^\W_])\.?")
    return lambda text: known.sub(lambda found: f"{found[0][0]}.", text)


def _in_value(question: AnyQuestion, value: Value, hide: _Hide) -> Value:
    match question, value:
        case _, TextValue(text):
            return TextValue(hide(text))
        case _, ListValue(items):
            return ListValue(tuple(replace(item, text=hide(item.text)) for item in items))
        case TableQuestion(columns=columns), TableValue(rows):
            typed = {column.id for column in columns if isinstance(column, TextColumn)}
            return TableValue(tuple(_in_row(row, typed, hide) for row in rows))
        case _:
            return value


def _in_row(row: Row, typed: set[str], hide: _Hide) -> Row:
    return {key: hide(cell) if key in typed and isinstance(cell, str) else cell for key, cell in row.items()}
