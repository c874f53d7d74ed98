import contextlib
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from script_small import GONE, KERN, TABEL, VERDELING, WAAROM, WENSEN, Way, changed, faults_of, put, small
from sleutelworkshop.script import loader
from sleutelworkshop.script.faults import ScriptError
from sleutelworkshop.script.loader import build_script
from sleutelworkshop.script.model import Script
from sleutelworkshop.script.shape import comb

WAAROM_PLACE = 'parts 2 "kern" › steps 1 "waarom"'
VERDELING_PLACE = 'parts 2 "kern" › steps 2 "hoe" › questions 1 "verdeling"'
TABEL_PLACE = 'parts 2 "kern" › steps 3 "wat" › questions 1 "onderwerpen"'


CASES: list[tuple[Way, object, str]] = [
    # a name that is not known
    (("titles",), "Klein", "titles: Deze naam is hier niet bekend. Kies uit: id, title, subtitle"),
    ((*WAAROM, "kleur"), 1, f"{WAAROM_PLACE} › kleur: Deze naam is hier niet bekend. Kies uit: id, kind"),
    ((*WAAROM, "agree"), [], f"{WAAROM_PLACE} › agree: Deze naam is hier niet bekend. Bedoel je agrees?"),
    ((*VERDELING, "opties"), [], f"{VERDELING_PLACE} › opties: Deze naam is hier niet bekend."),
    (("parts", 0, "x\x1b[2J\ny"), 1, 'parts 1 "opening" › x[2J y: Deze naam is hier niet bekend.'),
    # what is missing
    (("title",), GONE, 'title: Dit ontbreekt. Voeg toe: title = "…"'),
    (("source",), GONE, "source: Dit ontbreekt. Voeg toe: [source]"),
    (("parts",), GONE, "parts: Dit ontbreekt. Voeg toe: [[parts]]"),
    ((*WAAROM, "minutes"), GONE, f"{WAAROM_PLACE} › minutes: Dit ontbreekt. Voeg toe: minutes = 10"),
    ((*WAAROM, "notes"), GONE, f"{WAAROM_PLACE} › notes: Dit ontbreekt. Voeg toe: [parts.steps.notes]"),
    ((*WAAROM, "kind"), GONE, f"{WAAROM_PLACE} › kind: Dit ontbreekt. Kies uit: explanation, exercise, harvest"),
    ((*WAAROM, "id"), GONE, 'parts 2 "kern" › steps 1 › id: Dit ontbreekt. Voeg toe: id = "…"'),
    (
        (*VERDELING, "options"),
        GONE,
        f"{VERDELING_PLACE} › options: Dit ontbreekt. Voeg toe: [[parts.steps.questions.options]]",
    ),
    (("components", 0, "questions"), GONE, 'questions: Dit ontbreekt. Voeg toe: questions = ["…", "…"]'),
    ((*VERDELING, "kind"), GONE, f"{VERDELING_PLACE} › kind: Dit ontbreekt. Kies uit: text, list, points"),
    # another sort of value
    ((*WAAROM, "minutes"), "tien", f"{WAAROM_PLACE} › minutes: Hier staat een tekst, maar hier hoort een geheel"),
    ((*WAAROM, "minutes"), 2.5, "een getal met een punt, maar hier hoort een geheel getal. Schrijf het zo: minutes"),
    ((*WAAROM, "minutes"), True, "Hier staat true of false, maar hier hoort een geheel getal."),
    ((*WENSEN, "optional"), "ja", "maar hier hoort true of false. Schrijf het zo: optional = true"),
    ((*WENSEN, "labels"), "ja", "maar hier hoort een lijst. Schrijf het zo: [[parts.steps.questions.labels]]"),
    ((*WENSEN, "labels", 0), 3, "labels 1: Hier staat een geheel getal, maar hier hoort een blok. Schrijf het zo: [["),
    (("title",), 3, 'title: Hier staat een geheel getal, maar hier hoort een tekst. Schrijf het zo: title = "…"'),
    (("source", "more"), ["a", 3], "source › more 2: Hier staat een geheel getal, maar hier hoort een tekst. Schrijf"),
    (("source",), [], "source: Hier staat een lijst, maar hier hoort een blok. Schrijf het zo: [source]"),
    (("parts",), {}, "parts: Hier staat een blok, maar hier hoort een lijst. Schrijf het zo: [[parts]]"),
    ((*TABEL, "four_fields"), 1, f"{TABEL_PLACE} › four_fields: Hier staat een geheel getal, maar hier hoort een blok"),
    ((*TABEL, "columns", 0), "tekst", "columns 1: Hier staat een tekst, maar hier hoort een blok. Schrijf het zo: [["),
    ((*WAAROM, "kind"), 1, "kind: Hier staat een geheel getal, maar hier hoort een tekst."),
    ((*VERDELING, "kind"), 1, f"{VERDELING_PLACE} › kind: Hier staat een geheel getal, maar hier hoort een tekst."),
    (("title",), None, "title: Hier staat iets anders, maar hier hoort een tekst."),
    # numbers out of bounds
    (
        (*VERDELING, "budget"),
        0,
        f"{VERDELING_PLACE} › budget: 0 is te klein. Kies een geheel getal van 1 tot en met 100.",
    ),
    ((*VERDELING, "budget"), 101, f"{VERDELING_PLACE} › budget: 101 is te groot. Kies een geheel getal van 1 tot en"),
    ((*WAAROM, "minutes"), -3, f"{WAAROM_PLACE} › minutes: -3 is te klein."),
    ((*WAAROM, "minutes"), 16**9999, f"{WAAROM_PLACE} › minutes: Dit getal is te groot."),
    (("parts", 1, "accent"), 5, 'parts 2 "kern" › accent: 5 is te groot. Kies een geheel getal van 0 tot en met 4.'),
    # texts
    (("title",), " \n\x00", "title: Deze tekst is leeg. Vul hem in."),
    (("title",), "a" * 201, "title: Deze tekst is te lang: 201 tekens, er passen er 200. Kort hem in."),
    (
        (*WAAROM, "prompt"),
        "a" * 5001,
        f"{WAAROM_PLACE} › prompt: Deze tekst is te lang: 5001 tekens, er passen er 5000.",
    ),
    (("source", "more", 0), "a" * 5001, "source › more 1: Deze tekst is te lang"),
    (("id",), "", "id: Deze naam is leeg. Gebruik kleine letters, cijfers en losse streepjes"),
    (
        ("id",),
        "Één Mooie_naam!",
        "id: “Één Mooie_naam!” kan hier niet als naam. Gebruik kleine letters, cijfers en losse",
    ),
    (("id",), "Één Mooie_naam!", "zoals een-mooie-naam."),
    (("id",), "?", "zoals mijn-stap-2."),
    (("id",), "a" * 61, "id: Deze tekst is te lang: 61 tekens, er passen er 60."),
    # names out of a fixed row
    (
        (*WAAROM, "kind"),
        "oefening",
        f"{WAAROM_PLACE} › kind: “oefening” is hier niet bekend. Kies uit: explanation, ex",
    ),
    (
        (*VERDELING, "kind"),
        "punten",
        f"{VERDELING_PLACE} › kind: “punten” is hier niet bekend. Kies uit: text, list, p",
    ),
    (
        (*TABEL, "columns", 0, "kind"),
        "",
        'columns 1 "onderwerp" › kind: Deze naam is leeg. Kies uit: text, choice, yes-no.',
    ),
]


