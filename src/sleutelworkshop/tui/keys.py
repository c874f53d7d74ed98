"""The keys that work on a screen: for the help, the command palette and the footer, by their Dutch names."""

from collections.abc import Iterator
from typing import Final

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.screen import Screen

from sleutelworkshop.i18n import _

_NAMES: Final = {
    "space": _("spatie"),
    "escape": "esc",
    "plus": "+",
    "minus": "−",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "question_mark": "?",
    "slash": "/",
    "delete": "del",
    "backspace": "⌫",
    "equals_sign": "=",
}


def key_name(key: str) -> str:
    """Return a key, such as ``ctrl+pagedown``, as it is called on a keyboard."""
    *modifiers, last = key.split("+")
    if last not in _NAMES and last[:1] == "f" and last[1:].isdigit():
        last = last.upper()
    return "+".join([*modifiers, _NAMES.get(last, last)])


def commands_of(screen: Screen[object]) -> Iterator[ActiveBinding]:
    """Yield what can be done on a screen now, each once, with the first of its keys.

    Only what this program declares: the keys with which Textual's own widgets move a cursor need no telling,
    and their descriptions are in English.
    """
    seen: set[tuple[DOMNode, str]] = set()
    for active in (*screen.active_bindings.values(), *_everywhere(screen)):
        binding = active.binding
        # Two keys for one action are two bindings; a screen and a widget may share the name of an action.
        if active.enabled and binding.description and (active.node, binding.action) not in seen and _is_ours(active):
            seen.add((active.node, binding.action))
            yield active


def keys_of(screen: Screen[object], command: ActiveBinding) -> list[Binding]:
    """Return the keys for a command: of each binding that was declared for it the first, the screen's own before all.

    So that the space bar is told, and not F5 alone, which every screen has.
    """
    active = {each.binding.key: each.binding for each in screen.active_bindings.values() if each.node is command.node}
    declared = (
        each.key.split(",")[0]
        for cls in type(command.node).__mro__
        for each in vars(cls).get("BINDINGS", ())
        if isinstance(each, Binding) and each.action == command.binding.action
    )
    found = [active[key] for key in dict.fromkeys(declared) if key in active]
    return [each for each in found if each.action == command.binding.action] or [command.binding]


def _everywhere(screen: Screen[object]) -> Iterator[ActiveBinding]:
    """Yield the keys of the app that work on a modal screen as well, which cuts off the others."""
    for binding in type(screen.app).BINDINGS:
        if isinstance(binding, Binding) and binding.priority and screen.app.check_action(binding.action, ()):
            yield ActiveBinding(screen.app, binding, enabled=True, tooltip="")


def _is_ours(active: ActiveBinding) -> bool:
    ours = (cls for cls in type(active.node).__mro__ if cls.__module__.startswith("sleutelworkshop."))
    return any(
        # One without words of its own gets English ones out of the name of its action.
        isinstance(each, Binding) and each.description and each.action == active.binding.action
        for cls in ours
        for each in vars(cls).get("BINDINGS", ())
    )
