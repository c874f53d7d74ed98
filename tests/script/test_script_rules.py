from typing import Any

import pytest

from script_small import (
    GONE,
    KERN,
    MOMENT,
    OOGST,
    STELLINGEN,
    TABEL,
    VERDELING,
    WAAROM,
    WENSEN,
    Way,
    at,
    changed,
    faults_of,
    small,
)
from sleutelworkshop.script.loader import build_script

KERN_PLACE = 'parts 2 "kern"'
WAAROM_PLACE = f'{KERN_PLACE} › steps 1 "waarom"'
HOE_PLACE = f'{KERN_PLACE} › steps 2 "hoe"'
TABEL_PLACE = f'{KERN_PLACE} › steps 3 "wat" › questions 1 "onderwerpen"'
OOGST_PLACE = f'{KERN_PLACE} › steps 4 "oogst"'
OPTION: dict[str, Any] = {"id": "een", "title": "Eén"}


CASES: list[tuple[Way, object, str]] = [
    # named twice
    (("parts", 2, "id"), "kern", 'parts 3 "kern": De naam “kern” is al gebruikt: parts 2 "kern". Kies een'),
    ((*KERN, 4, "id"), "welkom", f'{KERN_PLACE} › steps 5 "welkom": De naam “welkom” is al gebruikt: parts 1'),
    ((*WENSEN, "labels", 1, "id"), "klas", 'questions 2 "wensen" › labels 2 "klas": De naam “klas” is al gebruikt'),
    ((*VERDELING, "options", 2, "id"), "samen", 'options 3 "samen": De naam “samen” is al gebruikt'),
    ((*MOMENT, "options", 1, "id"), "ochtend", 'questions 3 "moment" › options 2 "ochtend": De naam “ochtend” is al'),
    ((*STELLINGEN, "statements", 1, "id"), "tijd", 'statements 2 "tijd": De naam “tijd” is al gebruikt'),
    ((*TABEL, "columns", 1, "id"), "onderwerp", f'{TABEL_PLACE} › columns 2 "onderwerp": De naam “onderwerp” is al'),
    ((*TABEL, "columns", 1, "options", 1, "id"), "allen", 'columns 2 "wie" › options 2 "allen": De naam “allen” is al'),
    (("components", 2, "questions"), ["onderwerpen"] * 2, 'components 3 "inhoud" › questions 2: De naam “onderwerpen”'),
    # the language
    (
        ("language",),
        "Nederlands",
        "language: “Nederlands” is geen code van een taal. Gebruik een code van twee",
    ),
    (("language",), "n", 'language = "nl"'),
    (("language",), "NL_be", 'language = "nl-BE"'),
    (("language",), "nl-BE-1", "language: "),
    # time
    (
        (*WAAROM, "minimum"),
        9,
        f"{WAAROM_PLACE} › minimum: De kleinste tijd (9) is langer dan de geplande tijd (5). Maak minimum 5 of lager.",
    ),
    # components and harvests
    (
        ("components", 0, "questions"),
        ["warom"],
        'components 1 "doel" › questions: De vraag “warom” is er niet. Bedoel je waarom?',
    ),
    (("components", 0, "questions"), ["zzz"], "De vraag “zzz” is er niet. Kies uit: waarom, wensen, verdeling"),
    (("components", 0, "questions"), [], 'components 1 "doel" › questions: Bij deze bouwsteen hoort nog geen vraag.'),
    (
        (*OOGST, "agrees"),
        ["doel", "aanpak"],
        'components 3 "inhoud": Geen enkele oogst spreekt deze bouwsteen af. Zet “inhoud”',
    ),
    (
        (*OOGST, "agrees"),
        ["doel", "aanpak", "inhoud", "doel"],
        'components 1 "doel": Deze bouwsteen wordt meer dan eens afgesproken: oogst, oogst.',
    ),
    (
        (*OOGST, "agrees"),
        ["doel", "aanpak", "inhoud", "weg"],
        f"{OOGST_PLACE} › agrees: De bouwsteen “weg” is er niet. Kies uit: doel, aanpak, inhoud.",
    ),
    ((*WAAROM, "agrees"), ["doel"], f"{WAAROM_PLACE} › agrees: Alleen een oogst kan bouwstenen afspreken."),
    # steps and parts
    (
        (*OOGST, "questions"),
        [{"id": "nog", "kind": "text", "prompt": "?"}],
        f"{OOGST_PLACE} › questions: Alleen een oefening kan vragen hebben.",
    ),
    (("parts", 0, "steps"), [], 'parts 1 "opening": Dit onderdeel heeft geen stappen. Voeg een stap toe'),
    # questions
    ((*WENSEN, "labels"), [OPTION], "labels: Hier valt niets te kiezen. Geef minstens twee mogelijkheden."),
    ((*VERDELING, "options"), [OPTION], f'{HOE_PLACE} › questions 1 "verdeling" › options: Hier valt niets te kiezen.'),
    ((*MOMENT, "options"), [], 'questions 3 "moment" › options: Hier valt niets te kiezen.'),
    ((*TABEL, "columns", 1, "options"), [], f'{TABEL_PLACE} › columns 2 "wie" › options: Hier valt niets te kiezen.'),
    ((*STELLINGEN, "statements"), [], "statements: Deze schaal heeft geen stellingen. Geef minstens één stelling."),
    ((*TABEL, "columns", 0, "kind"), "yes-no", f'{TABEL_PLACE} › columns 1 "onderwerp": De eerste kolom geeft een rij'),
    (
        (*TABEL, "four_fields", "across"),
        "nodg",
        f"{TABEL_PLACE} › four_fields › across: De kolom “nodg” is er niet. Bedoel je nodig?",
    ),
    (
        (*TABEL, "four_fields", "up"),
        "wie",
        f"{TABEL_PLACE} › four_fields › up: De kolom “wie” is geen kolom met ja of nee. Kies uit: nodig, leuk.",
    ),
    (
        (*TABEL, "four_fields", "up"),
        "nodig",
        f"{TABEL_PLACE} › four_fields › up: De vier velden gebruiken twee keer dezelfde kolom.",
    ),
]


