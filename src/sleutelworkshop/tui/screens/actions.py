"""Actions: who does what, by when, and the date on which the group looks back."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Final

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from sleutelworkshop.dates import long_date, parse_date, short_date
from sleutelworkshop.i18n import _
from sleutelworkshop.session import agreeing
from sleutelworkshop.session.model import Action, Bookmark, Session
from sleutelworkshop.tui.desk import Desk
from sleutelworkshop.tui.form_draft import FormDraft
from sleutelworkshop.tui.human import human, tell
from sleutelworkshop.tui.screens.base import WorkshopScreen
from sleutelworkshop.tui.screens.dialog import dismiss_or_ask
from sleutelworkshop.tui.widgets.line_field import LineField, Refused

FIELDS: Final = ("who", "what", "due")

_PLACES: Final = (*FIELDS, "evaluation")
"""The fields by their number in a bookmark."""


class ActionList(OptionList):
    """The actions; enter puts the highlighted one in the fields."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", _("aanpassen"), key_display="enter")]


class ActionsScreen(WorkshopScreen[None]):
    """The actions so far, and under them one line in which the next is typed: who, what, when."""

    CSS_PATH = "actions.tcss"
    AUTO_FOCUS = "#who"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", _("vastleggen"), priority=True),
        Binding("delete,backspace", "remove", _("actie weghalen"), key_display="del"),
        Binding("escape", "leave", _("terug"), key_display="esc"),
    ]

    place_name = "actions"
    changing = frozenset({"keep", "remove"})

    listed = getters.query_one("#actions", ActionList)
    who = getters.query_one("#who", LineField)
    what = getters.query_one("#what", LineField)
    due = getters.query_one("#due", LineField)
    evaluation = getters.query_one("#evaluation", LineField)

    _editing: int | None = None
    _evaluation: dt.date | None = None
    """The date of looking back that counts, as this screen last saw or set it."""
    _agreed: dt.date | None = None
    """The date that counted when its field was come into: it counts again while what is typed there is no date."""
    _newest_wanted = False
    """Whether an action was added that is not in sight yet: the list is drawn a moment later."""

    def __init__(self, desk: Desk, field: int = 0) -> None:
        """``field`` is the number of the field to begin in, as a bookmark has it."""
        super().__init__(desk)
        self._field = field if 0 <= field < len(_PLACES) else 0

    @property
    def place(self) -> Bookmark:
        return Bookmark(self.place_name, question=self._field)

    def compose_body(self) -> ComposeResult:
        with Vertical(id="actions-body"):
            yield Static(human(_("Wie doet wat, en wanneer is het klaar?"), "bold"), id="actions-head")
            none = _("Nog geen acties.") if self.desk.is_read_only else _("Nog geen acties. Typ hieronder de eerste.")
            yield Static(human(none), id="no-actions")
            yield ActionList(id="actions")
            with Horizontal(id="action-form"):
                for field, label, hint in (
                    ("who", _("Wie"), _("rol of naam")),
                    ("what", _("Wat"), _("de actie, in het kort")),
                    ("due", _("Wanneer"), _("12-1, over 2 weken")),
                ):
                    with Vertical(id=f"{field}-column"):
                        yield Static(human(label, "bold"))
                        yield LineField(placeholder=hint, id=field)
            yield Static(id="due-read")
            with Horizontal(id="evaluation-form"):
                yield Static(human(_("Wanneer kijken jullie terug?"), "bold"), id="evaluation-label")
                yield LineField(placeholder=_("12 januari"), id="evaluation")
                yield Static(id="evaluation-read")

    def on_mount(self) -> None:
        self._draft, self._evaluation_draft = FormDraft(self.desk, "action"), FormDraft(self.desk, "evaluation")
        self._show_evaluation(self.desk.session.evaluation)
        if half := self._evaluation_draft.texts.get("evaluation"):
            self.evaluation.show(half)
            self._read_evaluation(None)
        if typed := dict(self._draft.texts):
            self._editing = int(typed["editing"]) if typed.get("editing", "").isdecimal() else None
            self._show({name: typed.get(name, "") for name in FIELDS})
        for field in self.query(LineField):
            field.disabled = self.desk.is_read_only
        self.set_focus(self.query_one(f"#{_PLACES[self._field]}"))

    def draw(self, session: Session) -> None:
        if session.evaluation != self._evaluation:  # it was undone
            self._show_evaluation(session.evaluation)
        highlighted = self.listed.highlighted
        self.listed.clear_options()
        self.listed.add_options([Option(_line(action), id=str(action.id)) for action in session.actions])
        if self._newest_wanted:
            highlighted, self._newest_wanted = len(session.actions), False
        if highlighted is not None and session.actions:
            self.listed.highlighted = min(highlighted, len(session.actions) - 1)
        self.listed.display = bool(session.actions)
        self.query_one("#no-actions").display = not session.actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "remove":
            return self.listed.has_focus
        return super().check_action(action, parameters)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        self.refresh_bindings()
        if event.widget.id in _PLACES:
            self._field = _PLACES.index(event.widget.id)
            self.desk.bookmark(self.place)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._keep_draft()
        today = self.desk.now().date()
        if event.input is self.due:
            self.query_one("#due-read", Static).update(_read(event.value, parse_date(event.value, today)))
        elif event.input is self.evaluation:
            self._type_evaluation(event.value, parse_date(event.value, today))

    def on_input_blurred(self, event: Input.Blurred) -> None:
        # Not when it is the whole window that is left, for another program: then the field is come back to.
        if event.input is self.evaluation and self.app.app_focus:
            self._settle_evaluation()

    def _type_evaluation(self, typed: str, date: dt.date | None) -> None:
        """Let a date count as soon as it is one; what is none yet is a draft, and leaves the date as it was agreed."""
        if date is None and typed.strip():
            self._evaluation_draft.keep({"evaluation": typed})
        else:
            self._evaluation_draft.drop()
        self._evaluate_on(date or self._agreed)
        self._read_evaluation(date)

    def _settle_evaluation(self) -> None:
        """Take the date away when its field was left empty; what is agreed now is what the next one comes after."""
        if not self.evaluation.value.strip():
            self._evaluate_on(None)
        self._agreed = self._evaluation

    def _evaluate_on(self, date: dt.date | None) -> None:
        if date != self._evaluation:
            self._evaluation = date
            self.act(_("datum van terugkijken"), partial(agreeing.evaluate_on, date=date), merge="evaluation")

    def _keep_draft(self) -> None:
        """Keep what is being typed about an action; the day of looking back has a draft of its own."""
        texts = {name: self.query_one(f"#{name}", LineField).value for name in FIELDS}
        if self._action_typed:
            self._draft.keep({**texts, "editing": str(self._editing or "")})
        else:
            self._draft.drop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is self.due:
            self.action_keep()
        else:
            self.focus_next()

    def on_refused(self, event: Refused) -> None:
        """Say it when not all of a paste fits."""
        event.stop()
        tell(self, event.text, "warning")

    def action_leave(self) -> None:
        """Go back; ask first when an action was typed and not kept."""
        self._settle_evaluation()
        details = _("Met ctrl+s leg je een actie vast.")
        unkept = self._action_typed or bool(self._evaluation_draft.texts)
        dismiss_or_ask(self, _("Weggooien wat je typte?"), details, unkept=unkept, thrown_away=self._drop_drafts)

    def _drop_drafts(self) -> None:
        self._draft.drop()
        self._evaluation_draft.drop()

    def action_keep(self) -> None:
        """Add the action that was typed, or put the one that was being changed differently."""
        due = parse_date(self.due.value, self.desk.now().date())
        if self.due.value.strip() and due is None:
            self.set_focus(self.due)
            return
        who, what = self.who.value, self.what.value
        # The one that was being changed may have been undone meanwhile: then it is added as it was typed.
        changed = next((each.id for each in self.desk.session.actions if each.id == self._editing), None)
        happening = (
            partial(agreeing.add_action, who=who, what=what, due=due)
            if changed is None
            else partial(agreeing.change_action, action_id=changed, who=who, what=what, due=due)
        )
        many = len(self.desk.session.actions)
        if self.act(_("actie"), happening):
            self._newest_wanted = len(self.desk.session.actions) > many
            self._fill(None)
            self.set_focus(self.who)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Put an action in the fields, to be changed."""
        if self._action_typed:
            tell(self, _("Leg eerst vast wat je typte, met ctrl+s."), "warning")
            return
        chosen = next(each for each in self.desk.session.actions if str(each.id) == event.option.id)
        self._fill(chosen)
        self.set_focus(self.what)
        tell(self, _("Pas de actie aan en leg hem vast met ctrl+s."))

    def action_remove(self) -> None:
        """Take the highlighted action away; undo brings it back."""
        here = self.listed.highlighted
        if here is not None:
            action = self.desk.session.actions[here]
            self.act(_("actie weghalen"), partial(agreeing.remove_action, action_id=action.id))

    def _fill(self, action: Action | None) -> None:
        self._editing = action.id if action else None
        self._show(dict(zip(FIELDS, _texts(action), strict=True)))
        self._draft.drop()

    def _show(self, texts: Mapping[str, str]) -> None:
        self.who.show(texts["who"])
        self.what.show(texts["what"])
        self.due.value = texts["due"]  # which reads it back
        self.due.cursor_position = len(self.due.value)

    @property
    def _action_typed(self) -> bool:
        """Whether the fields hold an action, or words for one, that is not in the list."""
        typed = (self.who.value.strip(), self.what.value.strip(), self.due.value.strip())
        return typed != _texts(next((each for each in self.desk.session.actions if each.id == self._editing), None))

    def _show_evaluation(self, date: dt.date | None) -> None:
        self._evaluation = self._agreed = date
        with self.prevent(Input.Changed):
            self.evaluation.value = _date_text(date)
        self._read_evaluation(date)

    def _read_evaluation(self, date: dt.date | None) -> None:
        """Say beside the field which day is understood, or that it is none yet and which day counts until then."""
        read = _read(self.evaluation.value, date)
        if self._evaluation_draft.texts:
            until = _("Concept; tot dan geldt {date}.").format(date=short_date(self._agreed)) if self._agreed else ""
            read = Content.assemble(read, " ", (until or _("Concept."), "$quiet"))
        self.query_one("#evaluation-read", Static).update(read)


def _texts(action: Action | None) -> tuple[str, str, str]:
    """Return an action as it stands in the fields."""
    return (action.who, action.what, _date_text(action.due)) if action else ("", "", "")


def _date_text(date: dt.date | None) -> str:
    """Return a date as it stands in a field, to be typed over."""
    return f"{date:%d-%m-%Y}" if date else ""


def _read(typed: str, date: dt.date | None) -> Content:
    if not typed.strip():
        return Content()
    if date is None:
        return human(_("Welke dag is dat? Typ bijvoorbeeld 12-1 of vrijdag."), "$warning")
    return human(long_date(date), "bold $success")


def _line(action: Action) -> Content:
    when = short_date(action.due) if action.due else _("geen datum")
    return Content.assemble(action.what, "\n", (action.who, "bold"), (f" · {when}", "$quiet"))
