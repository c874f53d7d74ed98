"""Reads a script out of a file, or says in Dutch everything that is wrong with it."""

import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

import msgspec

from sleutelworkshop.i18n import _
from sleutelworkshop.script.faults import Fault, ScriptError, shown, suggest
from sleutelworkshop.script.model import Script
from sleutelworkshop.script.rules import check_rules
from sleutelworkshop.script.shape import comb

DEFAULT_SCRIPT: Final = "sleutel-2"
"""The id of the script that is used when none is asked for."""

SIZE_LIMIT: Final = 1024 * 1024
"""Bytes in a script. The whole of a workshop is some forty thousand; what is larger is another sort of file."""

VALUES_LIMIT: Final = 100_000
"""Values in a script; the shipped one has a thousand. A session file can hold a script of any size."""

# Beside this file, as a wheel is never run zipped; importlib.resources would cost 17 ms at each start.
_SHIPPED: Final = Path(__file__).parent / "shipped"

_WHERE: Final = re.compile(
    r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$", re.DOTALL
)

# tomllib takes minutes and gigabytes over a name of thousands of names; the model is seven blocks deep.
_ENDLESS_NAME: Final = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){30}")


def load_script(path: Path) -> Script:
    """Return the script in the file ``path``.

    Raises:
        ScriptError: the file cannot be read, or what it holds is not a script.
    """
    return read_script(_bytes_of(path), str(path))


def shipped_scripts() -> tuple[str, ...]:
    """Return the ids of the scripts that come with the program."""
    return tuple(sorted(file.stem for file in _SHIPPED.glob("*.toml")))


def load_shipped(script_id: str) -> Script:
    """Return the script that comes with the program under the name ``script_id``.

    Raises:
        ScriptError: there is none of that name.
    """
    shipped = shipped_scripts()
    if script_id not in shipped:
        raise _refused(script_id, _("Dit draaiboek is er niet."), suggest(script_id, shipped))
    return read_script(_bytes_of(_SHIPPED / f"{script_id}.toml"), script_id)


def find_script(wanted: str) -> Script:
    """Return the script that a person asked for: the id of one that comes with the program, or else a file.

    Raises:
        ScriptError: it is neither, or it is not right.
    """
    if wanted in shipped_scripts():
        return load_shipped(wanted)
    try:
        return load_script(Path(wanted))
    except ScriptError as fault:
        if isinstance(fault.__cause__, FileNotFoundError) and re.fullmatch(r"[\w-]+", wanted):
            return load_shipped(wanted)  # tells which there are: this looks like an id, not like a file
        raise


def read_script(text: str | bytes, name: str) -> Script:
    """Return the script that ``text`` holds as TOML; ``name`` is what its faults call the file.

    Raises:
        ScriptError: it is not TOML, or not a script.
    """
    return build_script(_parse(_decode(text, name), name), name)


def build_script(data: Mapping[str, object], name: str, *, in_session: bool = False) -> Script:
    """Return the script that ``data`` (parsed TOML or JSON) holds; ``name`` is what its faults call the file.

    One that is ``in_session`` is only held to what a session rests on.

    Raises:
        ScriptError: with every fault of shape, or when there is none with every fault of meaning.
    """
    if _is_endless(data):
        raise _refused(name, _("Dit is te groot voor een draaiboek."), _("Kijk na of dit het goede bestand is."))
    combed, faults = comb(data, Script)
    if faults:
        raise ScriptError(name, faults)
    try:
        script = msgspec.convert(combed, Script)
    except msgspec.ValidationError as fault:  # the walk in shape.py knows less than the model asks
        raise _refused(name, _("Dit past niet in een draaiboek."), shown(str(fault))) from fault
    if faults := check_rules(script, in_session=in_session):
        raise ScriptError(name, faults)
    return script


def _is_endless(data: object) -> bool:
    """Return whether there are more values in ``data`` than in any workshop."""
    left, seen = [data], 0
    while left:
        each = left.pop()
        inside: Collection[object] = ()
        if isinstance(each, Mapping):
            inside = each.values()
        elif isinstance(each, list | tuple):
            inside = each
        seen += len(inside)
        if seen > VALUES_LIMIT:
            return True
        left.extend(inside)
    return False


def _refused(name: str, problem: str, remedy: str, place: str = "") -> ScriptError:
    return ScriptError(name, [Fault(place, problem, remedy)])


