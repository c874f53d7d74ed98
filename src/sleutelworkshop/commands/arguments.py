"""What can be typed behind ``sleutelworkshop``, and argparse's own words in Dutch."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, NoReturn, TypeAlias

from sleutelworkshop import __version__
from sleutelworkshop.i18n import _
from sleutelworkshop.text import clean_text, shorten

PROGRAM: Final = "sleutelworkshop"

_MESSAGE_WIDTH: Final = 300
"""Characters of a usage error; the longest list of choices fits."""

PICK: Final = "pick"
"""The command when none is typed."""


# argparse has no public names for what it hands out; these are only told to the type checker.
_Commands: TypeAlias = "argparse._SubParsersAction[DutchParser]"  # noqa: SLF001
_Options: TypeAlias = "argparse._ArgumentGroup"  # noqa: SLF001


class DutchFormatter(argparse.HelpFormatter):
    """Lays out help as argparse does, with a Dutch word before the usage."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Put the usage in the help."""
        super().add_usage(usage, actions, groups, _("gebruik: ") if prefix is None else prefix)


class DutchParser(argparse.ArgumentParser):
    """A parser that says in Dutch what was not typed right, and stops with exit code 2.

    Its options go into groups with a Dutch title of their own, also ``--help``.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, allow_abbrev=False, formatter_class=DutchFormatter)

    def error(self, message: str) -> NoReturn:
        """Say what was not typed right, and stop."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{PROGRAM}: {_shortened(in_dutch(message))}\n")


def parser() -> DutchParser:
    """Return the parser of the whole command line."""
    whole = DutchParser(
        prog=PROGRAM,
        description=_("Begeleid een workshop vanuit je terminal: van welkom tot een afgesproken leerarrangement."),
        epilog=_("Zonder opdracht zie je je sessies. Een SESSIE is een naam, het begin ervan, of een bestand."),
    )
    common = whole.add_argument_group(_("opties"))
    _add_common(common, sessions_default=None)
    common.add_argument(
        "--version",
        action="version",
        version=f"{PROGRAM} {__version__}",
        help=_("zeg welke versie dit is"),
    )
    whole.set_defaults(command=PICK)
    commands = whole.add_subparsers(title=_("opdrachten"), metavar=_("OPDRACHT"))
    _add_new(commands)
    _add_session(_command(commands, "open", _("ga verder met een sessie, waar je was")))
    _add_screen(commands)
    _add_list(commands)
    _add_summary(commands)
    _add_print(commands)
    _add_sheets(commands)
    _add_settings(commands)
    _add_check(commands)
    _add_restore(commands)
    _add_rehearse(commands)
    return whole


def _add_new(commands: _Commands) -> None:
    options = _command(commands, "new", _("maak een sessie en zeg hoe ze heet"))
    options.add_argument("--organisation", required=True, metavar=_("TEKST"), help=_("de school of organisatie"))
    options.add_argument(
        "--team", required=True, action="append", metavar=_("NAAM"), help=_("een team; noem er zoveel als er zijn")
    )
    options.add_argument("--facilitator", default="", metavar=_("TEKST"), help=_("wie de workshop begeleidt"))
    options.add_argument("--script", metavar=_("DRAAIBOEK"), help=_("een meegeleverd draaiboek, of een bestand"))
    options.add_argument(
        "--minutes", type=_minutes, metavar=_("N"), help=_("hoeveel minuten er zijn; de stappen passen zich aan")
    )


def _add_screen(commands: _Commands) -> None:
    options = _command(commands, "screen", _("laat de zaal meekijken, in een tweede venster op de beamer"))
    options.add_argument(
        "session", nargs="?", metavar=_("SESSIE"), help=_("een sessie, zoals bij open; anders die nu open is")
    )


def _add_list(commands: _Commands) -> None:
    options = _command(commands, "list", _("laat zien welke sessies er zijn"))
    options.add_argument("--json", action="store_true", help=_("als JSON, voor een ander programma"))


def _add_summary(commands: _Commands) -> None:
    options = _command(commands, "summary", _("vat een sessie samen: wat is er afgesproken"))
    _add_session(options)
    options.add_argument(
        "--format",
        metavar=_("VORM"),
        help=_("text, md, html, pdf, docx, json, csv of ics; volgt anders uit de naam achter -o"),
    )
    options.add_argument("-o", "--output", type=Path, metavar=_("BESTAND"), help=_("bewaar het in dit bestand"))
    options.add_argument("--force", action="store_true", help=_("ook als dat bestand al bestaat"))
    options.add_argument(
        "--without-names", action="store_true", help=_("met voorletters in plaats van namen van mensen")
    )


def _add_print(commands: _Commands) -> None:
    options = _command(commands, "print", _("druk de samenvatting af"))
    _add_session(options)
    options.add_argument("--printer", metavar=_("NAAM"), help=_("op deze printer, en niet op die je altijd gebruikt"))


