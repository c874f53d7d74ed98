"""What a script must be besides well-formed: the rules of meaning, each one a small function.

A rule looks at the whole script and yields what is wrong, so that an author hears everything at once. Rules
stay silent on what another rule already tells.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, TypeAlias

from sleutelworkshop.i18n import _
from sleutelworkshop.language import is_language, language_of
from sleutelworkshop.script.faults import FAULTS_LIMIT, Fault, Place, shown, suggest
from sleutelworkshop.script.model import (
    AnyQuestion,
    ChoiceColumn,
    ChoiceQuestion,
    Component,
    ListQuestion,
    Option,
    Part,
    PointsQuestion,
    ScaleQuestion,
    Script,
    Step,
    StepKind,
    TableQuestion,
    TextColumn,
    YesNoColumn,
)

_Named: TypeAlias = Iterable[tuple[Place, str]]


def check_rules(script: Script, *, in_session: bool = False) -> tuple[Fault, ...]:
    """Return all that is wrong with the meaning of a script that is well-formed, up to some hundred faults.

    A script that is already ``in_session`` cannot be mended, and is only held to what a session rests on.
    """
    rules = _RULES if in_session else (*_RULES, *_AUTHOR_RULES)
    return tuple(islice((fault for rule in rules for fault in rule(script)), FAULTS_LIMIT))


# Where things stand


def _parts(script: Script) -> Iterator[tuple[Place, Part]]:
    for number, part in enumerate(script.parts, 1):
        yield Place().at("parts").nth(number, part.id), part


def _steps(script: Script) -> Iterator[tuple[Place, Step]]:
    for place, part in _parts(script):
        for number, step in enumerate(part.steps, 1):
            yield place.at("steps").nth(number, step.id), step


def _questions(script: Script) -> Iterator[tuple[Place, AnyQuestion]]:
    for place, step in _steps(script):
        for number, question in enumerate(step.questions, 1):
            yield place.at("questions").nth(number, question.id), question


def _tables(script: Script) -> Iterator[tuple[Place, TableQuestion]]:
    for place, question in _questions(script):
        if isinstance(question, TableQuestion):
            yield place, question


def _components(script: Script) -> Iterator[tuple[Place, Component]]:
    for number, component in enumerate(script.components, 1):
        yield Place().at("components").nth(number, component.id), component


def _harvests(script: Script) -> Iterator[tuple[Place, Step]]:
    return ((place, step) for place, step in _steps(script) if step.kind is StepKind.HARVEST)


def _choices(script: Script) -> Iterator[tuple[Place, tuple[Option, ...]]]:
    """Yield every row of options that a team chooses from or spreads something over."""
    for place, question in _questions(script):
        match question:
            case PointsQuestion() | ChoiceQuestion():
                yield place.at("options"), question.options
            case ListQuestion() if question.labels:
                yield place.at("labels"), question.labels
    for place, table in _tables(script):
        for number, column in enumerate(table.columns, 1):
            if isinstance(column, ChoiceColumn):
                yield place.at("columns").nth(number, column.id).at("options"), column.options


def _statements(script: Script) -> Iterator[tuple[Place, tuple[Option, ...]]]:
    for place, question in _questions(script):
        if isinstance(question, ScaleQuestion):
            yield place.at("statements"), question.statements


# The rules


def _has_parts_and_steps(script: Script) -> Iterator[Fault]:
    if not script.parts:
        yield Fault("parts", _("Dit draaiboek heeft geen onderdelen."), _("Voeg toe: [[parts]]"))
    for place, part in _parts(script):
        if not part.steps:
            problem = _("Dit onderdeel heeft geen stappen.")
            yield Fault(str(place), problem, _("Voeg een stap toe of haal het onderdeel weg."))


def _asks_and_harvests(script: Script) -> Iterator[Fault]:
    kinds = {step.kind for step in script.steps()}
    if kinds and StepKind.EXERCISE not in kinds:
        remedy = _("Voeg een oefening met een vraag toe.")
        yield Fault("parts", _("Dit draaiboek heeft geen enkele oefening, dus de teams doen niets."), remedy)
    if kinds and StepKind.HARVEST not in kinds:
        remedy = _("Voeg een oogst toe die de bouwstenen afspreekt.")
        yield Fault("parts", _("Dit draaiboek heeft geen enkele oogst, dus er wordt niets afgesproken."), remedy)


def _ids_once(script: Script) -> Iterator[Fault]:
    yield from _once((place, part.id) for place, part in _parts(script))
    yield from _once((place, step.id) for place, step in _steps(script))
    yield from _once((place, question.id) for place, question in _questions(script))
    yield from _once((place, component.id) for place, component in _components(script))
    for place, options in chain(_choices(script), _statements(script)):
        yield from _once((place.nth(number, option.id), option.id) for number, option in enumerate(options, 1))
    for place, table in _tables(script):
        columns = place.at("columns")
        yield from _once((columns.nth(number, column.id), column.id) for number, column in enumerate(table.columns, 1))


def _references_once(script: Script) -> Iterator[Fault]:
    for place, component in _components(script):
        yield from _once((place.at("questions").nth(n), name) for n, name in enumerate(component.questions, 1))


def _once(named: _Named) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for place, name in named:
        if name in first:
            problem = _("De naam “{name}” is al gebruikt: {first}.").format(name=name, first=first[name])
            yield Fault(str(place), problem, _("Kies een andere naam of haal er een weg."))
        first.setdefault(name, place)


def _protected_is_kept(script: Script) -> Iterator[Fault]:
    for place, part in _parts(script):
        for number, step in enumerate(part.steps, 1):
            if part.protected and step.droppable:
                problem = _("Deze stap mag vervallen, maar staat in een onderdeel dat beschermd is.")
                remedy = _("Haal droppable of protected weg.")
                yield Fault(str(place.at("steps").nth(number, step.id).at("droppable")), problem, remedy)


def _minimum_fits(script: Script) -> Iterator[Fault]:
    for place, step in _steps(script):
        if step.minimum > step.minutes:
            problem = _("De kleinste tijd ({minimum}) is langer dan de geplande tijd ({minutes}).")
            yield Fault(
                str(place.at("minimum")),
                problem.format(minimum=step.minimum, minutes=step.minutes),
                _("Maak minimum {minutes} of lager.").format(minutes=step.minutes),
            )


def _exercises_ask(script: Script) -> Iterator[Fault]:
    for place, step in _steps(script):
        if step.kind is StepKind.EXERCISE and not step.questions:
            problem = _("Deze oefening heeft geen vraag.")
            yield Fault(str(place), problem, _("Voeg een vraag toe of maak er uitleg van (explanation)."))
        if step.kind is not StepKind.EXERCISE and step.questions:
            problem = _("Alleen een oefening kan vragen hebben.")
            yield Fault(str(place.at("questions")), problem, _('Maak er een oefening van: kind = "exercise".'))


def _harvests_agree(script: Script) -> Iterator[Fault]:
    for place, step in _steps(script):
        if step.kind is StepKind.HARVEST and not step.agrees:
            problem = _("Deze oogst spreekt geen enkele bouwsteen af.")
            yield Fault(str(place), problem, _('Voeg toe: agrees = ["…"]'))
        if step.kind is not StepKind.HARVEST and step.agrees:
            problem = _("Alleen een oogst kan bouwstenen afspreken.")
            yield Fault(str(place.at("agrees")), problem, _('Maak er een oogst van: kind = "harvest".'))


def _agreed_is_known(script: Script) -> Iterator[Fault]:
    known = dict.fromkeys(component.id for component in script.components)
    for place, step in _harvests(script):
        for name in step.agrees:
            if name not in known:
                problem = _("De bouwsteen “{name}” is er niet.").format(name=name)
                yield Fault(str(place.at("agrees")), problem, suggest(name, known))


def _agreed_once(script: Script) -> Iterator[Fault]:
    has_harvests = next(_harvests(script), None) is not None
    agreed_by: dict[str, list[str]] = {}
    for _place, step in _harvests(script):
        for name in step.agrees:
            agreed_by.setdefault(name, []).append(step.id)
    for place, component in _components(script):
        agreeing = agreed_by.get(component.id, [])
        if len(agreeing) > 1:
            problem = _("Deze bouwsteen wordt meer dan eens afgesproken: {steps}.").format(steps=", ".join(agreeing))
            yield Fault(str(place), problem, _("Laat hem bij één oogst staan."))
        if has_harvests and not agreeing:
            problem = _("Geen enkele oogst spreekt deze bouwsteen af.")
            remedy = _("Zet “{name}” bij agrees van een oogst.").format(name=component.id)
            yield Fault(str(place), problem, remedy)


def _components_are_fed(script: Script) -> Iterator[Fault]:
    known = dict.fromkeys(question.id for question in script.questions())
    for place, component in _components(script):
        if not component.questions:
            problem = _("Bij deze bouwsteen hoort nog geen vraag.")
            yield Fault(str(place.at("questions")), problem, _("Noem een of meer vragen."))
        for name in component.questions:
            if name not in known:
                problem = _("De vraag “{name}” is er niet.").format(name=name)
                remedy = suggest(name, known) if known else _("Voeg die vraag toe aan een oefening.")
                yield Fault(str(place.at("questions")), problem, remedy)


def _harvest_follows(script: Script) -> Iterator[Fault]:
    fed_by = {component.id: component.questions for component in script.components}
    later = {question.id: step for step in script.steps() for question in step.questions}
    for place, step in _steps(script):
        for question in step.questions:
            later.pop(question.id, None)
        waits = [(name, q) for name in step.agrees for q in fed_by.get(name, ()) if q in later]
        for name, question_id in waits if step.kind is StepKind.HARVEST else ():
            problem = _(
                "De bouwsteen “{name}” wordt hier afgesproken, maar stap “{step}” stelt pas later een vraag ervoor."
            )
            yield Fault(
                str(place.at("agrees")),
                problem.format(name=name, step=later[question_id].id),
                _("Zet deze oogst na die stap."),
            )


def _enough_options(script: Script) -> Iterator[Fault]:
    for place, options in _choices(script):
        if len(options) < 2:
            yield Fault(str(place), _("Hier valt niets te kiezen."), _("Geef minstens twee mogelijkheden."))
    for place, statements in _statements(script):
        if not statements:
            yield Fault(str(place), _("Deze schaal heeft geen stellingen."), _("Geef minstens één stelling."))


def _tables_have_names(script: Script) -> Iterator[Fault]:
    for place, table in _tables(script):
        columns = place.at("columns")
        if not table.columns:
            yield Fault(str(columns), _("Deze tabel heeft geen kolommen."), _("Geef minstens één kolom met tekst."))
        elif not isinstance(table.columns[0], TextColumn):
            problem = _("De eerste kolom geeft een rij haar naam en moet dus tekst zijn.")
            yield Fault(str(columns.nth(1, table.columns[0].id)), problem, _('Schrijf het zo: kind = "text"'))


def _four_fields_fit(script: Script) -> Iterator[Fault]:
    for place, table in _tables(script):
        if table.four_fields is None:
            continue
        where, fields = place.at("four_fields"), table.four_fields
        yield from _is_yes_no(where.at("across"), fields.across, table)
        yield from _is_yes_no(where.at("up"), fields.up, table)
        if fields.across == fields.up:
            problem = _("De vier velden gebruiken twee keer dezelfde kolom.")
            yield Fault(str(where.at("up")), problem, _("Noem bij across en bij up elk een eigen kolom."))


def _is_yes_no(place: Place, wanted: str, table: TableQuestion) -> Iterator[Fault]:
    usable = [column.id for column in table.columns if isinstance(column, YesNoColumn)]
    if wanted in usable:
        return
    if any(column.id == wanted for column in table.columns):
        problem = _("De kolom “{name}” is geen kolom met ja of nee.").format(name=wanted)
    else:
        problem = _("De kolom “{name}” is er niet.").format(name=wanted)
    remedy = suggest(wanted, usable) if usable else _('Voeg kolommen toe met kind = "yes-no".')
    yield Fault(str(place), problem, remedy)


def _language_is_known(script: Script) -> Iterator[Fault]:
    if not is_language(script.language):
        meant = language_of(script.language)
        yield Fault(
            "language",
            _("“{text}” is geen code van een taal.").format(text=shown(script.language)),
            _('Gebruik een code van twee of drie letters, eventueel met een land: language = "{code}"').format(
                code=meant
            ),
        )


_RULES: Final[Sequence[Callable[[Script], Iterator[Fault]]]] = (
    _has_parts_and_steps,
    _asks_and_harvests,
    _ids_once,
    _references_once,
    _minimum_fits,
    _protected_is_kept,
    _exercises_ask,
    _harvests_agree,
    _agreed_is_known,
    _agreed_once,
    _components_are_fed,
    _harvest_follows,
    _enough_options,
    _tables_have_names,
    _four_fields_fit,
)

_AUTHOR_RULES: Final[Sequence[Callable[[Script], Iterator[Fault]]]] = (_language_is_known,)
"""What documents can do without, so that a session of before there was such a rule still opens."""
