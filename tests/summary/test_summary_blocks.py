import datetime as dt

from msgspec.structs import replace

from sleutelworkshop.script.model import Option, PointsQuestion, Script, StepKind, TextQuestion
from sleutelworkshop.session.agreeing import agree, evaluate_on
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import AnswerRef, Session
from sleutelworkshop.session.teams import set_aside
from sleutelworkshop.session.values import PointsValue, ScaleValue, TextValue
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
    Said,
    Signatures,
    Table,
)

TIP = "Tip 1: Eerst waarom, dan hoe en wat"

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
    ]
    assert under(done, TIP)[0] == Note("Casus vooraf: Leren leren")


def test_what_is_known_beforehand_stands_at_the_head_until_something_is_agreed(done: Session) -> None:
    head = of(replace(done, agreements={}))
    assert head.details[-1].value == "Leren leren"
    assert "Casus vooraf" not in str(head.rest)


def test_the_foot_names_the_source_and_the_moment(done: Session) -> None:
    assert of(done).foot == (
        "Bron: A. Schrijver, Klein begonnen. https://example.org/klein",
        "Gemaakt op woensdag 16 september 2026 om 14:07 met sleutelworkshop.",
    )


def test_the_page_follows_the_components_of_the_script(done: Session) -> None:
    assert headings(done, 1) == [
        *("Bedoeling", "Aanpak", "Inhoud"),
        *("Acties en evaluatie", "Instemming", "Ondertekening"),
        *(TIP, "Wat er veranderde bij de instemming", "Tijden"),
    ]
    assert [block.accent for block in of(done).page if isinstance(block, Heading)] == [1, 1, 1, 0, 0, 0]


def test_a_finished_workshop_has_nothing_open(done: Session) -> None:
    assert not [block for block in of(done).blocks if isinstance(block, Open)]


def test_an_agreement_says_from_which_teams_it_came_and_who_consents(done: Session) -> None:
    assert under(done, "Bedoeling")[0] == Agreed(
        "Kinderen en leraren kunnen zelf verder.",
        ("Blauw", "Rood"),
        "Uit de antwoorden van Blauw en Rood.",
        "Bron: Blauw, Rood.",
        "Ingestemd.",
        consented=True,
    )


def test_an_agreement_from_all_teams_or_from_none_says_so(done: Session) -> None:
    everyone, nobody = under(done, "Aanpak")[0], under(done, "Inhoud")[0]
    assert isinstance(everyone, Agreed)
    assert isinstance(nobody, Agreed)
    assert everyone.origin == "Uit de antwoorden van alle teams."
    assert nobody.origin == "Samen verwoord in het gesprek."


def test_an_objection_and_what_became_of_it_stand_with_the_consent(done: Session) -> None:
    said, objection = under(done, "Instemming")
    assert objection == Objected(
        "Bezwaar van Geel bij Bedoeling",
        "Waar blijven wij zelf?",
        "Wat ermee gedaan is: De leraren staan er nu ook in.",
        is_open=False,
    )
    assert said == Paragraph(
        "De teams Blauw, Rood en Geel stemmen in met alle bouwstenen. "
        "Afgesproken op woensdag 16 september 2026, om 14:07."
    )


def test_consent_to_a_part_names_that_part(done: Session) -> None:
    session = replace(done, consents={"doel": NOW, "aanpak": NOW})
    said = under(session, "Instemming")[0]
    assert isinstance(said, Paragraph)
    assert "stemmen in met Bedoeling en Aanpak." in said.text


def test_the_words_before_an_objection_are_kept_where_it_was_discussed(done: Session) -> None:
    assert under(done, TIP, "Bedoeling: wat er eerst stond") == [
        Note("Tot Geel bezwaar maakte:"),
        Paragraph("Kinderen kunnen zelf verder."),
    ]


