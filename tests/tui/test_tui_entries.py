from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

import sleutelworkshop.tui
from sleutelworkshop.script.model import (
    AnyQuestion,
    ChoiceQuestion,
    ListQuestion,
    Option,
    PointsQuestion,
    Script,
    TableQuestion,
    TextQuestion,
)
from sleutelworkshop.session.answering import checked, empty
from sleutelworkshop.session.values import (
    ChoiceValue,
    ListItem,
    ListValue,
    PointsValue,
    Row,
    ScaleValue,
    TableValue,
    TextValue,
    Value,
)
from sleutelworkshop.text import LINE_LIMIT, TEXT_LIMIT
from sleutelworkshop.tui.ordered_keys import OrderedKeysApp
from sleutelworkshop.tui.sizes import HEIGHTS, WIDTHS
from sleutelworkshop.tui.theme import DARK, THEMES
from sleutelworkshop.tui.widgets.entries import Entry, build_entry
from sleutelworkshop.tui.widgets.entries.columns import column_widths, list_places, table_places
from sleutelworkshop.tui.widgets.entries.row import EntryRow
from sleutelworkshop.tui.widgets.line_field import LineField
from sleutelworkshop.tui.widgets.picker import Picker, YesNoPicker
from sleutelworkshop.tui.widgets.text_field import TextField

HOSTILE = (
    "x[/]",
    "[TODO]",
    "[$primary @click=app.quit]x",
    "[red]",
    "\x1b[31mrood\x1b]52;c;eA==\x07",
    "a\u202egnirts",
    "Fijn 🙂👩‍🏫",
    "a\ud800b",
)


class EntryScreen(Screen[None]):
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, widgets: tuple[Widget, ...]) -> None:
        super().__init__()
        self._widgets = widgets

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield from self._widgets


class EntryApp(OrderedKeysApp[None]):
    """Holds nothing but a field: a widget is tested here, and no screen. Its keys come in order, as in the real app."""

    CSS_PATH = Path(sleutelworkshop.tui.__file__).parent / "app.tcss"

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name
        self.values: list[Value] = []
        self._widgets = widgets

    def on_mount(self) -> None:
        self.push_screen(EntryScreen(self._widgets))

    def on_entry_changed(self, event: Entry.Changed) -> None:
        checked(event.entry.question, event.value)  # type: ignore[arg-type]  # what is told may always be kept
        self.values.append(event.value)


