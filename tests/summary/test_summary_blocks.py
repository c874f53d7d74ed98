import datetime as dt

from msgspec.structs import replace

from sleutelworkshop.script.model import Script, StepKind, TextQuestion
from sleutelworkshop.session.agreeing import agree, evaluate_on
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import AnswerRef, Session
from sleutelworkshop.session.teams import set_aside
from sleutelworkshop.session.values import PointsValue, ScaleValue, TextValue
from sleutelworkshop.summary import render
from sleutelworkshop.summary.arrangement import document
from sleutelworkshop.summary.blocks import (
    Agreed,
    Bar,
    Bars,
    Block,
    Bullets,
    Document,
    FieldBlock,
    FourFieldsBlock,
    Heading,
    Note,
    Objected,
    Open,
    Paragraph,
    Table,
)

NOW = dt.datetime(2026, 9, 16, 14, 7).astimezone()


def of(session: Session) -> Document:
    return document(session, now=NOW)


def under(session: Session, *headings: str) -> list[Block]:
    """Return the blocks below the headings named, one inside the other."""
    blocks = list(of(session).blocks)
    for title in headings:
        here = next(i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.text == title)
        level = blocks[here].level  # type: ignore[union-attr]
        rest = blocks[here + 1 :]
        ends = [i for i, block in enumerate(rest) if isinstance(block, Heading) and block.level <= level]
        blocks = rest[: ends[0]] if ends else rest
    return blocks


def headings(session: Session, level: int) -> list[str]:
    return [block.text for block in of(session).blocks if isinstance(block, Heading) and block.level == level]


def test_the_head_says_what_whose_and_when(done: Session) -> None:
    head = of(done)
    assert (head.title, head.subtitle, head.language) == ("Ons leerarrangement", "Klein begin", "nl")
    assert [(detail.label, detail.value) for detail in head.details] == [
        ("Organisatie", "Voorbeeldschool"),
        ("Datum", "woensdag 16 september 2026"),
        ("Begeleider", "Marit"),
        ("Teams", "Blauw, Rood, Geel, Groen (doet even niet mee)"),
        ("Casus vooraf", "Leren leren"),
    ]


def test_the_foot_names_the_source_and_the_moment(done: Session) -> None:
    assert of(done).foot == (
        "Bron: A. Schrijver, Klein begonnen. https://example.org/klein",
        "Gemaakt op woensdag 16 september 2026 om 14:07 met sleutelworkshop.",
    )


def test_the_page_follows_the_components_of_the_script(done: Session) -> None:
    assert headings(done, 1) == [
        *("Bedoeling", "Aanpak", "Inhoud"),
        *("Acties", "Evaluatie", "Bijlage: alle antwoorden"),
    ]


def test_a_finished_workshop_has_nothing_open(done: Session) -> None:
    assert not [block for block in of(done).blocks if isinstance(block, Open)]


def test_an_agreement_says_from_which_teams_it_came_and_who_consents(done: Session) -> None:
    assert under(done, "Bedoeling")[0] == Agreed(
        "Kinderen en leraren kunnen zelf verder.",
        ("Blauw", "Rood"),
        "Uit de antwoorden van Blauw en Rood.",
        "Met instemming van de groep.",
        consented=True,
    )


def test_an_agreement_from_all_teams_or_from_none_says_so(done: Session) -> None:
    everyone, nobody = under(done, "Aanpak")[0], under(done, "Inhoud")[0]
    assert isinstance(everyone, Agreed)
    assert isinstance(nobody, Agreed)
    assert everyone.origin == "Uit de antwoorden van alle teams."
    assert nobody.origin == "Samen verwoord in het gesprek."


def test_an_objection_shows_the_words_before_and_what_became_of_it(done: Session) -> None:
    assert under(done, "Bedoeling")[1] == Objected(
        "Bezwaar van Geel",
        "Waar blijven wij zelf?",
        "Er stond: Kinderen kunnen zelf verder.",
        "Wat ermee gedaan is: De leraren staan er nu ook in.",
        is_open=False,
    )


def test_an_objection_to_words_that_still_stand_does_not_repeat_them(half: Session) -> None:
    assert under(half, "Bedoeling")[1] == Objected(
        "Bezwaar van Geel", "En voor onszelf dan?", "", "Nog niet afgehandeld.", is_open=True
    )


def test_points_are_drawn_with_the_least_and_the_most_of_a_team(done: Session) -> None:
    assert under(done, "Aanpak")[1] == Bars(
        "Verdeel tien punten.",
        (
            Bar("Samen", 9, 9, "9 (1–6)"),
            Bar("Alleen", 5, 9, "5 (0–4)"),
            Bar("Met hulp van buiten", 8, 9, "8 (0–8)"),
        ),
        "punten van 3 teams samen; tussen haakjes het minste en het meeste van één team",
    )


