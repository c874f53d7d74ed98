"""Consent: component by component, agreed or an objection, and what became of it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import ClassVar, Final

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Component
from sleutelworkshop.session import agreeing
from sleutelworkshop.session.changed_words import Kind, Piece
from sleutelworkshop.session.model import Bookmark, Objection, Session
from sleutelworkshop.summary.rewording import rewording_by
from sleutelworkshop.tui.desk import Desk
from sleutelworkshop.tui.form_draft import FormDraft
from sleutelworkshop.tui.human import human, tell
from sleutelworkshop.tui.screens.base import WorkshopScreen
from sleutelworkshop.tui.screens.form import FormField, FormScreen


class ConsentScreen(WorkshopScreen[None]):
    """The components on the left with how they stand; on the right the words, and the objections to them."""

    CSS_PATH = "consent.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "consent", _("iedereen stemt in")),
        Binding("b", "object", _("bezwaar")),
        Binding("f", "settle", _("bezwaar afhandelen")),
        Binding("e", "reword", _("tekst aanpassen")),
        Binding("pagedown", "scroll_words(1)", _("Tekst omlaag"), show=False, priority=True),
        Binding("pageup", "scroll_words(-1)", _("Tekst omhoog"), show=False, priority=True),
        Binding("escape", "dismiss", _("terug"), key_display="esc"),
    ]

    place_name = "consent"
    changing = frozenset({"consent", "object", "settle", "reword"})

    components = getters.query_one("#components", OptionList)
    words = getters.query_one("#words", Static)
    words_scroll = getters.query_one("#words-scroll", VerticalScroll)

    def __init__(self, desk: Desk, component: int | None = None) -> None:
        """``component``: the number of the one to begin with; else the first that waits for consent."""
        super().__init__(desk)
        self._first = component

    @property
    def place(self) -> Bookmark:
        """The component at hand: the room sees that one."""
        return Bookmark(self.place_name, self.desk.session.position, question=self.components.highlighted or 0)

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="consent"):
            yield OptionList(id="components")
            with VerticalScroll(id="words-scroll"):
                yield Static(human(_("Heeft iemand hier een bezwaar tegen?"), "bold $primary"), id="consent-question")
                yield Static(id="words")

    def on_mount(self) -> None:
        script = self.desk.session.script
        self.components.add_options([Option("", id=component.id) for component in script.components])
        standing = [component.id in self.desk.session.consents for component in script.components]
        waiting = standing.index(False) if False in standing else 0
        self.components.highlighted = waiting if self._first is None else min(self._first, len(standing) - 1)
        self.components.focus()

    def draw(self, session: Session) -> None:
        for component in session.script.components:
            self.components.replace_option_prompt(component.id, _head(session, component))
        self._draw_words()

    def on_option_list_option_highlighted(self) -> None:
        self._draw_words()
        self.words_scroll.scroll_home(animate=False)
        if self.is_current:
            self.desk.bookmark(self.place)

    @property
    def _component(self) -> Component:
        return self.desk.session.script.components[self.components.highlighted or 0]

    @property
    def component_at_hand(self) -> str:
        return self._component.id

    def _draw_words(self) -> None:
        self.words.update(Content("\n").join(_words(self.desk.session, self._component)))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "settle":
            return self._open_objection() is not None
        return super().check_action(action, parameters)

    def _open_objection(self) -> Objection | None:
        objections = self.desk.session.objections_to(self._component.id)
        return next((objection for objection in objections if objection.is_open), None)

    def action_scroll_words(self, pages: int) -> None:
        self.words_scroll.scroll_relative(y=pages * max(self.words_scroll.size.height - 1, 1), animate=False)

    def action_consent(self) -> None:
        """Write down that everyone consents, and go to the next component that still waits for it."""
        label = _("instemming met {title}").format(title=self._component.title)
        if self.act(label, partial(agreeing.consent, component_id=self._component.id, now=self.desk.now())):
            here, ids = self.components.highlighted or 0, [each.id for each in self.desk.session.script.components]
            waiting = [i for i, each in enumerate(ids) if each not in self.desk.session.consents]
            if waiting:
                self.components.highlighted = next((i for i in waiting if i > here), waiting[0])
            else:
                tell(self, _("Met alle bouwstenen is ingestemd."))

    @work
    async def action_object(self) -> None:
        """Write an objection down."""
        component = self._component
        happening = partial(agreeing.object_to, self.desk.session, component.id, now=self.desk.now())
        texts = await self.app.push_screen_wait(
            FormScreen(
                _("Bezwaar bij “{title}”").format(title=component.title),
                [
                    FormField("who", _("Wie"), hint=_("een team of een naam; leeg mag")),
                    FormField("what", _("Wat is het bezwaar?"), several_lines=True),
                ],
                check=lambda texts: _try(happening, texts),
                draft=FormDraft(self.desk, f"object/{component.id}"),
            )
        )
        if texts:
            label = _("bezwaar bij {title}").format(title=component.title)
            self.act(
                label,
                lambda session: agreeing.object_to(
                    session, component.id, who=texts["who"], what=texts["what"], now=self.desk.now()
                ),
            )

    @work
    async def action_settle(self) -> None:
        """Write down what became of an objection; the words of the agreement can change with it."""
        objection, component = self._open_objection(), self._component
        if objection is None:
            return
        agreed = self.desk.session.agreements.get(component.id)
        texts = await self.app.push_screen_wait(
            FormScreen(
                _("Wat doen jullie met het bezwaar?"),
                [
                    FormField("outcome", _("Wat is ermee gedaan?"), several_lines=True),
                    FormField(
                        "text",
                        _("De afspraak"),
                        agreed.text if agreed else "",
                        _("pas de tekst aan als dat helpt"),
                        True,
                    ),
                ],
                check=lambda texts: _try(
                    partial(agreeing.settle, self.desk.session, objection.id, now=self.desk.now()),
                    {"outcome": texts["outcome"]},
                ),
                details=f"{objection.who}: {objection.what}" if objection.who else objection.what,
                draft=FormDraft(self.desk, f"settle/{objection.id}"),
            )
        )
        if texts is None:
            return

        def settle(session: Session) -> Session:
            now = self.desk.now()
            sources = agreed.sources if agreed else ()
            # First the words: what the objection led to is kept with it.
            session = agreeing.agree(session, component.id, texts["text"], sources, now)
            return agreeing.settle(session, objection.id, texts["outcome"], now)

        self.act(_("bezwaar afhandelen"), settle)

    @work
    async def action_reword(self) -> None:
        """Put the agreement in other words."""
        component = self._component
        agreed = self.desk.session.agreements.get(component.id)
        sources = agreed.sources if agreed else ()
        texts = await self.app.push_screen_wait(
            FormScreen(
                component.title,
                [FormField("text", _("De afspraak"), agreed.text if agreed else "", several_lines=True)],
                check=lambda texts: _try(
                    partial(agreeing.agree, self.desk.session, component.id, sources=sources, now=self.desk.now()),
                    texts,
                ),
                details=component.ask,
                draft=FormDraft(self.desk, f"reword/{component.id}"),
            )
        )
        if texts:
            label = _("tekst van {title}").format(title=component.title)
            self.act(
                label, lambda session: agreeing.agree(session, component.id, texts["text"], sources, self.desk.now())
            )


def _try(happening: partial[Session], texts: Mapping[str, str]) -> None:
    """Let something happen to a session nobody keeps: what it would refuse is said before the form closes."""
    happening(**texts)


def _head(session: Session, component: Component) -> Content:
    objections = session.objections_to(component.id)
    if any(objection.is_open for objection in objections):
        sign, style, words = "!", "bold $error", _("bezwaar")
    elif component.id in session.consents:
        sign, style, words = "✓", "bold $success", _("ingestemd")
    elif component.id in session.agreements:
        sign, style, words = "○", "", _("wacht op instemming")
    else:
        sign, style, words = "·", "$quiet", _("nog niets afgesproken")
    return Content.assemble((f"{sign} ", style), (component.title, "bold"), "\n  ", (words, style))


def _words(session: Session, component: Component) -> Iterator[Content]:
    agreed, objections = session.agreements.get(component.id), session.objections_to(component.id)
    yield human(component.title, "bold")
    yield Content()
    # First what the group has to talk about now: under a long agreement it would be out of sight.
    for objection in objections:
        if objection.is_open:
            yield human(_said_by(objection), "bold $error")
            yield human(objection.what)
            yield Content()
    if agreed is None:
        yield human(_("Hierover is nog niets afgesproken. Met e schrijf je het alsnog op."), "$quiet")
    else:
        yield human(agreed.text)
        teams = ", ".join(dict.fromkeys(session.team(ref.team).name for ref in agreed.sources))
        if teams:
            yield Content()
            yield human(_("uit de antwoorden van {teams}").format(teams=teams), "$quiet")
    for objection in objections:
        if not objection.is_open:
            yield Content()
            yield human(_said_by(objection), "bold $quiet")
            yield human(objection.what)
            yield Content.assemble((_("Afgehandeld: "), "bold $success"), objection.outcome)
            if pieces := rewording_by(session, objection):
                yield human(_("Zo veranderde de tekst:"), "$quiet")
                yield _marked(pieces)


def _marked(pieces: Iterable[Piece]) -> Content:
    """Return changed words as one text, marked as the document does: what went is struck, what came is underlined."""
    found: list[Content] = []
    for piece in pieces:
        words = piece.text.rstrip()
        found += [human(words, _MARKS[piece.kind]), human(piece.text[len(words) :])]
    return Content().join(found)


_MARKS: Final = {Kind.SAME: "$quiet", Kind.GONE: "strike $warning", Kind.CAME: "bold underline $success"}


def _said_by(objection: Objection) -> str:
    return _("Bezwaar van {who}").format(who=objection.who) if objection.who else _("Bezwaar")
