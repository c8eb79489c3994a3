"""By which keys two bodies or two persons are one or may be; see `meetings.keys` for `?` and `!`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from people.models import Official
from people.names import body_key, person_key


def name_keys(body: Any, values: Mapping[str, Any]) -> list[str]:
    """Keys of anything that is known by its name: a body, a group."""
    return [f"name {body_key(body.name)}"] if body.name else []


def name_likeness(key: str) -> str:
    """What two bodies that share this key have in common, in words."""
    return "Both go by one name."


def official_keys(person: Official, values: Mapping[str, Any]) -> list[str]:
    """Every key of a person, sorted: the whole name in any order, and what part of a name may be."""
    words = person_key(person.name)
    if not words:
        return []
    nation, surname = person.nation_id or "-", words[-1]
    if len(words) == 1:
        parties = [nation, "-"] if person.nation_id else ["*"]
        return sorted(f"?surname {surname} {party}" for party in parties)
    keys = {f"words {' '.join(sorted(words))}", f"!surname {surname} {nation}", f"!surname {surname} *"}
    initial = words[0][0]
    if len(words[0]) == 1:
        keys.add(f"?initial {initial} {surname}")
    else:
        keys.add(f"!initial {initial} {surname}")
    if person.nation_id:
        keys.add(f"sound {initial} {skeleton(surname)} {nation}")
    return sorted(keys)


def skeleton(word: str) -> str:
    """The consonants of a folded word, doubled ones once: what transliterations and slips leave alone."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou]", "", word.replace("w", "v").replace("ck", "k"))) or word


def official_likeness(key: str) -> str:
    """What two persons who share this key have in common, in words."""
    return {
        "words": "Both have the same name.",
        "surname": "One is given by the surname alone, which is the other's.",
        "initial": "One is given by an initial, which fits the other.",
        "sound": "Both speak for one nation, and their names sound alike.",
    }[key.partition(" ")[0]]
