"""A harvest for the room: the component at hand, what may be seen of its answers, and the agreement as it grows."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace
from textual.content import Content

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import AnyQuestion, Component
from sleutelworkshop.session.model import Agreement
from sleutelworkshop.session.revealing import RoomView, is_revealed
from sleutelworkshop.tui.harvest_view import sections
from sleutelworkshop.tui.stage.cards import Card, Cards, blocks_that_fit
from sleutelworkshop.tui.stage.rows import Block, Rows, beside, high, hung, joined, paged, shortened, wrapped
from sleutelworkshop.tui.stage.scenes import Place, Scene, band_width, place_under, stacked, words_width
from sleutelworkshop.tui.stage.words import accent_of, where
from sleutelworkshop.tui.widgets.answer_card import Answer
from sleutelworkshop.tui.widgets.board_layout import Section
from sleutelworkshop.tui.widgets.charts.four_fields import FourFieldsChart
from sleutelworkshop.tui.widgets.takeable import Drawable, Marks

BESIDE: Final = 110
"""Cells from which the agreement stands beside the answers; else under them."""

ROOMY: Final = 60
"""Cells of a row of words in a window that has rows to spare as well."""

CHART: Final = 130
"""Cells of the widest chart."""


def harvest(view: RoomView, width: int, height: int, page: int | None) -> Scene:
    """Return the harvest at the component at hand."""
    session = view.session
    if not view.component:
        return stacked([[where(view, width), Content(), *wrapped(session.step.prompt, width, "bold")]], width, height)
    component = session.script.component(view.component)
    questions = [session.script.question(each) for each in component.questions]
    shown = [each for each in questions if is_revealed(session, each.id)]
    hidden = [each for each in questions if each not in shown]
    agreed = session.agreements.get(component.id)
    if not shown and agreed is None:
        return _all_hidden(view, component, hidden, width, height)
    place = place_under(_wordings(view, component, band_width(width, height)), width, height)
    return _with_answers(view, component, hidden, agreed, place, page)


def _all_hidden(view: RoomView, component: Component, hidden: Sequence[AnyQuestion], width: int, height: int) -> Scene:
    inner = words_width(width)
    coming = _("De antwoorden komen zo.") if hidden else ""
    fewer = [[*rows, Content(), *wrapped(coming, inner, "$quiet")] for rows in _wordings(view, component, inner)]
    counted = [
        [*rows, *(line for each in hidden for line in [Content(), *_coming(view, each, inner)])] for rows in fewer[:1]
    ]
    return stacked([*counted, *fewer], width, height)


def _wordings(view: RoomView, component: Component, width: int) -> list[Rows]:
    step, accent = view.session.step, accent_of(view)
    title = Content.styled(component.title, f"bold {accent}")
    if len(step.agrees) > 1:
        number = _("bouwsteen {n} van {total}").format(n=step.agrees.index(component.id) + 1, total=len(step.agrees))
        title = Content.assemble(title, (f"   {number}", "$quiet"))
    title = title.truncate(width, ellipsis=True)
    ask = wrapped(component.ask, width, "bold")
    spacious = [where(view, width), Content(), title, *ask]
    compact = [where(view, width, component.title), *ask]
    return [spacious, compact, compact[:1]] if width >= ROOMY else [compact, compact[:1]]


def _coming(view: RoomView, question: AnyQuestion, width: int) -> Rows:
    """Return a hidden question as a quiet line: how many teams have answered, and not what."""
    many, total = view.answered.get(question.id, 0), len(view.progress)
    told = ngettext("{n} van {total} teams heeft geantwoord", "{n} van {total} teams hebben geantwoord", many).format(
        n=many, total=total
    )
    return hung(Content.styled("○  ", "$quiet"), Content.assemble(question.prompt, (f"   {told}", "$quiet")), width)


def _with_answers(
    view: RoomView,
    component: Component,
    hidden: Sequence[AnyQuestion],
    agreed: Agreement | None,
    place: Place,
    page: int | None,
) -> Scene:
    width, height = place.width, place.height
    side = min(max(width * 3 // 10, 34), 60) if width >= BESIDE else 0
    answers = width - side - 4 if side else width
    accent = accent_of(view)
    agreement = _agreement(agreed, side or width, height if side else max(height // 3, 3), accent)
    under = 0 if side or agreed is None else len(agreement) + 1
    blocks = _answers(view, component, hidden, answers, height - under)
    # The question that was shown last is what the facilitator wants to talk about.
    newest = next((each for each in reversed(view.session.revealed) if each in component.questions), "")
    pages = paged(blocks, height - under)
    if page is None:
        page = next((n for n, each in enumerate(pages) if any(block.about == newest for block in each)), 0)
    drawn = [high(joined(each), height - under) for each in pages]
    if side:
        drawn = [beside(rows, agreement, answers, 4) for rows in drawn]
    elif under:
        drawn = [[*rows, Content(), *agreement] for rows in drawn]
    return place.scene(drawn, page)


def _agreement(agreed: Agreement | None, width: int, most: int, accent: str) -> Rows:
    head = Content.styled(_("Dit spreken we af"), f"bold {accent}")
    rail = Content.styled("▌ ", accent)
    inner = max(width - 2, 2)
    if agreed is None:
        text = wrapped(_("Nog niets: eerst vertellen en luisteren."), inner, "$quiet")
    else:
        text = wrapped(agreed.text, inner)
    body = shortened(text, max(most - 1, 1), inner, end=agreed is not None and agreed.draft)
    return [rail + row for row in [head, *body]]


def _answers(
    view: RoomView, component: Component, hidden: Sequence[AnyQuestion], width: int, height: int
) -> list[Block]:
    all_of_them = sections(view.session, view.session.step, component)
    groups = [
        _group(section, width, height, accent_of(view))
        for section in all_of_them
        if is_revealed(view.session, section.question)
    ]
    if hidden:
        rows = [row for each in hidden for row in _coming(view, each, width)]
        groups.append(Cards((Content.styled(_("De antwoorden komen zo."), "$quiet"), *rows)))
    return blocks_that_fit(groups, width, height)


def _group(section: Section, width: int, height: int, accent: str) -> Cards:
    over = wrapped(section.heading, width, f"bold {accent}")
    if section.chart is not None:
        over = [*over, *_chart(section.chart.body, width, height)]
    if section.chart is None and not section.cards:
        over = [*over, *wrapped(section.missing, width, "$quiet")]
    cards = tuple(
        Card(each.body.name, each.lines, *(("✓", "bold $success") if each.body.presented else ()))
        for each in section.cards
        if isinstance(each.body, Answer)
    )
    return Cards(tuple(over), cards, section.question)


def _chart(body: Drawable, width: int, height: int) -> Rows:
    """Return a chart; where it is too high, without the advice, which the room has heard."""
    rows = body.draw(min(width, CHART), Marks((), ())).rows
    if isinstance(body, FourFieldsChart) and len(rows) >= height:
        brief = replace(body, fields=tuple(replace(each, advice="") for each in body.fields))
        rows = brief.draw(min(width, CHART), Marks((), ())).rows
    return [row.truncate(width) for row in rows]
