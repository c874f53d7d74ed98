"""Charts: numbers beside bars, every team in its place, at any width, for three teams and for forty."""

import re
from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from sleutelworkshop.script.model import Option
from sleutelworkshop.session.model import Team
from sleutelworkshop.session.tally import CountTally, PointsTally, ScaleTally
from sleutelworkshop.tui.theme import DARK, LIGHT
from sleutelworkshop.tui.widgets.answer_board import AnswerBoard
from sleutelworkshop.tui.widgets.board_layout import Section
from sleutelworkshop.tui.widgets.charts.counts import CountsChart
from sleutelworkshop.tui.widgets.charts.drawing import bar, short_names
from sleutelworkshop.tui.widgets.charts.four_fields import FourFieldsChart, Standing
from sleutelworkshop.tui.widgets.charts.points import PointsChart
from sleutelworkshop.tui.widgets.charts.scale import ScaleChart
from sleutelworkshop.tui.widgets.takeable import Drawable, Marks, Takeables

ACCENT = "$tip-1"
HOSTILE = ("x[/]", "[TODO]", "[$primary @click=app.quit]x", "[red]", "👩‍🏫 Klas 🌈", "שלום", "x" * 200)
SIX = ("Blauw", "Rood", "Geel", "Groen", "Paars", "Oranje")


def teams(names: Sequence[str]) -> list[Team]:
    return [Team(f"t{number}", name) for number, name in enumerate(names, start=1)]


def points(names: Sequence[str], titles: Sequence[str] = ("Samen", "Alleen", "Met hulp")) -> PointsChart:
    given = [[(team, (number + n) % 4) for n, team in enumerate(teams(names))] for number in range(1, len(titles) + 1)]
    return PointsChart(
        tuple(
            PointsTally(Option(f"o{number}", title), sum(p for _team, p in row), tuple(row))
            for number, (title, row) in enumerate(zip(titles, given, strict=True))
        ),
        ACCENT,
    )


def scale(marks: dict[str, Sequence[int]], names: Sequence[str] = SIX) -> ScaleChart:
    return ScaleChart(
        tuple(
            ScaleTally(Option("s", title), tuple(zip(teams(names), given, strict=False)))
            for title, given in marks.items()
        ),
        "nog niet",
        "heel sterk",
        ACCENT,
    )


def fields(names: Sequence[tuple[str, str]] = (("Leraar", "Blauw"),)) -> FourFieldsChart:
    return FourFieldsChart(
        "Voet binnen?",
        "Voet buiten?",
        (
            Standing("Verbinder", "Koester deze plek.", across=True, up=True, names=tuple(names)),
            Standing("Half", "Zoek een partner.", across=True, up=False),
            Standing("Half", "Zoek een opdracht.", across=False, up=True, names=(("Directeur", "Rood"),)),
            Standing("Scharrelaar", "Stop ermee.", across=False, up=False),
        ),
        ACCENT,
    )


def drawn(chart: Drawable, width: int = 74, lines: Sequence[str] = (), cursor: int = -1) -> list[str]:
    return [row.plain for row in chart.draw(width, Marks(tuple(lines), (False,) * len(lines), cursor)).rows]


CHARTS: list[tuple[Drawable, Sequence[str]]] = [
    (points(SIX), ["Samen 9, alleen 8"]),
    (points([f"Team {n}" for n in range(1, 41)]), ["Samen 60"]),
    (points(HOSTILE, HOSTILE), HOSTILE[:1]),
    (points(()), []),
    (scale({"Kennis": (1, 2, 5), "Doen": (4, 4, 4, 4, 4, 4), "Niets": ()}), ["Kennis gemiddeld 2,7", "Doen"]),
    (scale({"Kennis": [1 + n % 5 for n in range(40)]}, [f"Team {n}" for n in range(40)]), ["Kennis"]),
    (scale(dict.fromkeys(HOSTILE, (1, 5, 5)), HOSTILE), HOSTILE),
    (fields(), ["Verbinder", "Half"]),
    (fields([(text, text) for text in HOSTILE]), ["Verbinder", "Half"]),
    (CountsChart((CountTally(Option("a", "Lesbezoek"), 4), CountTally(Option("b", "Boek"), 0)), ACCENT), ["Lesbezoek"]),
    (CountsChart(tuple(CountTally(Option("a", text), 40) for text in HOSTILE), ACCENT), HOSTILE[:1]),
    (CountsChart((CountTally(Option("b", "Boek"), 0),), ACCENT), []),
]


