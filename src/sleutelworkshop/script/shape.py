"""Compares what a file holds with the types of the model, and tells everything that does not fit.

msgspec reads fast and strictly, but stops at the first fault, and says it in English. An author who has a
dozen of them wants to hear a dozen, in one go. So this walks through the data beside the types msgspec knows
(``msgspec.inspect``) and goes on after a fault. It knows what the model uses; msgspec still has the last word.
"""

import contextlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from msgspec import inspect

from sleutelworkshop.i18n import _
from sleutelworkshop.script.faults import FAULTS_LIMIT, Fault, Place, choose, nearest, shown
from sleutelworkshop.text import TEXT_LIMIT, TextTooLongError, clean_line, clean_text


class _EnoughError(Exception):
    """So much is wrong that looking for more helps nobody."""


class _Faults:
    """Collects what is wrong, until that is enough."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def append(self, fault: Fault) -> None:
        """Take a fault in; raises :class:`_EnoughError` when no more are wanted."""
        self.found.append(fault)
        if len(self.found) >= FAULTS_LIMIT:
            raise _EnoughError


_KNOWN: Final = (
    inspect.StructType,
    inspect.VarTupleType,
    inspect.StrType,
    inspect.EnumType,
    inspect.IntType,
    inspect.BoolType,
)
"""The types the model is made of; what is of another type is left to msgspec."""

_SHOWABLE: Final = 10**9
"""Larger numbers are not repeated: Python refuses to write out the very large ones at all."""


@cache
def _type_of(model: type) -> inspect.Type:
    """Return what msgspec knows of a model: it takes a millisecond, and the model never changes."""
    return inspect.type_info(model)


def comb(data: object, model: type) -> tuple[object, tuple[Fault, ...]]:
    """Return ``data`` with each text cleaned, and all that keeps it from being a ``model``, up to some hundred faults.

    A text whose length the model bounds is a text of one line and becomes one; others keep their lines.
    """
    faults = _Faults()
    with contextlib.suppress(_EnoughError):
        data = _value(data, _type_of(model), Place(), faults)
    return data, tuple(faults.found)


def _value(data: object, kind: inspect.Type, place: Place, faults: _Faults) -> object:
    match kind:
        case inspect.UnionType():
            return _union(data, kind, place, faults)
        case inspect.StructType() if isinstance(data, Mapping):
            return _struct(data, kind, place, faults)
        case inspect.VarTupleType() if isinstance(data, list | tuple):
            return _items(data, kind, place, faults)
        case inspect.StrType() if isinstance(data, str):
            return _text(data, kind, place, faults)
        case inspect.EnumType() if isinstance(data, str):
            return _name(data, [str(member.value) for member in kind.cls], place, faults)
        case inspect.IntType() if isinstance(data, int) and not isinstance(data, bool):
            return _number(data, kind, place, faults)
        case inspect.BoolType() if isinstance(data, bool):
            return data
    if isinstance(kind, _KNOWN):
        faults.append(_wrong_type(data, kind, place))
    return data


def _union(data: object, kind: inspect.UnionType, place: Place, faults: _Faults) -> object:
    """Follow the one type that ``data`` means: a block says by its tag (``kind``) which it is."""
    if data is None and kind.includes_none:
        return None
    members = [member for member in kind.types if not isinstance(member, inspect.NoneType)]
    tagged = {str(m.tag): m for m in members if isinstance(m, inspect.StructType) and m.tag_field}
    if not tagged or not isinstance(data, Mapping):
        return _value(data, members[0], place, faults)
    key = str(next(iter(tagged.values())).tag_field)
    tag, where = data.get(key), place.at(key)
    if key not in data:
        faults.append(Fault(str(where), _("Dit ontbreekt."), choose(tagged)))
    elif not isinstance(tag, str):
        faults.append(_wrong_type(tag, inspect.StrType(), where))
    elif (name := _name(tag, list(tagged), where, faults)) in tagged:
        return _struct({**data, key: name}, tagged[name], place, faults)
    return data


def _struct(data: Mapping[str, object], kind: inspect.StructType, place: Place, faults: _Faults) -> dict[str, object]:
    tag = {kind.tag_field: data.get(kind.tag_field)} if kind.tag_field else {}
    fields = {field.encode_name: field for field in kind.fields}
    absent = [name for name in fields if name not in data]
    meant = set()
    for key in data:
        if key not in fields and key not in tag:
            near = nearest(key, absent)
            meant.add(near)
            remedy = choose(fields) if near is None else _("Bedoel je {name}?").format(name=near)
            faults.append(Fault(str(place.at(key)), _("Deze naam is hier niet bekend."), remedy))
    # A name with a slip of the pen is one fault, not also a missing one.
    for name in absent:
        if name not in meant and fields[name].required:
            faults.append(_missing(fields[name], place.at(name)))
    known = {name: field for name, field in fields.items() if name in data}
    return tag | {name: _value(data[name], f.type, place.at(name), faults) for name, f in known.items()}


def _items(data: Sequence[object], kind: inspect.VarTupleType, place: Place, faults: _Faults) -> list[object]:
    places = (
        place.nth(number, item.get("id") if isinstance(item, Mapping) else None) for number, item in enumerate(data, 1)
    )
    return [_value(item, kind.item_type, where, faults) for item, where in zip(data, places, strict=True)]


def _text(data: str, kind: inspect.StrType, place: Place, faults: _Faults) -> str:
    try:
        if kind.max_length is None:
            text = clean_text(data, limit=TEXT_LIMIT).strip()
        else:
            text = clean_line(data, limit=kind.max_length)
    except TextTooLongError as fault:
        faults.append(Fault(str(place), str(fault), _("Kort hem in.")))
        return data
    if kind.min_length is not None and len(text) < kind.min_length:
        faults.append(Fault(str(place), _("Deze tekst is leeg."), _("Vul hem in.")))
    elif kind.pattern is not None and not re.search(kind.pattern, text):
        faults.append(_no_id(text, kind.pattern, place))
    return text


def _no_id(text: str, pattern: str, place: Place) -> Fault:
    """Tell how to write a name for the computer: the only pattern that the model has."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    example = "-".join(re.findall("[a-z0-9]+", plain))
    return Fault(
        str(place),
        _("“{text}” kan hier niet als naam.").format(text=shown(text)) if text else _("Deze naam is leeg."),
        _("Gebruik kleine letters, cijfers en losse streepjes, zoals {example}.").format(
            example=example if re.search(pattern, example) else "mijn-stap-2"
        ),
    )


