"""Looking back: what was promised and agreed the last time, and how that went."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import ClassVar, Final

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sleutelworkshop.dates import long_date, short_date
from sleutelworkshop.i18n import _
from sleutelworkshop.session import following_up
from sleutelworkshop.session.model import Action, Session, Went
from sleutelworkshop.tui.form_draft import FormDraft
from sleutelworkshop.tui.human import human, put, tell
from sleutelworkshop.tui.screens.base import WorkshopScreen
from sleutelworkshop.tui.screens.form import FormField, FormScreen

WENT: Final[Mapping[Went | None, tuple[str, str, str]]] = {
    Went.DONE: ("✓", "bold $success", _("gelukt")),
    Went.PARTLY: ("◐", "bold $warning", _("deels")),
    Went.NOT: ("✗", "bold $error", _("niet")),
    None: ("○", "$quiet", _("nog niet besproken")),
}
"""How something went: a sign, its style, and a word."""


class ReviewScreen(WorkshopScreen[None]):
    """What there is to look back on, on the left, with how it went; on the right the one at hand, in full."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "#reviews"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,g", "went('done')", _("gelukt")),
        Binding("2,d", "went('partly')", _("deels")),
        Binding("3,n", "went('not')", _("niet")),
        # Before the list, for which enter means something too.
        Binding("enter", "note", _("notitie"), key_display="enter", priority=True),
        Binding("t", "take_over", _("meenemen")),
        Binding("pagedown", "scroll_words(1)", _("Tekst omlaag"), show=False, priority=True),
        Binding("pageup", "scroll_words(-1)", _("Tekst omhoog"), show=False, priority=True),
        Binding("escape", "dismiss", _("terug"), key_display="esc"),
    ]

    place_name = following_up.REVIEW_PLACE
    changing = frozenset({"went", "note", "take_over"})

    listed = getters.query_one("#reviews", OptionList)
    words = getters.query_one("#review-words", Static)
    words_scroll = getters.query_one("#review-scroll", VerticalScroll)

    def compose_body(self) -> ComposeResult:
        with Vertical(id="review"):
            yield Static(id="review-head")
            with Horizontal(id="review-both"):
                yield OptionList(id="reviews")
                with VerticalScroll(id="review-scroll", can_focus=False):
                    yield Static(id="review-words")

    def on_mount(self) -> None:
        session, heading = self.desk.session, ""
        for key in following_up.keys(session):
            above = _("Acties van toen") if _action(session, key) else _("Afspraken van toen")
            if above != heading:
                self.listed.add_option(Option(human(above, "bold $primary"), disabled=True))
                heading = above
            self.listed.add_option(Option(_line(session, key), id=key))
        waiting = (*following_up.not_reviewed(session), *following_up.keys(session))
        self.listed.highlighted = self.listed.get_option_index(waiting[0])

    def draw(self, session: Session) -> None:
        for key in following_up.keys(session):
            self.listed.replace_option_prompt(key, _line(session, key))
        put(self.query_one("#review-head", Static), _head(session))
        self._draw_words()

    def on_option_list_option_highlighted(self) -> None:
        self._draw_words()
        self.words_scroll.scroll_home(animate=False)

    @property
    def _key(self) -> str:
        option = self.listed.highlighted_option
        return (option.id if option else None) or following_up.keys(self.desk.session)[0]

    def _draw_words(self) -> None:
        self.words.update(Content("\n").join(_words(self.desk.session, self._key)))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "take_over" and not self._can_go_on():
            return False
        return super().check_action(action, parameters)

    def _can_go_on(self) -> bool:
        """Return whether what is at hand is an action that is not done, and not one of this time already."""
        session = self.desk.session
        action = _action(session, self._key) if self.is_mounted else None
        if action is None or following_up.went(session, self._key) is Went.DONE:
            return False
        return not following_up.is_taken_over(session, action)

    def action_scroll_words(self, pages: int) -> None:
        self.words_scroll.scroll_relative(y=pages * max(self.words_scroll.size.height - 1, 1), animate=False)

    def action_went(self, how: str) -> None:
        """Write down how the one at hand went; what was noted of it stays."""
        key, now = self._key, self.desk.now()
        waited = following_up.not_reviewed(self.desk.session)
        self.act(
            _("terugblik"),
            lambda session: following_up.review(session, key, Went(how), following_up.note(session, key), now),
        )
        if waited and not following_up.not_reviewed(self.desk.session):
            tell(self, _("Jullie hebben overal op teruggekeken."))

    @work
    async def action_note(self) -> None:
        """Write something down about the one at hand."""
        key, session = self._key, self.desk.session
        check = partial(following_up.review, session, key, following_up.went(session, key), now=self.desk.now())
        action = _action(session, key)
        texts = await self.app.push_screen_wait(
            FormScreen(
                _("Notitie bij de terugblik"),
                [FormField("note", _("Wat willen jullie onthouden?"), following_up.note(session, key), "", True)],
                check=lambda texts: _try(check, texts["note"]),
                details=action.what if action else _title(session, key),
                draft=FormDraft(self.desk, f"review/{key}"),
            )
        )
        if texts is not None:
            now = self.desk.now()
            self.act(
                _("notitie bij de terugblik"),
                lambda session: following_up.review(session, key, following_up.went(session, key), texts["note"], now),
            )

    def action_take_over(self) -> None:
        """Make the action at hand one of this time as well."""
        action = _action(self.desk.session, self._key)
        if action and self.act(_("actie meenemen"), partial(following_up.take_over, action=action)):
            tell(self, _("Deze actie staat nu ook bij de acties van deze keer."))