def _add_sheets(commands: _Commands) -> None:
    options = _command(commands, "sheets", _("maak werkbladen om op papier te werken"))
    options.add_argument(
        "subject",
        nargs="?",
        metavar=_("SESSIE"),
        help=_("een sessie of een draaiboek; anders het meegeleverde draaiboek"),
    )
    options.add_argument("-o", "--output", type=Path, metavar=_("BESTAND"), help=_("bewaar ze in dit bestand (.pdf)"))
    options.add_argument(
        "--only",
        choices=("sheets", "run", "agreement"),
        help=_("alleen de bladen van de teams (sheets), het spoorboekje (run) of het lege arrangement (agreement)"),
    )
    options.add_argument("--start", metavar=_("TIJD"), help=_("hoe laat je begint, voor de tijden in het spoorboekje"))
    options.add_argument("--force", action="store_true", help=_("ook als dat bestand al bestaat"))


def _add_settings(commands: _Commands) -> None:
    options = _command(commands, "settings", _("zet je eigen naam en logo boven wat je afdrukt"))
    options.add_argument("--open", action="store_true", help=_("open het bestand waarin je dat doet"))


def _add_check(commands: _Commands) -> None:
    options = _command(commands, "check", _("kijk na of sessies en draaiboeken kloppen"))
    options.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar=_("BESTAND"),
        help=_("een sessie (.json) of draaiboek (.toml); anders alle sessies en de meegeleverde draaiboeken"),
    )


def _add_restore(commands: _Commands) -> None:
    options = _command(commands, "restore", _("zet een eerdere versie van een sessie terug"))
    _add_session(options)
    options.add_argument(
        "number",
        nargs="?",
        type=_number,
        metavar=_("N"),
        help=_("het nummer van de versie; zonder nummer zie je welke er zijn"),
    )


def _add_rehearse(commands: _Commands) -> None:
    options = _command(commands, "rehearse", _("oefen een draaiboek, met verzonnen teams; er wordt niets bewaard"))
    options.add_argument(
        "script", nargs="?", metavar=_("DRAAIBOEK"), help=_("een meegeleverd draaiboek, of een bestand")
    )
    options.add_argument(
        "--speed",
        type=_up_to(120),
        default=20,
        metavar=_("N"),
        help=_("hoeveel keer zo snel de klok gaat, van 1 tot en met 120; anders 20"),
    )
    options.add_argument(
        "--teams",
        type=_up_to(12),
        default=6,
        metavar=_("N"),
        help=_("hoeveel verzonnen teams er zijn, van 1 tot en met 12; anders 6"),
    )


def _command(commands: _Commands, name: str, told: str) -> _Options:
    command = commands.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    command.set_defaults(command=name, parser=command)
    options = command.add_argument_group(_("opties"))
    # Not set unless it is typed here, so that it may also stand before the command.
    _add_common(options, sessions_default=argparse.SUPPRESS)
    return options


def _add_common(options: _Options, *, sessions_default: str | None) -> None:
    options.add_argument("-h", "--help", action="help", help=_("laat deze uitleg zien"))
    options.add_argument(
        "--sessions",
        type=Path,
        default=sessions_default,
        metavar=_("MAP"),
        help=_("de map met sessies"),
    )
    options.add_argument(
        "--verbose",
        action="store_true",
        default=False if sessions_default is None else argparse.SUPPRESS,
        help=_("laat ook zien wat het programma in zijn logboek schrijft"),
    )


def _shortened(message: str) -> str:
    """Return a message that quotes what was typed, of bounded length: of 5,000 letters the first say enough."""
    return shorten(clean_text(message[: _MESSAGE_WIDTH * 2]), _MESSAGE_WIDTH)


def _add_session(options: _Options) -> None:
    options.add_argument("session", metavar=_("SESSIE"), help=_("een naam, het begin ervan, of een bestand"))


def _minutes(typed: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,3}", typed):
        raise argparse.ArgumentTypeError(_("hier hoort een aantal minuten, zoals 150"))
    return int(typed)


def _number(typed: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,3}", typed):
        raise argparse.ArgumentTypeError(_("hier hoort het nummer van een versie, zoals 1"))
    return int(typed)


def _up_to(most: int) -> Callable[[str], int]:
    def read(typed: str) -> int:
        if not re.fullmatch("[1-9][0-9]{0,2}", typed) or int(typed) > most:
            raise argparse.ArgumentTypeError(_("hier hoort een getal van 1 tot en met {most}").format(most=most))
        return int(typed)

    return read


def in_dutch(message: str) -> str:
    """Return what argparse says of a command that was not typed right, in Dutch."""
    for pattern, sentence in _sentences():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(**{name: text.replace("'", "") for name, text in found.groupdict().items()})
    return message


def _sentences() -> tuple[tuple[str, str], ...]:
    return (
        (r"the following arguments are required: (?P<names>.*)", _("je moet nog noemen: {names}.")),
        (r"unrecognized arguments: (?P<words>.*)", _("dit past hier niet: {words}.")),
        (r"argument (?P<name>\S+): expected (at least )?one argument", _("achter {name} hoort nog iets.")),
        (
            r"argument (?P<name>\S+): invalid choice: '(?P<word>.*?)'.*\(choose from (?P<words>.*)\)",
            _("“{word}” is er niet. Kies uit: {words}."),
        ),
        (
            r"argument (?P<name>\S+): ignored explicit argument '(?P<word>.*)'",
            _("{name} staat op zichzelf: laat “{word}” weg."),
        ),
        (r"argument (?P<name>\S+): (?P<told>.*)", "{name}: {told}."),
    )