def test_an_objection_to_words_that_still_stand_does_not_repeat_them(half: Session) -> None:
    assert under(half, "Instemming") == [
        Objected("Bezwaar van Geel bij Bedoeling", "En voor onszelf dan?", "Nog niet afgehandeld.", is_open=True)
    ]
    assert "wat er eerst stond" not in str(of(half))


def test_there_are_lines_to_sign_once_something_is_agreed(done: Session, half: Session) -> None:
    assert under(done, "Ondertekening") == [Signatures(("Namens de school", "Namens de teams", "Begeleider: Marit"))]
    assert "Ondertekening" not in headings(replace(half, agreements={}), 1)


def test_points_are_drawn_with_the_least_and_the_most_of_a_team(done: Session) -> None:
    assert under(done, "Aanpak")[1] == Bars(
        "Verdeel tien punten.",
        (
            Bar("Samen", 9, 9, "9 (1–6)"),
            Bar("Alleen", 5, 9, "5 (0–4)"),
            Bar("Met hulp van buiten", 8, 9, "8 (0–8)"),
        ),
        "punten van 3 teams samen (minste–meeste van één team)",
    )


def test_choices_are_counted(done: Session) -> None:
    assert under(done, TIP, "Hoe", "Wanneer past het?")[0] == Bars(
        "", (Bar("In de ochtend", 1, 2, "1"), Bar("In de middag", 2, 2, "2")), "keuzes van 2 teams"
    )


def test_marks_are_drawn_as_means_with_their_spread(done: Session) -> None:
    assert under(done, "Aanpak")[2] == Bars(
        "Hoe is het nu bij jullie?",
        (
            Bar("Er is tijd om te leren.", 3.5, 5, "3,5 (2–5)", 2, 5),
            Bar("Er is rust om te leren.", 5, 5, "5,0 (5–5)", 5, 5),
        ),
        "gemiddelde van 2 teams (laagste–hoogste); 1 = Helemaal niet, 5 = Helemaal wel",
    )


def test_rows_stand_in_their_four_fields_with_the_teams_that_named_them(done: Session) -> None:
    assert under(done, TIP, "Wat", "Welke onderwerpen zijn er?")[0] == FourFieldsBlock(
        "",
        across="Nodig",
        up="Leuk",
        both=FieldBlock("Doen", ("Plannen (Blauw en Rood)",), "Begin hiermee."),
        only_across=FieldBlock("Aanmoedigen", ("Toetsen (Blauw)",), "Maak het aantrekkelijk."),
        only_up=FieldBlock("Bewaren", ("Taart bakken (Rood)",), "Bewaar het voor later."),
        neither=FieldBlock("Laten", ("Vergaderen (Rood)",), "Laat het los."),
    )


def test_on_the_wall_the_four_fields_hold_the_names_alone_and_not_too_many(done: Session, crowd: Session) -> None:
    small = under(done, "Inhoud")[1]
    assert isinstance(small, FourFieldsBlock)
    assert small.both == FieldBlock("Doen", ("Plannen",), "")
    large = next(block for block in of(crowd).page if isinstance(block, FourFieldsBlock))
    assert [len(field.names) for field in large.fields] == [0, 7, 7, 0]
    assert large.both.names[-1] == "en nog 22"
    assert max(map(len, large.both.names)) <= 60


def test_a_question_that_feeds_two_components_is_drawn_once(script: Script, done: Session) -> None:
    first, *others = script.components
    twice = replace(script, components=(replace(first, questions=("waarom", "verdeling")), *others))
    drawn = [block.title for block in of(replace(done, script=twice)).page if isinstance(block, Bars)]
    assert drawn.count("Verdeel tien punten.") == 1