def _name(data: str, names: Sequence[str], place: Place, faults: _Faults) -> str:
    text = data.strip()
    if text not in names:
        problem = _("“{text}” is hier niet bekend.").format(text=shown(text)) if text else _("Deze naam is leeg.")
        faults.append(Fault(str(place), problem, choose(names)))
    return text


def _number(data: int, kind: inspect.IntType, place: Place, faults: _Faults) -> int:
    low, high = kind.ge, kind.le
    number = str(data) if abs(data) < _SHOWABLE else _("Dit getal")
    if low is not None and data < low:
        problem = _("{number} is te klein.")
    elif high is not None and data > high:
        problem = _("{number} is te groot.")
    else:
        return data
    if low is not None and high is not None:
        remedy = _("Kies een geheel getal van {low} tot en met {high}.").format(low=low, high=high)
    else:
        remedy = _("Kies een ander getal.")
    faults.append(Fault(str(place), problem.format(number=number), remedy))
    return data


def _missing(field: inspect.Field, place: Place) -> Fault:
    if isinstance(field.type, inspect.EnumType):
        remedy = choose(str(member.value) for member in field.type.cls)
    else:
        remedy = _("Voeg toe: {example}").format(example=_example(field.type, place))
    return Fault(str(place), _("Dit ontbreekt."), remedy)


def _wrong_type(data: object, kind: inspect.Type, place: Place) -> Fault:
    problem = _("Hier staat {found}, maar hier hoort {wanted}.").format(found=_found(data), wanted=_wanted(kind))
    return Fault(str(place), problem, _("Schrijf het zo: {example}").format(example=_example(kind, place)))


def _example(kind: inspect.Type, place: Place) -> str:
    """Show how a value is written in TOML; a block is written under its full name."""
    match kind:
        case inspect.UnionType():
            return _example(kind.types[0], place)
        case inspect.StructType():
            return f"[[{'.'.join(place.keys)}]]" if place.counted else f"[{'.'.join(place.keys)}]"
        case inspect.VarTupleType(item_type=inspect.StructType() | inspect.UnionType()):
            return f"[[{'.'.join(place.keys)}]]"
        case inspect.VarTupleType():
            value = '["…", "…"]'
        case inspect.IntType():
            value = "10"
        case inspect.BoolType():
            value = "true"
        case _:
            value = '"…"'
    return value if place.counted else f"{place.keys[-1]} = {value}"


def _wanted(kind: inspect.Type) -> str:
    match kind:
        case inspect.StructType() | inspect.UnionType():
            return _("een blok")
        case inspect.VarTupleType():
            return _("een lijst")
        case inspect.IntType():
            return _("een geheel getal")
        case inspect.BoolType():
            return _("true of false")
    return _("een tekst")


def _found(data: object) -> str:
    match data:
        case bool():
            return _("true of false")
        case str():
            return _("een tekst")
        case int():
            return _("een geheel getal")
        case float():
            return _("een getal met een punt")
        case list() | tuple():
            return _("een lijst")
        case Mapping():
            return _("een blok")
    return _("iets anders")