@asynccontextmanager
async def at(entry: Entry, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    app = EntryApp(entry)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.screen.set_focus(entry.first_open())
        await pilot.pause()
        yield pilot


def fault_of(entry: Entry) -> str:
    return str(entry.query_one(".entry-fault", Static).visual) if entry.has_class("-faulty") else ""


def words_on(widget: Widget, selector: str) -> str:
    return str(widget.query_one(selector, Static).visual)


async def paste(pilot: Pilot[Any], text: str) -> None:
    pilot.app.post_message(Paste(text))
    await pilot.pause()
    await pilot.pause()


def question(script: Script, question_id: str) -> Any:
    return script.question(question_id)


@pytest.mark.parametrize("question_id", ["waarom", "wensen", "verdeling", "stellingen", "moment", "onderwerpen"])
async def test_an_entry_shows_what_it_is_given_and_says_nothing(small_script: Script, question_id: str) -> None:
    asked: AnyQuestion = small_script.question(question_id)
    values: dict[str, Value] = {
        "waarom": TextValue("Omdat het kan.\nEn moet."),
        "wensen": ListValue((ListItem("Rust", "klas"), ListItem("Tijd"))),
        "verdeling": PointsValue({"samen": 4, "alleen": 6}),
        "stellingen": ScaleValue({"tijd": 5}),
        "moment": ChoiceValue(("middag",)),
        "onderwerpen": TableValue(({"onderwerp": "Plannen", "wie": "allen", "nodig": True, "leuk": False},)),
    }
    entry = build_entry(asked)
    async with at(entry) as pilot:
        assert entry.value == empty(asked)
        entry.show(values[question_id])
        await pilot.pause()
        assert entry.value == values[question_id]
        entry.show(empty(asked))
        await pilot.pause()
        assert entry.value == empty(asked)
        assert pilot.app.values == []  # type: ignore[attr-defined]


class TestText:
    async def test_what_is_typed_is_told_and_tab_leaves(self, small_script: Script) -> None:
        entry = build_entry(small_script.question("waarom"))
        async with at(entry) as pilot:
            await pilot.press("J", "a", "enter", "[", "tab")
            assert entry.value == TextValue("Ja\n[")
            assert len(pilot.app.values) == 4  # type: ignore[attr-defined]

    async def test_undo_in_the_text_comes_before_that_of_the_screen(self, small_script: Script) -> None:
        entry = build_entry(small_script.question("waarom"))
        undone: list[str] = []
        async with at(entry) as pilot:
            pilot.app.bind("ctrl+z", "told")
            pilot.app.action_told = lambda: undone.append("app")  # type: ignore[attr-defined]
            entry.show(TextValue("Van een ander"))
            await pilot.press("!", "ctrl+z")
            assert entry.value == TextValue("Van een ander")
            assert undone == []
            await pilot.press("ctrl+z")
            assert entry.value == TextValue("Van een ander")
            assert undone == ["app"]

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_text_stands_there_as_text(self, small_script: Script, text: str) -> None:
        entry = build_entry(small_script.question("waarom"))
        async with at(entry) as pilot:
            await paste(pilot, text)
            value = entry.value
            assert value == checked(small_script.question("waarom"), TextValue(text))
            assert pilot.app.is_running
            for sign in "\x1b\x07\u202e":
                assert sign not in value.text  # type: ignore[union-attr]

    async def test_a_megabyte_is_bounded_and_said_so(self, small_script: Script) -> None:
        entry = build_entry(small_script.question("waarom"))
        async with at(entry) as pilot:
            await paste(pilot, "woord \x1b[2J" * 100_000)
            assert len(entry.value.text) == TEXT_LIMIT  # type: ignore[union-attr]
            assert "te lang" in fault_of(entry)
            await pilot.press("x")
            assert len(entry.value.text) == TEXT_LIMIT  # type: ignore[union-attr]
            assert "vol" in fault_of(entry)
            await pilot.press("backspace")
            assert fault_of(entry) == ""

    async def test_ten_thousand_characters(self, small_script: Script) -> None:
        entry = build_entry(small_script.question("waarom"))
        async with at(entry) as pilot:
            await paste(pilot, "é" * 10_000)
            assert entry.value == TextValue("é" * TEXT_LIMIT)
            assert "5.000 van 10.000" in fault_of(entry)

    async def test_it_grows_with_its_text_within_limits(self, small_script: Script) -> None:
        entry = build_entry(small_script.question("waarom"))
        async with at(entry) as pilot:
            field = entry.query_one(TextField)
            assert field.size.height == 4
            entry.show(TextValue("regel\n" * 7))
            await pilot.pause()
            assert field.size.height == 8
            entry.show(TextValue("regel\n" * 50))
            await pilot.pause()
            assert field.size.height == 14


class TestList:
    async def test_enter_makes_the_next_row_and_an_empty_one_leaves(self, small_script: Script) -> None:
        entry, after = build_entry(question(small_script, "wensen")), build_entry(question(small_script, "waarom"))
        app = EntryApp(entry, after)
        async with app.run_test() as pilot:
            await pilot.pause()
            app.screen.set_focus(entry.first_open())
            await pilot.press("R", "u", "s", "t", "enter", "T", "i", "j", "d", "enter")
            assert entry.value == ListValue((ListItem("Rust"), ListItem("Tijd")))
            await pilot.press("enter")
            assert isinstance(app.focused, TextField)

    async def test_a_label_comes_with_the_text_and_by_tab(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "wensen"))
        async with at(entry) as pilot:
            assert not any(picker.visible for picker in entry.query(Picker))
            await pilot.press("R", "tab", "2")
            assert entry.value == ListValue((ListItem("R", "school"),))
            assert "Iedereen die er werkt" in words_on(entry, ".entry-whisper")
            await pilot.press("backspace")
            assert entry.value == ListValue((ListItem("R"),))

    async def test_backspace_in_an_empty_row_takes_it_away(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "wensen"))
        async with at(entry) as pilot:
            entry.show(ListValue((ListItem("A"), ListItem("B", "klas"), ListItem("C"))))
            await pilot.pause()
            await pilot.press("down", "tab", "backspace", "shift+tab", "backspace")
            assert entry.value == ListValue((ListItem("A"), ListItem("C")))
            await pilot.press("backspace", "x")
            assert entry.value == ListValue((ListItem("Ax"), ListItem("C")))

    async def test_there_is_always_an_empty_row_until_it_is_full(self, small_script: Script) -> None:
        asked: ListQuestion = question(small_script, "wensen")
        entry = build_entry(asked)
        async with at(entry) as pilot:
            for number in range(asked.most):
                assert (
                    len([field for field in entry.fields if entry.is_open(field) and isinstance(field, LineField)]) == 1
                )
                await pilot.press(str(number), "enter")
            assert len(entry.value.items) == asked.most  # type: ignore[union-attr]
            assert f"passen {asked.most} regels" in fault_of(entry)

    async def test_the_rail_is_at_the_row_with_the_focus(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "wensen"))
        async with at(entry) as pilot:
            for keys in (("A",), ("enter",), ("B", "tab"), ("up",), ("shift+tab", "enter"), ("C", "enter", "enter")):
                await pilot.press(*keys)
                focused = pilot.app.focused
                rows = [row for row in entry.query(EntryRow) if row.has_class("-at-hand")]
                assert rows == [row for row in entry.query(EntryRow) if focused and row in focused.ancestors]

    async def test_a_text_that_gets_shorter_is_not_scrolled_past_its_end(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "wensen"))
        async with at(entry) as pilot:
            field = pilot.app.focused
            assert isinstance(field, LineField)
            await paste(pilot, "a" * 150)
            await pilot.press("home", "end", "a")
            assert field.scroll_x == field.max_scroll_x > 0
            await pilot.press(*["backspace"] * 5)
            assert field.scroll_x == field.max_scroll_x > 0

    async def test_enter_between_items_makes_room_for_one(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "wensen"))
        async with at(entry) as pilot:
            entry.show(ListValue((ListItem("A", "klas"), ListItem("C"))))
            await pilot.pause()
            await pilot.press("enter", "B")
            assert entry.value == ListValue((ListItem("A", "klas"), ListItem("B"), ListItem("C")))

    async def test_pasted_lines_become_items_as_many_as_fit(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "wensen"))
        async with at(entry) as pilot:
            await paste(pilot, "een\r\n  twee \n\n[drie]\n\x1b[2Jvier")
            assert [item.text for item in entry.value.items] == ["een", "twee", "[drie]", "[2Jvier"]  # type: ignore[union-attr]
            assert pilot.app.values[-1] == entry.value  # type: ignore[attr-defined]
            await paste(pilot, "\nvijf\nzes\nzeven\nacht")
            assert len(entry.value.items) == 6  # type: ignore[union-attr]
            assert "past" in fault_of(entry)

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_text_stands_there_as_text(self, small_script: Script, text: str) -> None:
        asked: ListQuestion = question(small_script, "wensen")
        entry = build_entry(asked)
        async with at(entry) as pilot:
            await paste(pilot, text)
            assert entry.value == checked(asked, ListValue((ListItem(text),)))

    async def test_a_megabyte_is_bounded_and_said_so(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "wensen"))
        async with at(entry) as pilot:
            await paste(pilot, "a" * 1_000_000)
            assert entry.value == ListValue((ListItem("a" * LINE_LIMIT),))
            assert "1.000.000" in fault_of(entry)