def _bytes_of(path: Path) -> bytes:
    name = str(path)
    try:
        # Also keeps from waiting for a pipe or a device to say something.
        if path.exists() and not path.is_file():
            raise _refused(name, _("Dit is geen bestand."), _("Noem een bestand met een draaiboek."))
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except FileNotFoundError as fault:
        raise _refused(name, _("Dit bestand is er niet."), _("Kijk de naam en de map na.")) from fault
    except PermissionError as fault:
        raise _refused(name, _("Dit bestand mag je niet lezen."), _("Vraag de eigenaar om toegang.")) from fault
    except (OSError, ValueError) as fault:  # a disk that fails, a name no file can have
        raise _refused(name, _("Dit bestand is niet te lezen."), _("Maak een kopie en probeer die.")) from fault


def _decode(text: str | bytes, name: str) -> str:
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(raw) > SIZE_LIMIT:
        problem = _("Dit bestand is groter dan 1 MB; zo groot is een draaiboek nooit.")
        raise _refused(name, problem, _("Kijk na of dit het goede bestand is."))
    try:
        return raw.decode("utf-8-sig")  # an editor on Windows may put a mark before the text
    except UnicodeDecodeError as fault:
        place = _("regel {line}").format(line=raw.count(b"\n", 0, fault.start) + 1)
        remedy = _("Bewaar het opnieuw, als UTF-8.")
        raise _refused(name, _("Hier staan tekens die geen UTF-8 zijn."), remedy, place) from fault


def _parse(text: str, name: str) -> dict[str, object]:
    too_deep = _("Hier zit te veel in elkaar."), _("Haal wat niet in een draaiboek hoort weg.")
    if found := _ENDLESS_NAME.search(text):
        raise _refused(name, *too_deep, _("regel {line}").format(line=text.count("\n", 0, found.start()) + 1))
    try:
        return tomllib.loads(text)
    except RecursionError as fault:
        raise _refused(name, *too_deep) from fault
    except ValueError as fault:  # TOMLDecodeError, and what Python itself says of a number of thousands of digits
        raise _refused(name, *_in_dutch(str(fault))) from fault


def _in_dutch(message: str) -> tuple[str, str, str]:
    """Return problem, remedy and place for what tomllib says."""
    found = _WHERE.match(message)
    if found is None or found["line"] is None:
        place = _("einde van het bestand") if found else ""
    else:
        place = _("regel {line}, kolom {column}").format(line=found["line"], column=found["column"])
    for beginnings, problem, remedy in _syntax():
        if message.startswith(beginnings):
            return problem, remedy, place
    return _("Dit is geen geldige TOML."), _("Kijk deze regel en de regel erboven na."), place


def _syntax() -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """Return how the messages of tomllib begin that an author is likely to meet, with problem and remedy."""
    return (
        (
            ("Unterminated string", "Illegal character '\\n'", "Expected '\"'", "Expected \"'"),
            _("Deze tekst sluit niet."),
            _("Zet een aanhalingsteken aan het einde."),
        ),
        (("Unclosed array",), _("Deze lijst sluit niet."), _("Zet een ] aan het einde, en een komma na elk deel.")),
        (("Unclosed inline table",), _("Dit blok sluit niet."), _("Zet een } aan het einde.")),
        (("Expected ']",), _("Dit kopje sluit niet."), _("Zet evenveel ] aan het einde als [ aan het begin.")),
        (("Expected '='",), _("Achter deze naam ontbreekt een =."), _("Schrijf het zo: naam = waarde.")),
        (
            ("Expected newline",),
            _("Achter deze waarde staat nog iets."),
            _('Haal het weg, of zet \\ voor elk aanhalingsteken binnen een tekst: \\".'),
        ),
        (
            ("Cannot overwrite", "Cannot declare", "Cannot redefine", "Cannot mutate", "Duplicate"),
            _("Deze naam stond er al."),
            _("Haal een van de twee weg, of zet [[ ]] om het kopje als er meer van mogen zijn."),
        ),
        (
            ("Invalid value",),
            _("Deze waarde klopt niet."),
            _("Zet aanhalingstekens om een tekst; schrijf een getal zonder meer, en anders true of false."),
        ),
        (("Unescaped",), _("Een \\ kan niet zomaar in een tekst."), _("Schrijf \\\\ of haal hem weg.")),
        (
            ("Illegal character", "Found invalid"),
            _("Hier staat een teken dat niet in een draaiboek kan."),
            _("Haal het weg en typ het opnieuw."),
        ),
    )