def _try(happening: partial[Session], note: str) -> None:
    """Let something happen to a session nobody keeps: what it would refuse is said before the form closes."""
    happening(note=note)


def _action(session: Session, key: str) -> Action | None:
    """Return the action of the last time that is called so, or None for an agreement."""
    actions = session.previous.actions if session.previous else ()
    return next((action for action in actions if following_up.key_of_action(action) == key), None)


def _title(session: Session, key: str) -> str:
    """Return what stands in the list: the action, or the component that was agreed on."""
    if action := _action(session, key):
        return action.what
    components = session.script.components
    return next(each.title for each in components if following_up.key_of_agreement(each.id) == key)


def _head(session: Session) -> Content:
    every, waiting = following_up.keys(session), following_up.not_reviewed(session)
    date = long_date(session.previous.date) if session.previous else ""
    far = _("{n} van {all} besproken").format(n=len(every) - len(waiting), all=len(every))
    return Content.assemble((_("Terugblik op {date}").format(date=date), "bold"), (f"   {far}", "$quiet"))


def _line(session: Session, key: str) -> Content:
    sign, style, _word = WENT[following_up.went(session, key)]
    return Content.assemble((f"{sign} ", style), _title(session, key))


def _words(session: Session, key: str) -> Iterator[Content]:
    action = _action(session, key)
    yield human(_("Hoe is het gegaan?"), "bold $primary")
    yield Content()
    if action:
        yield human(action.what, "bold")
        when = _("klaar op {date}").format(date=short_date(action.due)) if action.due else _("geen datum")
        yield Content.assemble(action.who, (f" · {when}", "$quiet"))
    else:
        yield human(_title(session, key), "bold")
        yield human(_agreed_text(session, key))
    yield Content()
    sign, style, word = WENT[following_up.went(session, key)]
    yield human(f"{sign} {word}", style)
    if note := following_up.note(session, key):
        yield human(note)
    if action and following_up.is_taken_over(session, action):
        yield Content()
        yield human(_("→ staat ook bij de acties van deze keer"), "$quiet")


def _agreed_text(session: Session, key: str) -> str:
    agreements = session.previous.agreements if session.previous else {}
    return next(each.text for name, each in agreements.items() if following_up.key_of_agreement(name) == key)
