"""What is being typed into one form, kept with the session until the form is kept or thrown away."""

import datetime as dt
from collections.abc import Mapping

from sleutelworkshop.tui.desk import Desk


class FormDraft:
    """The draft of the form called ``form``, such as ``object/purpose``."""

    def __init__(self, desk: Desk, form: str) -> None:
        self._desk, self._form = desk, form

    @property
    def texts(self) -> Mapping[str, str]:
        """What was typed, by field; nothing when there is no draft."""
        draft = self._desk.session.drafts.get(self._form)
        return draft.texts if draft else {}

    @property
    def typed_at(self) -> dt.datetime | None:
        """When that was, or None when there is no draft."""
        draft = self._desk.session.drafts.get(self._form)
        return draft.at if draft else None

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keep what stands in the form now."""
        self._desk.keep_draft(self._form, dict(texts))

    def drop(self) -> None:
        """Keep nothing of it any more."""
        self._desk.keep_draft(self._form, None)
