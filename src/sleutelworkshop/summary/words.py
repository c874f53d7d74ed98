"""Small turns of phrase that a summary needs in more than one place."""

from collections.abc import Sequence

from sleutelworkshop.i18n import _


def listed(items: Sequence[str], joined: str = "") -> str:
    """Return items as a phrase: ``Blauw, Rood en Geel``; ``joined`` may put another word before the last."""
    if len(items) < 2:
        return "".join(items)
    return (joined or _("{items} en {last}")).format(items=", ".join(items[:-1]), last=items[-1])


def decimal(number: float) -> str:
    """Return a number with one decimal, the Dutch way: ``3,8``."""
    return f"{number:.1f}".replace(".", _(","))