def test_choices_are_counted(done: Session) -> None:
    assert under(done, "Aanpak")[2] == Bars(
        "Wanneer past het?", (Bar("In de ochtend", 1, 2, "1"), Bar("In de middag", 2, 2, "2")), "keuzes van 2 teams"
    )


def test_marks_are_drawn_as_means_with_their_spread(done: Session) -> None:
    assert under(done, "Aanpak")[3] == Bars(
        "Hoe is het nu bij jullie?",
        (
            Bar("Er is tijd om te leren.", 3.5, 5, "3,5 (2–5)", 2, 5),
            Bar("Er is rust om te leren.", 5, 5, "5,0 (5–5)", 5, 5),
        ),
        "gemiddelde van 2 teams; 1 = Helemaal niet, 5 = Helemaal wel; tussen haakjes het laagste en het hoogste cijfer",
    )


def test_rows_stand_in_their_four_fields_with_the_teams_that_named_them(done: Session) -> None:
    assert under(done, "Inhoud")[1] == FourFieldsBlock(
        "Welke onderwerpen zijn er?",
        across="Nodig",
        up="Leuk",
        both=FieldBlock("Doen", ("Plannen (Blauw en Rood)",), "Begin hiermee."),
        only_across=FieldBlock("Aanmoedigen", ("Toetsen (Blauw)",), "Maak het aantrekkelijk."),
        only_up=FieldBlock("Bewaren", ("Taart bakken (Rood)",), "Bewaar het voor later."),
        neither=FieldBlock("Laten", ("Vergaderen (Rood)",), "Laat het los."),
    )


def test_a_question_that_feeds_two_components_is_drawn_once(script: Script, done: Session) -> None:
    first, *others = script.components
    twice = replace(script, components=(replace(first, questions=("waarom", "verdeling")), *others))
    drawn = [block.title for block in of(replace(done, script=twice)).blocks if isinstance(block, Bars) and block.title]
    assert drawn.count("Verdeel tien punten.") == 1


def test_actions_stand_in_order_of_time_and_then_the_evaluation(done: Session) -> None:
    assert under(done, "Acties") == [
        Table(
            ("Wie", "Wat", "Klaar op"),
            (
                ("De directie", "Tijd vrijmaken", "vr 25 sep 2026"),
                ("Marieke", "Eerste bijeenkomst plannen", "vr 2 okt 2026"),
                ("Jan", "Lokaal zoeken", "geen datum"),
            ),
        )
    ]
    assert under(done, "Evaluatie") == [Paragraph("We kijken samen terug op woensdag 13 januari 2027.")]


def test_a_workshop_half_way_says_at_the_top_and_by_name_what_is_missing(half: Session) -> None:
    assert of(half).blocks[0] == Open(
        "Deze workshop is nog niet af: over 2 van de 3 bouwstenen is nog niets afgesproken, "
        "met 1 afspraak is nog niet ingestemd, er staat 1 bezwaar open, er zijn nog geen acties "
        "en er is nog geen datum voor de evaluatie."
    )
    assert under(half, "Wat nog openstaat") == [
        Bullets(
            (
                "Aanpak: nog niets over afgesproken.",
                "Inhoud: nog niets over afgesproken.",
                "Bedoeling: nog geen instemming.",
                "Bedoeling: een bezwaar staat nog open.",
                "Acties: nog niemand heeft iets op zich genomen.",
                "Evaluatie: nog geen datum.",
            )
        )
    ]


def test_a_component_with_answers_and_no_agreement_shows_both_facts(half: Session) -> None:
    nothing_agreed, bars = under(half, "Aanpak")
    assert nothing_agreed == Open("Hierover is nog niets afgesproken.")
    assert isinstance(bars, Bars)
    assert bars.unit == "punten van 1 team"


def test_an_empty_session_is_one_sensible_page(empty: Session) -> None:
    assert of(empty).blocks == (
        Open(
            "Deze workshop is nog niet begonnen. Hier komt te staan wat jullie afspreken: Bedoeling, Aanpak en Inhoud."
        ),
    )


def test_what_was_forgotten_in_a_finished_workshop_is_said(done: Session) -> None:
    assert of(evaluate_on(done, None)).blocks[0] == Open(
        "Nog niet alles is rond: er is nog geen datum voor de evaluatie."
    )


