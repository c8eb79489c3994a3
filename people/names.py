"""Names compared: how two spellings of one person or body are brought together."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
# Small words that sources add or leave out in the names of bodies.
# Latin letters that Unicode takes apart into nothing plainer.
PLAIN = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ß": "ss", "ẞ": "SS", "æ": "ae",
     "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH", "ı": "i", "ħ": "h", "Ħ": "H"}
)  # fmt: skip
FILLERS = {"the", "of", "for", "on", "and", "in"}


@lru_cache(maxsize=4096)  # every article speaks of the same few bodies and people
def fold(text: str) -> str:
    """Lower-case ASCII words parted by single spaces; British spelling folded into American."""
    plain = unicodedata.normalize("NFKD", text.translate(PLAIN)).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    return " ".join("defense" if word == "defence" else word for word in words)


@lru_cache(maxsize=4096)
def body_key(name: str) -> str:
    """A body's name without articles and small words."""
    return " ".join(word for word in fold(name).split() if word not in FILLERS)


def person_key(name: str) -> list[str]:
    """The words of a person's name, surname last, in one transliteration: Zelenskyy and Zelensky are alike."""
    first, comma, last = name.partition(",")
    if comma and fold(last) and not set(fold(last).split()) <= SUFFIXES:
        # "Zelenskyy, Volodymyr".
        name = f"{last} {first}"
    words = [word for word in fold(name).split() if word not in SUFFIXES]
    return [re.sub(r"[ijy]+", "i", word) for word in words]
