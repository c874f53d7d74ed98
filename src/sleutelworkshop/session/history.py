"""Undo and redo: every change since the session was opened, kept as the states before and after it.

States share what did not change, so a step back costs a pointer, not a copy. What a step takes back is not gone: an
answer or agreement that it replaces is remembered as any other that stood there before.
"""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from sleutelworkshop.session.earlier import outlasting
from sleutelworkshop.session.model import Session


class Change(Struct, frozen=True):
    """One change: what it was called, and the state on the other side of it."""

    label: str
    merge: str
    other: Session


class History(Struct, frozen=True):
    """The session as it is now, what was done since it was opened, and what was undone."""

    now: Session
    past: tuple[Change, ...] = ()
    future: tuple[Change, ...] = ()

    def record(self, session: Session, label: str, *, merge: str = "") -> "History":
        """Return the history with one change more.

        Changes in a row with the same ``merge`` count as one: a text is taken back whole, not letter by letter.
        """
        if session is self.now:
            return self
        if merge and self.past and self.past[-1].merge == merge:
            return replace(self, now=session, future=())
        return History(session, (*self.past, Change(label, merge, self.now)))

    def amend(self, session: Session) -> "History":
        """Return the history with a change that is not to be undone by itself, such as where the facilitator looks."""
        return self if session is self.now else replace(self, now=session)

    def mapped(self, change: Callable[[Session], Session]) -> "History":
        """Return the history with every state in it changed: what holds for now holds for whatever undo goes to."""

        def there(each: Change) -> Change:
            return replace(each, other=change(each.other))

        return History(change(self.now), tuple(map(there, self.past)), tuple(map(there, self.future)))

    def undo(self) -> "History":
        """Return the history with the last change undone; the same when there is none."""
        if not self.past:
            return self
        *past, last = self.past
        return History(outlasting(self.now, last.other), tuple(past), (*self.future, replace(last, other=self.now)))

    def redo(self) -> "History":
        """Return the history with the last undone change done again; the same when there is none."""
        if not self.future:
            return self
        *future, last = self.future
        return History(
            outlasting(self.now, last.other), (*self.past, replace(last, other=self.now, merge="")), tuple(future)
        )
