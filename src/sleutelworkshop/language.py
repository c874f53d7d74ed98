"""The language in which a script speaks, as documents name it: a code of ISO 639, with a country of ISO 3166 or not."""

import re
from typing import Final

DEFAULT: Final = "nl"
"""The language of the interface, whose words stand in every document too."""

_CODE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?")


def is_language(text: str) -> bool:
    """Return whether a text is a code as documents want it: ``nl``, ``fry`` or ``nl-BE``."""
    return language_of(text) == text


def language_of(text: str) -> str:
    """Return the code that a text means; :data:`DEFAULT` for what is none, as every document must name a language."""
    found = _CODE.fullmatch(text.strip())
    if found is None:
        return DEFAULT
    language, country = found.groups()
    return f"{language.lower()}-{country.upper()}" if country else language.lower()