@pytest.mark.parametrize("width", [24, 36, 59, 60, 74, 110, 133, 220])
@pytest.mark.parametrize("number", range(len(CHARTS)))
def test_a_chart_never_draws_outside_its_width(number: int, width: int) -> None:
    chart, lines = CHARTS[number]
    for cursor in (-1, 0):
        shown = chart.draw(width, Marks(tuple(lines), (True,) * len(lines), cursor))
        assert max(row.cell_length for row in shown.rows) <= width
        assert all("\n" not in row.plain for row in shown.rows)
        assert len(shown.regions) == len(lines)
        assert all(region.bottom <= len(shown.rows) and region.right <= width for region in shown.regions)


def test_a_cursor_or_a_tick_moves_nothing() -> None:
    for chart, lines in CHARTS:
        without = chart.draw(74, Marks(tuple(lines), (False,) * len(lines)))
        within = chart.draw(74, Marks(tuple(lines), (True,) * len(lines), len(lines) - 1))
        assert without.regions == within.regions
        assert len(without.rows) == len(within.rows)


def test_points_show_totals_and_what_each_team_gave() -> None:
    chart = points(SIX)
    head, *rows = drawn(chart, 100)[:4]
    assert head.split() == ["samen", *SIX]
    for row, tally in zip(rows, chart.tallies, strict=True):
        numbers = re.sub(r"^\s*\S+( \S+)?\s+▆* ?", "", row).split()
        assert numbers == [str(tally.total), *(str(given) if given else "·" for _team, given in tally.by_team)]


def test_the_longest_bar_is_that_of_the_most_points() -> None:
    chart = points(SIX)
    lengths = [row.count("▆") for row in drawn(chart, 100)[1:4]]
    totals = [tally.total for tally in chart.tallies]
    assert lengths.index(max(lengths)) == totals.index(max(totals))


def test_a_bar_of_little_is_still_seen_and_one_of_nothing_is_not() -> None:
    assert [bar(n, 1000, 10, "").plain.count("▆") for n in (0, 1, 1000)] == [0, 1, 10]
    assert bar(0, 0, 10, "").plain.strip() == ""


def test_with_forty_teams_the_numbers_stand_in_blocks_under_the_sentence() -> None:
    rows = drawn(points([f"Team {n}" for n in range(1, 41)]), 74, ["Samen 60, alleen 60"])
    sentence = next(n for n, row in enumerate(rows) if "Samen 60, alleen 60" in row)
    assert sentence == 4
    heads = [row for row in rows[sentence + 1 :] if re.fullmatch(r"\s+(\d+\s*)+", row)]
    assert [int(number) for head in heads for number in head.split()] == list(range(1, 41))


def test_numbers_stand_right_under_the_name_of_the_team() -> None:
    head, row = drawn(points(SIX), 100)[:2]
    ends = [match.end() for match in re.finditer(r"\S+", head)][1:]
    assert [row[end - 1] for end in ends] == list("123·12")


def test_a_scale_marks_every_team_the_mean_and_the_range() -> None:
    rows = drawn(scale({"Kennis": (2, 4, 4)}), 78)
    title, axis, names = rows[2:5]
    assert "Kennis" in title
    assert "gemiddeld 3,3  (2–4)" in title
    assert "ver uit elkaar" not in title
    assert axis.count("●") == 2
    assert "●×2" in axis
    assert axis.index("◆") < axis.index("●×2")
    assert names.split() == ["Blauw", "Rood", "Geel"]
    assert names.index("Blauw") == axis.index("●")
    assert "━" in axis[axis.index("●") : axis.index("●×2")]


def test_teams_that_are_three_apart_are_far_apart() -> None:
    rows = "\n".join(drawn(scale({"Kennis": (2, 4), "Doen": (2, 5)})))
    assert rows.count("ver uit elkaar") == 1
    assert re.search(r"Doen +ver uit elkaar", rows)


def test_when_all_agree_the_mean_stands_beside_the_dot() -> None:
    axis = drawn(scale({"Kennis": (3, 3, 3)}))[3]
    assert "◆●×3" in axis


def test_a_scale_says_what_its_ends_mean_and_which_statement_has_no_marks() -> None:
    rows = "\n".join(drawn(scale({"Kennis": ()})))
    assert "nog niet" in rows
    assert "heel sterk" in rows
    assert "nog geen cijfers" in rows