def test_actions_stand_in_order_of_time_and_then_the_evaluation(done: Session) -> None:
    assert under(done, "Acties en evaluatie") == [
        Table(
            ("Wie", "Wat", "Klaar op"),
            (
                ("De directie", "Tijd vrijmaken", "vr 25 sep 2026"),
                ("Marieke", "Eerste bijeenkomst plannen", "vr 2 okt 2026"),
                ("Jan", "Lokaal zoeken", "geen datum"),
            ),
        ),
        Paragraph("We kijken samen terug op woensdag 13 januari 2027."),
    ]


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


def test_each_question_has_what_every_team_answered(done: Session) -> None:
    assert headings(done, 3) == [question.prompt for question in done.script.questions()]
    assert under(done, TIP, "Waarom", "Waarom willen jullie dit leren?") == [
        Said("Blauw", ("Zodat kinderen zelf verder kunnen.\n\nEn wij ook.",)),
        Said("Rood", ("Omdat de brugklas erom vraagt",)),
        Note("Geen antwoord van Geel en Groen."),
    ]
    assert under(done, TIP, "Waarom", "Wat wensen jullie je leerlingen toe?")[0] == Said(
        "Blauw", ("Rust (De klas)", "Vertrouwen")
    )
    assert under(done, TIP, "Hoe", "Wanneer past het?")[1] == Said("Blauw", ("In de ochtend", "In de middag"))


def test_figures_stand_in_a_table_with_a_row_for_each_team(done: Session) -> None:
    assert under(done, TIP, "Hoe", "Verdeel tien punten.")[1] == Table(
        ("Team", "Samen", "Alleen", "Met hulp van buiten"),
        (("Blauw", "6", "4", "0"), ("Rood", "2", "0", "8"), ("Groen", "1", "1", "0")),
        figures=1,
    )
    assert under(done, TIP, "Hoe", "Hoe is het nu bij jullie?")[1] == Table(
        ("Team", "Er is tijd om te leren.", "Er is rust om te leren."),
        (("Blauw", "2", "5"), ("Rood", "5", "–")),
        figures=1,
    )


def test_more_options_than_fit_beside_each_other_are_said_in_words(script: Script, done: Session) -> None:
    question = script.question("verdeling")
    assert isinstance(question, PointsQuestion)
    many = replace(question, options=question.options + tuple(Option(f"o{n}", f"Keuze {n}") for n in range(9)))
    parts = tuple(
        replace(
            part,
            steps=tuple(
                replace(step, questions=tuple(many if each == question else each for each in step.questions))
                for step in part.steps
            ),
        )
        for part in script.parts
    )
    session = replace(done, script=replace(script, parts=parts))
    assert Said("Blauw", ("Samen: 6", "Alleen: 4")) in under(session, TIP, "Hoe", "Verdeel tien punten.")


def test_rows_stand_in_one_table_with_the_field_in_which_they_are(done: Session) -> None:
    table = under(done, TIP, "Wat", "Welke onderwerpen zijn er?")[1]
    assert isinstance(table, Table)
    assert table.columns == ("Team", "Onderwerp", "Voor wie", "Nodig?", "Leuk?", "Veld")
    assert table.rows[:3] == (
        ("Blauw", "Plannen", "Iedereen", "ja", "ja", "Doen"),
        ("Blauw", "Toetsen", "Wie net begint", "ja", "nee", "Aanmoedigen"),
        ("Blauw", "Lezen", "", "", "", ""),
    )


def test_a_question_without_answers_says_so_and_a_part_without_answers_is_left_out(half: Session) -> None:
    assert under(half, TIP, "Wat", "Welke onderwerpen zijn er?") == [Note("Hier heeft nog niemand iets ingevuld.")]
    assert "Afsluiting" not in " ".join(headings(half, 1))


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
    session = answer(session, team, "verdeling", PointsValue({"samen": 2}), NOW, draft=True)
    assert f"{component.title}: de tekst is nog een concept." in str(of(session))
    assert Said(half.teams[0].name, ("Nog bezig",), "nog een concept") in of(session).rest
    assert Note("Nog een concept: het antwoord van Blauw.") in of(session).rest
