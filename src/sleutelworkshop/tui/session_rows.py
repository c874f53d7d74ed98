"""The sessions in the folder and the earlier versions of one as rows to show, and those that are looked for. Pure."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.widgets.session_list import SessionRow

if TYPE_CHECKING:
    from sleutelworkshop.store.going_back import Earlier
    from sleutelworkshop.store.overview import Entry


def rows_of(entries: "Iterable[Entry]", now: dt.datetime) -> tuple[SessionRow, ...]:
    """Return the entries in words, in the order given."""
    return tuple(_row(entry, now) for entry in entries)


def earlier_rows_of(earlier: "Iterable[Earlier]", now: dt.datetime) -> tuple[SessionRow, ...]:
    """Return earlier versions in words, in the order given."""
    return tuple(
        SessionRow(
            key=str(each.path),
            title=_kept(each.kept_at, now),
            aside=each.why,
            where=_("✓ afgerond") if each.finished else each.step,
            done=each.done,
            total=each.total,
            finished=each.finished,
            fault=each.fault,
        )
        for each in earlier
    )


def fitting(rows: Sequence[SessionRow], looked_for: str) -> tuple[SessionRow, ...]:
    """Return the rows in which every word that is looked for occurs, in whatever letters."""
    words = _plain(looked_for).split()
    return tuple(row for row in rows if all(word in _plain(_text(row)) for word in words))


def _row(entry: "Entry", now: dt.datetime) -> SessionRow:
    from sleutelworkshop.dates import long_date  # here: when there are no sessions yet it is not needed

    if entry.fault:
        return SessionRow(key=str(entry.path), title=entry.name, fault=entry.fault)
    return SessionRow(
        key=str(entry.path),
        title=entry.organisation,
        mark=_("vervolg") if entry.follows_up else "",
        aside=long_date(entry.date) if entry.date else "",
        where=_("✓ afgerond") if entry.finished else entry.step,
        done=entry.done,
        total=entry.total,
        finished=entry.finished,
        saved=_saved(entry.saved_at, now) if entry.saved_at else "",
    )


def _saved(moment: dt.datetime, now: dt.datetime) -> str:
    from sleutelworkshop.dates import clock_time, short_date

    days = (now.astimezone().date() - moment.astimezone().date()).days
    if days == 0:
        return _("opgeslagen {time}").format(time=clock_time(moment))
    if days == 1:
        return _("opgeslagen gisteren {time}").format(time=clock_time(moment))
    return _("opgeslagen {date}").format(date=short_date(moment.astimezone().date()))


def _kept(moment: dt.datetime, now: dt.datetime) -> str:
    from sleutelworkshop.dates import clock_time, short_date

    days, time = (now.astimezone().date() - moment.astimezone().date()).days, clock_time(moment)
    if days == 0:
        return _("vandaag {time}").format(time=time)
    if days == 1:
        return _("gisteren {time}").format(time=time)
    return f"{short_date(moment.astimezone().date())} {time}"


def _text(row: SessionRow) -> str:
    return f"{row.title} {row.mark} {row.aside} {row.where} {Path(row.key).stem}"


def _plain(text: str) -> str:
    """Return a text without capitals and accents: who looks for *oecumenisch* does not type the dots."""
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