@pytest.mark.parametrize(("way", "value", "told"), CASES, ids=[told for *_, told in CASES])
def test_each_fault_of_shape_is_told_at_its_place(way: Way, value: object, told: str) -> None:
    (fault,) = faults_of(changed((way, value)))
    assert told in str(fault)


def test_a_slip_in_a_name_is_one_fault_and_not_also_a_missing_one() -> None:
    data = changed(((*WAAROM, "minutes"), GONE), ((*WAAROM, "minuten"), 5))
    assert [str(fault) for fault in faults_of(data)] == [
        f"{WAAROM_PLACE} › minuten: Deze naam is hier niet bekend. Bedoel je minutes?"
    ]


def test_every_fault_is_told_in_one_go_and_meaning_waits_for_shape() -> None:
    data = changed(
        (("title",), 1),
        (("components",), []),  # a fault of meaning
        ((*WAAROM, "minutes"), 0),
        ((*WAAROM, "soort"), "x"),
        ((*VERDELING, "budget"), 0),
        ((*VERDELING, "options", 1, "id"), "Niet Goed"),
        ((*TABEL, "four_fields", "both", "title"), ""),
        (("parts", 2, "steps", 0, "kind"), "stemming"),
    )
    assert [fault.place for fault in faults_of(data)] == [
        "title",
        f"{WAAROM_PLACE} › soort",
        f"{WAAROM_PLACE} › minutes",
        f"{VERDELING_PLACE} › budget",
        f'{VERDELING_PLACE} › options 2 "Niet Goed" › id',
        f"{TABEL_PLACE} › four_fields › both › title",
        'parts 3 "afsluiting" › steps 1 "instemming" › kind',
    ]