@pytest.mark.parametrize(("way", "value", "told"), CASES, ids=[told for *_, told in CASES])
def test_each_fault_of_meaning_is_told_at_its_place(way: Way, value: object, told: str) -> None:
    (fault,) = faults_of(changed((way, value)))
    assert told in str(fault)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            [(("components", 1, "id"), "doel"), ((*OOGST, "agrees"), ["doel", "inhoud"])],
            ['components 2 "doel": De naam “doel” is al gebruikt: components 1 "doel".'],
        ),
        (
            [((*WENSEN, "id"), "waarom"), (("components", 0, "questions"), ["waarom"])],
            [f'{WAAROM_PLACE} › questions 2 "waarom": De naam “waarom” is al gebruikt: {WAAROM_PLACE} › questions 1'],
        ),
        (
            [((*OOGST, "agrees"), GONE)],
            [f"{OOGST_PLACE}: Deze oogst spreekt geen enkele bouwsteen af.", "Geen enkele oogst", "Geen", "Geen"],
        ),
        (
            [((*KERN, 2, "questions"), [])],
            [f'{KERN_PLACE} › steps 3 "wat": Deze oefening heeft geen vraag.', "De vraag “onderwerpen” is er niet."],
        ),
        (
            [((*TABEL, "columns"), []), ((*TABEL, "four_fields"), GONE)],
            [f"{TABEL_PLACE} › columns: Deze tabel heeft geen kolommen. Geef minstens één kolom met tekst."],
        ),
        (
            [(("parts",), []), (("components",), [])],
            ["parts: Dit draaiboek heeft geen onderdelen. Voeg toe: [[parts]]"],
        ),
        (
            [((*KERN,), [])],
            [
                f"{KERN_PLACE}: Dit onderdeel heeft geen stappen.",
                "parts: Dit draaiboek heeft geen enkele oefening",
                "parts: Dit draaiboek heeft geen enkele oogst",
                *["is er niet. Voeg die vraag toe aan een oefening."] * 6,
            ],
        ),
        ([(OOGST, GONE)], ["parts: Dit draaiboek heeft geen enkele oogst, dus er wordt niets afgesproken."]),
    ],
)
def test_what_goes_together_is_told_once_each(changes: list[tuple[Way, object]], told: list[str]) -> None:
    faults = faults_of(changed(*changes))
    assert len(faults) == len(told)
    for fault, words in zip(faults, told, strict=True):
        assert words in str(fault)


def test_a_harvest_stands_after_the_questions_it_needs() -> None:
    data = small()
    steps = at(data, KERN)
    steps.insert(1, steps.pop(3))
    assert [str(fault) for fault in faults_of(data)] == [
        f'{KERN_PLACE} › steps 2 "oogst" › agrees: De bouwsteen “{component}” wordt hier afgesproken, '
        f"maar stap “{step}” stelt pas later een vraag ervoor. Zet deze oogst na die stap."
        for component, step in [("aanpak", "hoe"), ("aanpak", "hoe"), ("aanpak", "hoe"), ("inhoud", "wat")]
    ]


def test_two_harvests_may_not_agree_on_the_same() -> None:
    data = small()
    at(data, KERN).append({**at(data, OOGST), "id": "nog-een-oogst", "agrees": ["doel"]})
    (fault,) = faults_of(data)
    assert fault.place == 'components 1 "doel"'
    assert fault.problem == "Deze bouwsteen wordt meer dan eens afgesproken: oogst, nog-een-oogst."
    assert fault.remedy == "Laat hem bij één oogst staan."


def test_all_faults_of_meaning_are_told_in_one_go() -> None:
    data = changed(
        ((*WAAROM, "minimum"), 9), ((*STELLINGEN, "statements"), []), ((*OOGST, "agrees"), ["doel", "inhoud"])
    )
    assert len(faults_of(data)) == 3


@pytest.mark.parametrize("language", ["nl", "en", "fry", "nl-BE", "fy-NL"])
def test_a_language_may_have_a_country(language: str) -> None:
    assert build_script(changed((("language",), language)), "klein.toml").language == language


def test_a_session_keeps_a_language_that_an_author_is_told_of() -> None:
    data = changed((("language",), "Nederlands"))
    assert build_script(data, "", in_session=True).language == "Nederlands"