def test_only_a_statement_with_marks_can_be_taken() -> None:
    shown = scale({"Niets": (), "Kennis": (3,)}).draw(74, Marks(("Kennis gemiddeld 3,0 (3)",), (True,), -1))
    assert "✓ Kennis" in shown.rows[shown.regions[0].y].plain


def test_four_fields_stand_two_by_two_with_yes_above_and_to_the_right() -> None:
    rows = drawn(fields(), 90, ["Verbinder", "Half"])
    text = "\n".join(rows)
    assert re.fullmatch(r" +Voet binnen: nee +Voet binnen: ja *", rows[0])
    top = next(row for row in rows if "Verbinder" in row)
    assert top.index("Half") < top.index("│") < top.index("Verbinder")
    cross = next(row for row in rows if "┼" in row)
    assert cross.index("┼") == top.index("│")
    assert text.index("Verbinder") < text.index("┼") < text.index("Scharrelaar")
    assert re.search(r"• Leraar  Blauw", text)
    assert "Koester deze plek." in text


def test_four_fields_stand_under_one_another_when_it_is_narrow() -> None:
    rows = drawn(fields(), 50, ["Verbinder", "Half"])
    assert "Voet binnen: ja · Voet buiten: ja" in rows[0]
    assert all("│" not in row for row in rows)


def test_counts_have_a_number_behind_each_bar() -> None:
    tallies = (CountTally(Option("a", "Lesbezoek"), 4), CountTally(Option("b", "Boek"), 0))
    one, none = drawn(CountsChart(tallies, ACCENT))
    assert re.fullmatch(r"   Lesbezoek  ▆+ 4", one)
    assert none.split() == ["Boek", "·"]


@pytest.mark.parametrize(
    ("names", "width", "expected"),
    [
        (["Blauw", "Rood"], 8, ["Blauw", "Rood"]),
        (["Team 1", "Team 12"], 3, ["1", "12"]),
        (["Blauw", "Bladgroen"], 3, ["Bla", "Bln"]),
        (["Onderbouw A", "Onderbouw B"], 3, ["A", "B"]),
        (["De Vliegers", "Vlieger"], 3, ["De", "Vli"]),
        (["Team"], 3, ["Tea"]),
        ([], 3, []),
    ],
)
def test_short_names_still_differ(names: list[str], width: int, expected: list[str]) -> None:
    assert short_names(names, width) == expected


def test_forty_names_that_begin_alike_stay_apart() -> None:
    short = short_names([f"Bovenbouw{n}" for n in range(40)], 3)
    assert len(set(short)) == 40
    assert all(cell_len(name) <= 3 for name in short)


class ChartApp(App[None]):
    """Holds nothing but a chart: a widget is tested here, and no screen."""

    def __init__(self, chart: Drawable, lines: Sequence[str]) -> None:
        super().__init__()
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name
        self.taken: list[int | None] = []
        shown = Takeables(("q", ""), tuple(lines), (False,) * len(lines), chart)
        self.section = Section("q", "Vraag", shown, (), "")
        self.chart = AnswerBoard(ACCENT)

    def compose(self) -> ComposeResult:
        yield self.chart

    def on_mount(self) -> None:
        self.chart.show("", [self.section])

    def on_answer_board_take_over(self, event: AnswerBoard.TakeOver) -> None:
        self.taken.append(event.index)


@pytest.mark.parametrize("number", range(len(CHARTS)))
async def test_a_chart_is_a_widget_that_can_be_walked_and_taken_from(number: int) -> None:
    chart, lines = CHARTS[number]
    app = ChartApp(chart, lines)
    async with app.run_test(size=(80, 60)) as pilot:
        app.chart.focus()
        await pilot.press("enter", "O", "o")
        assert app.taken == ([0, None, 0] if lines else [])
        await pilot.press("down")
        assert app.chart.line == min(1, max(len(lines) - 1, 0))
        app.theme = LIGHT.name
        await pilot.pause()


async def test_a_click_in_the_gutter_takes_a_line_and_two_clicks_anywhere_do() -> None:
    chart = scale({"Kennis": (1, 2), "Doen": (3, 4)})
    app = ChartApp(chart, ["Kennis gemiddeld 1,5", "Doen gemiddeld 3,5"])
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.click(AnswerBoard, offset=(4, 7))
        assert app.taken == [1]
        await pilot.click(AnswerBoard, offset=(22, 4))
        assert (app.taken, app.chart.line) == ([1], 0)
        await pilot.click(AnswerBoard, offset=(22, 7), times=2)
        assert app.taken == [1, 1]