@pytest.mark.parametrize("hostile", ["\x1b[2J\x1b]52;c;YQ==\x07", "\u202e[red]\x00", "x" * 10_000, "\ud800", "a\nb"])
def test_what_is_wrong_in_a_file_is_never_repeated_raw(hostile: str) -> None:
    data = changed((("parts", 0, "id"), hostile), ((*KERN, 0, "kind"), hostile), ((hostile,), 1))
    for line in (str(fault) for fault in faults_of(data)):
        assert line.isprintable()
        assert "\u202e" not in line
        assert len(line) < 400


def test_texts_pass_the_gate() -> None:
    data = changed(
        (("title",), "  Klein\r\n begin\x1b[2J "),
        ((*WAAROM, "prompt"), "\n  Eerst\tdit.\r\nDan e\u0301\x00\u202edat.\n\n"),
        ((*WAAROM, "kind"), " exercise "),
        (("id",), " klein\n"),
    )
    script = build_script(data, "klein.toml")
    assert script.title == "Klein begin[2J"
    assert script.step("waarom").prompt == "Eerst    dit.\nDan \u00e9dat."
    assert script.id == "klein"


class Wider(msgspec.Struct):
    share: float
    few: Annotated[int, msgspec.Meta(lt=3)]


def test_what_the_walk_does_not_know_is_left_to_msgspec(monkeypatch: pytest.MonkeyPatch) -> None:
    assert comb({"share": "half", "few": 4}, Wider) == ({"share": "half", "few": 4}, ())
    monkeypatch.setattr(loader, "comb", lambda data, _model: (data, ()))
    (fault,) = faults_of(changed((("title",), 1)))
    assert str(fault) == "Dit past niet in een draaiboek. Expected `str`, got `int` - at `$.title`"


# Any data at all

_values = st.recursive(
    st.one_of(
        st.text(max_size=8),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.datetimes(),
        st.dates(),
        st.times(),
        st.none(),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=12,
)
_keys = st.sampled_from(
    ["id", "kind", "title", "parts", "steps", "questions", "options", "columns", "minutes", "notes"]
)


def _ways(data: Any, way: Way = ()) -> list[Way]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [w for key, value in inner for w in ((*way, key), *_ways(value, (*way, key)))]


_WAYS = _ways(small())
_changes = st.lists(st.tuples(st.sampled_from(_WAYS), st.one_of(st.just(GONE), _values)), min_size=1, max_size=3)


def _apply(changes: list[tuple[Way, object]]) -> dict[str, Any]:
    data = small()
    for way, value in changes:
        with contextlib.suppress(KeyError, IndexError, TypeError):  # an earlier change took the way to it
            put(data, way, value)
    return data


@given(st.dictionaries(st.one_of(_keys, st.text(max_size=8)), _values, max_size=6))
def test_any_data_is_a_script_or_a_script_error(data: dict[str, Any]) -> None:
    with pytest.raises(ScriptError) as told:
        build_script(data, "wat.toml")
    assert all(fault.problem and fault.remedy for fault in told.value.faults)
    assert str(told.value)


@given(_changes)
def test_the_walk_judges_as_msgspec_does(changes: list[tuple[Way, object]]) -> None:
    combed, faults = comb(_apply(changes), Script)
    try:
        msgspec.convert(combed, Script)
    except msgspec.ValidationError:
        assert faults
    else:
        assert not faults


@given(_changes)
def test_a_changed_script_is_a_script_or_a_script_error(changes: list[tuple[Way, object]]) -> None:
    with contextlib.suppress(ScriptError):
        assert isinstance(build_script(_apply(changes), "klein.toml"), Script)