class TestPoints:
    async def test_digits_signs_and_arrows_give_points(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "verdeling"))
        async with at(entry) as pilot:
            assert words_on(entry, ".points-total") == "0 van 10 verdeeld, nog 10"
            await pilot.press("4", "down", "right", "plus", "plus", "minus")
            assert entry.value == PointsValue({"samen": 4, "alleen": 2})
            assert words_on(entry, ".points-total") == "6 van 10 verdeeld, nog 4"
            await pilot.press("backspace", "up", "left")
            assert entry.value == PointsValue({"samen": 3})

    async def test_ten_is_typed_as_it_is_written(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "verdeling"))
        async with at(entry) as pilot:
            await pilot.press("1", "0")
            assert entry.value == PointsValue({"samen": 10})
            await pilot.press("3")
            assert entry.value == PointsValue({"samen": 3})
            await pilot.press("down", "enter", "5")
            assert entry.value == PointsValue({"samen": 3, "met-hulp": 5})

    async def test_the_budget_is_never_overspent_and_it_says_why(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "verdeling"))
        async with at(entry) as pilot:
            await pilot.press("7", "down", "9")
            assert entry.value == PointsValue({"samen": 7, "alleen": 3})
            assert fault_of(entry) == "! Hier passen er 3: de rest is al verdeeld."
            await pilot.press("right")
            assert "passen er 3" in fault_of(entry)
            await pilot.press("down", "1")
            assert entry.value == PointsValue({"samen": 7, "alleen": 3})
            assert "Alle 10 punten" in fault_of(entry)
            await pilot.press("up", "minus")
            assert fault_of(entry) == ""
            await pilot.press("left", "left", "left", "left")
            assert entry.value == PointsValue({"samen": 7})

    async def test_a_large_budget_takes_two_digits(self) -> None:
        options = (Option("a", "A"), Option("b", "B"))
        asked = PointsQuestion(id="p", prompt="Verdeel.", budget=100, options=options)
        entry = build_entry(asked)
        async with at(entry) as pilot:
            await pilot.press("6", "5", "down", "4", "0")
            assert entry.value == PointsValue({"a": 65, "b": 35})