def test_a_workshop_that_only_was_not_closed_says_that(done: Session) -> None:
    assert of(replace(done, finished_at=None)).blocks[0] == Open(
        "Deze workshop is nog niet afgesloten. De afspraken zijn rond."
    )


def test_what_the_script_does_not_ask_for_is_not_missing(script: Script, half: Session) -> None:
    short = replace(script, parts=script.parts[:-1])
    assert {step.kind for step in short.steps()}.isdisjoint({StepKind.CONSENT, StepKind.ACTIONS})
    session = replace(half, script=short, objections=())
    assert of(session).blocks[0] == Open(
        "Deze workshop is nog niet af: over 2 van de 3 bouwstenen is nog niets afgesproken."
    )
    agreed = under(session, "Bedoeling")[0]
    assert isinstance(agreed, Agreed)
    assert agreed.consent == ""


def test_the_appendix_holds_all_teams_also_those_set_aside(done: Session) -> None:
    assert headings(done, 2) == ["Blauw", "Rood", "Geel", "Groen (doet even niet mee)"]
    assert under(done, "Bijlage: alle antwoorden", "Geel") == [Note("Van dit team zijn er geen antwoorden.")]


def test_the_appendix_holds_every_kind_of_answer(done: Session) -> None:
    blue = under(done, "Bijlage: alle antwoorden", "Blauw")
    assert [block.text for block in blue if isinstance(block, Heading)] == [
        question.prompt for question in done.script.questions()
    ]
    answers = [block for block in blue if not isinstance(block, Heading)]
    assert answers == [
        Paragraph("Zodat kinderen zelf verder kunnen.\n\nEn wij ook."),
        Bullets(("Rust (De klas)", "Vertrouwen")),
        Bars("", (Bar("Samen", 6, 10, "6"), Bar("Alleen", 4, 10, "4"))),
        Bars(
            "",
            (Bar("Er is tijd om te leren.", 2, 5, "2"), Bar("Er is rust om te leren.", 5, 5, "5")),
            "1 = Helemaal niet, 5 = Helemaal wel",
        ),
        Bullets(("In de ochtend", "In de middag")),
        Table(
            ("Onderwerp", "Voor wie", "Nodig?", "Leuk?", "Veld"),
            (
                ("Plannen", "Iedereen", "ja", "ja", "Doen"),
                ("Toetsen", "Wie net begint", "ja", "nee", "Aanmoedigen"),
                ("Lezen", "", "", "", ""),
            ),
        ),
    ]


def test_the_appendix_says_how_much_was_left_open(done: Session) -> None:
    green = under(done, "Bijlage: alle antwoorden", "Groen (doet even niet mee)")
    bars = green[1]
    assert isinstance(bars, Bars)
    assert bars.unit == "2 van de 10 punten verdeeld"
    assert green[-1] == Note("5 vragen zijn niet beantwoord.")


def test_one_team_is_no_spread(empty: Session) -> None:
    session = answer(empty, "t1", "verdeling", PointsValue({"samen": 10}), NOW)
    session = answer(session, "t1", "stellingen", ScaleValue({"tijd": 4}), NOW)
    points, marks = (block for block in under(session, "Aanpak") if isinstance(block, Bars))
    assert [bar.figure for bar in points.rows] == ["10", "0", "0"]
    assert [bar.figure for bar in marks.rows] == ["4,0", "–"]
    assert marks.unit == "1 = Helemaal niet, 5 = Helemaal wel"


def test_an_agreement_keeps_its_source_when_that_team_is_set_aside(half: Session) -> None:
    session = set_aside(agree(half, "aanpak", "Samen", [AnswerRef("t2", "verdeling")], NOW), "t2")
    agreed = under(session, "Aanpak")[0]
    assert isinstance(agreed, Agreed)
    assert agreed.origin == "Uit het antwoord van Rood."


def test_every_agreement_and_answer_is_in_the_document(done: Session) -> None:
    said = str(of(done))
    for agreement in done.agreements.values():
        assert repr(agreement.text)[1:-1] in said
    for team in ("Zodat kinderen zelf", "Rust", "Taart bakken", "Vergaderen", "In de ochtend"):
        assert team in said


def test_what_is_half_typed_is_told_to_be_a_draft(half: Session) -> None:
    component = half.script.components[0]
    team = half.teams[0].id
    session = agree(half, component.id, "Half getypt", [], NOW, draft=True)
    question = next(question for question in half.script.questions() if isinstance(question, TextQuestion))
    session = answer(session, team, question.id, TextValue("Nog bezig"), NOW, draft=True)
    told = " ".join(render(session, "text", now=NOW).split())
    assert f"{component.title}: de tekst is nog een concept." in told
    assert told.count("Dit is nog een concept") == 1
