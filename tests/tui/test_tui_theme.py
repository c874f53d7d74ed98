"""Both themes are readable: text 4.5:1 against what it stands on, the countdown 7:1 (WCAG 2.2, 1.4.3 and 1.4.6)."""

import pytest
from textual.color import Color
from textual.theme import Theme

from sleutelworkshop.session.timing import Urgency
from sleutelworkshop.tui.theme import THEMES

BACKGROUNDS = ("background", "surface", "panel")
TEXTS = ("foreground", "primary", "secondary", "success", "warning", "error", "quiet")
PARTS = tuple(f"tip-{number}" for number in range(5))
PAIRS = (  # texts on a ground of their own
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("footer-foreground", "footer-background"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
    ("foreground", "input-selection-background"),
)


def color(theme: Theme, name: str) -> Color:
    variables = theme.to_color_system().generate() | theme.variables
    return Color.parse(variables[name])


def contrast(one: Color, other: Color) -> float:
    """The ratio of two colours' relative luminance, as WCAG 2.2 defines both."""

    def luminance(of: Color) -> float:
        channels = (part / 255 for part in of.rgb)
        r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", BACKGROUNDS)
@pytest.mark.parametrize("text", [*TEXTS, *PARTS])
def test_text_is_readable(theme: Theme, text: str, ground: str) -> None:
    assert contrast(color(theme, text), color(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_on_a_ground_of_its_own_is_readable(theme: Theme, text: str, ground: str) -> None:
    assert contrast(color(theme, text), color(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("part", PARTS)
def test_the_label_of_a_part_is_readable_on_its_colour(theme: Theme, part: str) -> None:
    assert contrast(color(theme, "background"), color(theme, part)) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("urgency", list(Urgency))
def test_the_countdown_is_readable_from_afar(theme: Theme, urgency: Urgency) -> None:
    assert contrast(color(theme, f"time-{urgency}"), color(theme, "background")) >= 7