class TestScale:
    async def test_a_digit_marks_and_goes_on(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "stellingen"))
        async with at(entry) as pilot:
            await pilot.press("4", "2")
            assert entry.value == ScaleValue({"tijd": 4, "rust": 2})
            await pilot.press("up", "4", "backspace")
            assert entry.value == ScaleValue({"tijd": 4})

    async def test_digits_typed_in_one_breath_each_find_their_row(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "stellingen"))
        async with at(entry) as pilot:
            from textual.events import Key

            for digit in "53":
                pilot.app.post_message(Key(digit, digit))
            await pilot.pause()
            await pilot.pause()
            assert entry.value == ScaleValue({"tijd": 5, "rust": 3})

    @pytest.mark.parametrize("digit", ["0", "6", "9"])
    async def test_other_digits_are_refused_in_words(self, small_script: Script, digit: str) -> None:
        entry = build_entry(question(small_script, "stellingen"))
        async with at(entry) as pilot:
            await pilot.press(digit)
            assert entry.value == ScaleValue()
            assert "1 tot en met 5" in fault_of(entry)

    async def test_the_mouse_marks_too(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "stellingen"))
        async with at(entry) as pilot:
            picker = entry.query(Picker)[1]
            await pilot.click(picker, offset=(11, 0))
            assert entry.value == ScaleValue({"rust": 3})


class TestChoice:
    async def test_several_are_ticked_and_unticked(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "moment"))
        async with at(entry) as pilot:
            await pilot.press("2", "1")
            assert entry.value == ChoiceValue(("ochtend", "middag"))
            await pilot.press("space", "down", "enter")
            assert entry.value == ChoiceValue()

    async def test_one_replaces_the_other(self) -> None:
        options = (Option("a", "A [x]"), Option("b", "B[/]"), Option("c", "C"))
        entry = build_entry(ChoiceQuestion(id="k", prompt="Kies [één].", options=options))
        async with at(entry) as pilot:
            await pilot.press("1", "3")
            assert entry.value == ChoiceValue(("c",))
            await pilot.press("up", "space")
            assert entry.value == ChoiceValue(("b",))
            await pilot.press("backspace", "9", "x")
            assert entry.value == ChoiceValue()

    async def test_tab_passes_it_as_one_field(self, small_script: Script) -> None:
        entry, after = build_entry(question(small_script, "moment")), build_entry(question(small_script, "waarom"))
        app = EntryApp(entry, after)
        async with app.run_test() as pilot:
            await pilot.pause()
            app.screen.set_focus(entry.first_open())
            await pilot.press("down", "tab")
            assert isinstance(app.focused, TextField)


class TestTable:
    @pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
    async def test_a_row_by_keys_alone(self, small_script: Script, size: tuple[int, int]) -> None:
        entry = build_entry(question(small_script, "onderwerpen"))
        async with at(entry, size) as pilot:
            await pilot.press("P", "enter", "2", "tab", "j", "tab", "n")
            row: Row = {"onderwerp": "P", "wie": "starters", "nodig": True, "leuk": False}
            assert entry.value == TableValue((row,))
            assert words_on(entry, ".row-reading") == "→ Aanmoedigen"
            assert words_on(entry, ".table-advice") == "Aanmoedigen. Maak het aantrekkelijk."
            await pilot.press("enter", "Q")
            assert entry.value == TableValue((row, {"onderwerp": "Q"}))
            assert words_on(entry, ".table-advice") == ""
            await pilot.press("up", "x", "tab", "backspace")
            assert entry.value == TableValue(
                ({"onderwerp": "Px", "nodig": True, "leuk": False}, {"onderwerp": "Q"}),
            )

    async def test_the_field_goes_when_an_answer_is_open_again(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "onderwerpen"))
        async with at(entry) as pilot:
            entry.show(TableValue(({"onderwerp": "P", "nodig": True, "leuk": True},)))
            await pilot.pause()
            assert words_on(entry, ".row-reading") == "→ Doen"
            await pilot.press("tab", "tab", "backspace")
            assert words_on(entry, ".row-reading") == ""
            assert entry.value == TableValue(({"onderwerp": "P", "leuk": True},))

    async def test_the_hint_of_the_column_is_whispered(self, small_script: Script) -> None:
        entry = build_entry(question(small_script, "onderwerpen"))
        async with at(entry) as pilot:
            assert "Eén of twee woorden." in words_on(entry, ".entry-whisper")
            await pilot.press("tab")
            assert words_on(entry, ".entry-whisper") == ""

    async def test_it_holds_no_more_rows_than_fit(self, small_script: Script) -> None:
        asked: TableQuestion = question(small_script, "onderwerpen")
        entry = build_entry(asked)
        async with at(entry) as pilot:
            await paste(pilot, "\n".join(f"rij {n}" for n in range(9)))
            assert len(entry.value.rows) == asked.most  # type: ignore[union-attr]
            assert "past" in fault_of(entry) or "passen" in fault_of(entry)

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_text_stands_there_as_text(self, small_script: Script, text: str) -> None:
        asked: TableQuestion = question(small_script, "onderwerpen")
        entry = build_entry(asked)
        async with at(entry) as pilot:
            await paste(pilot, text)
            assert entry.value == checked(asked, TableValue(({"onderwerp": text},)))


