"""The documents that can be saved of a session: what each is for, what was chosen, how the files are called. Pure."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct

from sleutelworkshop import summary
from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.store.errors import told
from sleutelworkshop.store.locations import RESERVED
from sleutelworkshop.text import shorten

FOLDER, NAME, FORMATS = "folder", "name", "formats"
"""Where something can be wrong in what was chosen."""

_REFUSED: Final = re.compile(r'[<>:"/\\|?*]')
"""What Windows refuses in a name, or takes for something else: a document is made to be passed on."""


class Paper(Struct, frozen=True):
    """A document as a person knows it: what it is called, and what it is for."""

    format: str
    title: str
    use: str

    @property
    def suffix(self) -> str:
        """How the name of its file ends."""
        return summary.file_suffix(self.format)


PAPERS: Final = (
    Paper("pdf", _("PDF"), _("om te tekenen en op te hangen")),
    Paper("docx", _("Word"), _("om verder te schrijven")),
    Paper("html", _("Webpagina"), _("om op elk scherm te lezen, zonder internet")),
    Paper("ics", _("Agenda"), _("de acties en de dag van terugkijken")),
    Paper("csv", _("Rekenblad"), _("een regel per antwoord en per afspraak")),
    Paper("text", _("Tekst"), _("gewone tekst, om te mailen")),
    Paper("md", _("Markdown"), _("tekst met opmaak")),
    Paper("json", _("Gegevens"), _("voor andere programma’s")),
)
"""All that can be saved, most wanted first."""


class Choice(Struct, frozen=True):
    """What was chosen: the formats, whether names of people stay out, and the folder and name as they were typed."""

    formats: tuple[str, ...]
    nameless: bool
    folder: str
    name: str

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The documents that were chosen, in the order in which they are offered."""
        return tuple(paper for paper in PAPERS if paper.format in self.formats)


class Wrong(Struct, frozen=True):
    """What keeps the documents from being made: where it stands in the form, and a sentence."""

    where: str
    why: str


class Seen(Struct, frozen=True):
    """What was seen on the disk in the place of a choice, whichever documents are chosen.

    ``there`` are the formats of which the file exists already, ``refused`` why some files cannot be made there.
    """

    there: frozenset[str] = frozenset()
    refused: dict[str, str] = {}
    wrong: Wrong | None = None


class Job(Struct, frozen=True):
    """A document to make. Without ``replace`` it takes the place of nothing, also not of what came there since."""

    format: str
    path: Path
    replace: bool = False


class State(StrEnum):
    """How far it is with a document."""

    WAITING = "waiting"
    BUSY = "busy"
    SAVED = "saved"
    LEFT = "left"
    FAILED = "failed"
    STOPPED = "stopped"


class Kept(Struct, frozen=True):
    """What became of a document; ``more`` is what there is to say of it."""

    state: State
    more: str = ""

    @property
    def words(self) -> str:
        """What is told of it."""
        if self.state is State.FAILED:
            return self.more
        return " · ".join(filter(None, (_WORDS[self.state], self.more)))


_WORDS: Final = {
    State.WAITING: _("wacht"),
    State.BUSY: _("bezig …"),
    State.SAVED: _("bewaard"),
    State.LEFT: _("stond er al"),
    State.STOPPED: _("niet gemaakt"),
}


# How files are called.


def proposed_name(session_name: str, *, nameless: bool) -> str:
    """Return a name for the files of a session, without an ending. One without names is another document."""
    name = _REFUSED.sub("-", session_name).strip()
    return _("{name}-zonder-namen").format(name=name) if nameless else name


def renamed(typed: str, session_name: str, *, nameless: bool) -> str:
    """Return a name after names were taken out or put back: the proposed one follows, one that was made up stays."""
    proposed = proposed_name(session_name, nameless=not nameless)
    return proposed_name(session_name, nameless=nameless) if typed.strip() == proposed else typed


def stem_of(typed: str) -> str:
    """Return the name that was typed, without an ending: which one it gets is chosen elsewhere."""
    name = typed.strip()
    return name[: name.rindex(".")].rstrip() if summary.format_of(name) else name


def file_name(choice: Choice, format: str) -> str:  # noqa: A002 – the word of the summary
    """Return what the file of a document is called."""
    return f"{stem_of(choice.name)}{summary.file_suffix(format)}"


def wrong_name(typed: str) -> Wrong | None:
    """Return what is wrong with a name, on whatever computer it may come."""
    name = stem_of(typed)
    if not name:
        return Wrong(NAME, _("Geef de bestanden een naam."))
    if found := _REFUSED.search(name):
        return Wrong(NAME, _("In een naam kan geen {mark} staan: kies een andere.").format(mark=found[0]))
    if name.split(".")[0].strip().casefold() in RESERVED:
        return Wrong(
            NAME, _("“{name}” kan op Windows geen naam van een bestand zijn: kies een andere.").format(name=name)
        )
    return None


# What is to be done.


def wrong(choice: Choice, seen: Seen) -> Wrong | None:
    """Return what is in the way of a choice, the first in the order of the form; None when it can be done."""
    if not choice.papers:
        return Wrong(FORMATS, _("Kies wat je wilt bewaren: zet er met spatie een vinkje voor."))
    if seen.wrong is not None:
        return seen.wrong
    why = next((seen.refused[paper.format] for paper in choice.papers if paper.format in seen.refused), "")
    return Wrong(NAME, why) if why else None


def standing(choice: Choice, seen: Seen) -> tuple[str, ...]:
    """Return the names of the chosen files that exist already."""
    return tuple(file_name(choice, paper.format) for paper in choice.papers if paper.format in seen.there)


def jobs(choice: Choice, folder: Path, seen: Seen, *, replace: bool) -> tuple[Job, ...]:
    """Return what there is to do; ``replace`` goes for the files that were seen, and that a person was asked about."""
    return tuple(
        Job(paper.format, folder / file_name(choice, paper.format), replace and paper.format in seen.there)
        for paper in choice.papers
    )


def chosen_before(formats: Iterable[str]) -> tuple[str, ...]:
    """Return the formats that were remembered, as far as they are still offered; else the one to begin with."""
    known = tuple(paper.format for paper in PAPERS if paper.format in set(formats))
    return known or (PAPERS[0].format,)


def turned(formats: Sequence[str], format: str) -> tuple[str, ...]:  # noqa: A002 – idem
    """Return the formats with one more, or without it when it was there."""
    if format in formats:
        return tuple(each for each in formats if each != format)
    return (*formats, format)


# What is said at the end.


def ending(done: Sequence[tuple[Job, Kept]]) -> str:
    """Return in one line where everything is."""
    saved = [job.path for job, kept in done if kept.state is State.SAVED]
    if not saved:
        return _("Er is niets bewaard.")
    if len(done) == 1:
        words = _("Bewaard in {folder}.")
    elif len(saved) == len(done):
        both = _("Beide bestanden staan in {folder}.")
        words = both if len(done) == 2 else _("Alle {n} bestanden staan in {folder}.")
    else:
        words = ngettext(
            "{n} van de {all} bestanden is bewaard, in {folder}.",
            "{n} van de {all} bestanden zijn bewaard, in {folder}.",
            len(saved),
        )
    return words.format(n=len(saved), all=len(done), folder=told(str(saved[0].parent), 500))


def question(names: Sequence[str]) -> str:
    """Return what is asked when files exist already."""
    if len(names) == 1:
        return _("“{name}” bestaat al").format(name=shorten(names[0], 120))
    return _("{n} bestanden bestaan al").format(n=len(names))