class TestPicker:
    async def test_keys_and_clicks(self) -> None:
        picker = Picker([("a", "Aap[/]"), ("b", "Beer"), ("c", "Aal")])
        app = EntryApp(picker)
        async with app.run_test() as pilot:
            await pilot.pause()
            picker.focus()
            for keys, chosen in (
                ("2", "b"), ("a", "c"), ("a", "a"), ("right", "b"), ("left", "a"), ("left", "c"), ("space", "a"),
                ("9", "a"), ("z", "a"), ("delete", ""), ("left", "c"), ("backspace", ""),
            ):  # fmt: skip
                await pilot.press(keys)
                assert picker.chosen == chosen
            assert str(picker.render()) == "○ Aap[/]  ○ Beer  ○ Aal"
            await pilot.click(picker, offset=(11, 0))
            assert str(picker.render()) == "○ Aap[/]  ● Beer  ○ Aal"
            picker.styles.width = 9
            await pilot.pause()
            assert str(picker.render()) == "◂ Beer ▸"
            await pilot.click(picker, offset=(6, 0))
            assert picker.chosen == "c"

    async def test_yes_and_no(self) -> None:
        picker = YesNoPicker()
        app = EntryApp(picker)
        async with app.run_test() as pilot:
            await pilot.pause()
            picker.focus()
            await pilot.press("j")
            assert picker.answer is True
            await pilot.press("n")
            assert picker.answer is False
            await pilot.press("backspace")
            assert picker.answer is None


class TestLongText:
    async def test_a_scripts_own_brackets_are_shown_as_they_are(self) -> None:
        asked = TextQuestion(id="t", prompt="Wat [TODO] is x[/]?", hint="[red] @click")
        entry = build_entry(asked)
        async with at(entry):
            assert words_on(entry, ".entry-prompt") == "Wat [TODO] is x[/]?"
            assert words_on(entry, ".entry-hint") == "[red] @click"


def test_text_columns_share_what_choices_leave(small_script: Script) -> None:
    columns = question(small_script, "onderwerpen").columns
    widths = column_widths(columns, 100)
    assert widths is not None
    assert sum(widths) + 2 * len(columns) == 100
    assert widths[0] > max(widths[1:])
    assert column_widths(columns, 40) is None


def test_choices_flow_two_on_a_line_where_texts_would_get_too_little(small_script: Script) -> None:
    columns = question(small_script, "onderwerpen").columns
    beside, flowing = table_places(columns, 100), table_places(columns, 41)
    assert [(place.line, place.title) for place in beside] == [(0, 0)] * 4
    assert [(place.line, place.left, place.width) for place in flowing] == [
        (0, 0, 41),
        (1, 0, 20),
        (1, 20, 21),
        (2, 0, 20),
    ]
    assert [place.title for place in flowing] == [14, *(len(column.title) + 2 for column in columns[1:])]


def test_a_label_gets_no_more_than_it_needs_and_no_more_than_a_third(small_script: Script) -> None:
    labels = question(small_script, "wensen").labels
    needed = 4 + max(len(label.title) for label in labels)
    assert [(place.left, place.width) for place in list_places(labels, 100)] == [
        (0, 96 - needed),
        (98 - needed, needed),
    ]
    assert [(place.left, place.width) for place in list_places(labels, 20)] == [(0, 11), (13, 5)]
    assert [(place.left, place.width) for place in list_places((), 50)] == [(0, 48)]
