"""What makes two mentions of an official one person: the name in any order and spelling, and for whom they speak.

Part of a name, an initial or the surname alone, is linked only where every whole name it fits is one person; of several
it is the one who held the same office in that year, and none of those who are known to have held others. A first name
that somebody says a person also goes by (William, Bill) is that person's for every mention of the block.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from evidence.fields import Node, Proposal, Reading
from people.names import person_key
from people.offices import office_of

Features = Mapping[str, Any]
# Where the family name stands first at home, English texts give names in either order.
FAMILY_NAME_FIRST = {"CN", "HU", "JP", "KH", "KP", "KR", "TW", "VN"}


def official_features(reading: Reading) -> dict[str, Any]:
    """Given names, surname, nation, and whether the person speaks for a body."""
    words = person_key(str(reading.best("name") or ""))
    others = [person_key(str(name)) for name in reading.values.get("aliases", ())]
    # Other first names only: a surname alone would fit everybody who bears it.
    first = {other[0] for other in others if len(other) > 1 and other[-1:] == words[-1:] and len(other[0]) > 1}
    also = {"also": sorted(first)} if first - set(words[:1]) else {}
    office = office_of(str(reading.best("post") or ""))
    # A year, not a day: each day would be a description of its own, to be compared with all others.
    held = {"office": office, "year": reading.said_on.year} if office and reading.said_on else {}
    return {
        **also,
        **held,
        "given": words[:-1],
        "surname": words[-1] if words else "",
        "nation": reading.best("nation"),
        "body": reading.best("organisation") is not None,
    }


def official_block(reading: Reading, features: Features) -> str:
    """All of one surname together; of nations that write it first, all of the nation."""
    if features["nation"] in FAMILY_NAME_FIRST:
        return f"nation {features['nation']}"
    return str(features["surname"])


def in_context(nodes: Sequence[Node]) -> list[Node]:
    """The nodes of one block, each with the other first names that any of them gives a person of its first name."""
    told = [
        (node.features["surname"], node.features["nation"], {node.features["given"][0], *node.features["also"]})
        for node in nodes
        if node.features.get("also") and node.features["given"] and not node.faded
    ]
    return [_known_as(node, told) for node in nodes]


def _known_as(node: Node, told: Sequence[tuple[str, str | None, set[str]]]) -> Node:
    features = node.features
    if not told or not features.get("given"):
        return node
    names = {
        name
        for surname, nation, known in told
        if surname == features["surname"] and features["given"][0] in known
        if nation is None or features["nation"] in (None, nation)
        for name in known
    }
    return replace(node, features={**features, "also": sorted(names)}) if names else node


def official_conflict(a: Features, b: Features) -> bool:
    """Can these two not be one person?"""
    if "surname" not in a or "surname" not in b:
        return False
    if not _fit(a, b):
        return True
    # A minister may become an alliance's secretary general, but nobody speaks for two nations.
    return bool(a["nation"] and b["nation"] and a["nation"] != b["nation"])


def same_person(nodes: Sequence[Node]) -> Iterable[Proposal]:
    """Pairs of one block that may be one person, with how surely."""
    named = [node for node in nodes if "surname" in node.features]
    whole = [node for node in named if _is_whole(node.features)]
    means = {node.signature: _meant(node, whole) for node in named if not _is_whole(node.features)}
    for a, b in combinations(named, 2):
        if _fit(a.features, b.features) and _meets(a, b, means) and _meets(b, a, means):
            yield Proposal(_score(a.features, b.features), a.signature, b.signature)


def _meant(node: Node, whole: Sequence[Node]) -> set[str] | None:
    """The whole names that part of a name can mean, by signature; None where these are several persons.

    Without any it means somebody else: those it fits held other offices in that year.
    """
    fitting = [w for w in whole if _may_be_one(node.features, w.features)]
    office = _held(node)
    if office:
        persons: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for w in fitting:
            persons[w.features["given"][0], w.features["surname"]].append(w)
        held = {who: {o for w in nodes if (o := _held(w)) and o[1] == office[1]} for who, nodes in persons.items()}
        same = [who for who, offices in held.items() if office in offices]
        chosen = same or [who for who, offices in held.items() if not offices]
        if fitting and not chosen:
            return set()
        fitting = [w for who in chosen for w in persons[who]]
    several = any(not _may_be_one(a.features, b.features) for a, b in combinations(fitting, 2))
    return None if several else {w.signature for w in fitting} | ({""} if not fitting else set())


def _held(node: Node) -> tuple[str, int] | None:
    """The kind of office held, and the year."""
    return (node.features["office"], node.features["year"]) if "office" in node.features else None


def _meets(part: Node, other: Node, means: Mapping[str, set[str] | None]) -> bool:
    """May these two be linked, as far as the first goes?"""
    if part.signature not in means:
        return True
    meant = means[part.signature]
    # Two parts of names that are ambiguous each by itself are so together.
    if meant is None:
        return False
    if other.signature not in means:
        return other.signature in meant
    theirs = means[other.signature]
    return theirs is not None and (bool(meant & theirs) if meant or theirs else _held(part) == _held(other))


def _score(a: Features, b: Features) -> float:
    if _words(a) == _words(b):
        return 1.0
    return 0.9 if a["given"] and b["given"] else 0.6


def _is_whole(features: Features) -> bool:
    return bool(features["given"]) and len(features["given"][0]) > 1


def _may_be_one(a: Features, b: Features) -> bool:
    return not official_conflict(a, b)


def _words(features: Features) -> list[str]:
    return sorted([*features["given"], features["surname"]])


def _fit(a: Features, b: Features) -> bool:
    """May two names be one's? The same words in any order; else one surname, with first names equal or an initial."""
    if _words(a) == _words(b):
        return True
    if a["surname"] != b["surname"]:
        # The surname alone may be the first word of the whole name.
        bare, other = sorted((a, b), key=lambda one: len(one["given"]))
        return bool(
            not bare["given"]
            and {bare["nation"], other["nation"]} & FAMILY_NAME_FIRST
            and other["given"]
            and bare["surname"] == other["given"][0]
        )
    if not a["given"] or not b["given"]:
        return True
    if {a["given"][0], *a.get("also", ())} & {b["given"][0], *b.get("also", ())}:
        return True
    left, right = sorted((a["given"][0], b["given"][0]), key=len)
    return left == right or (len(left) == 1 and right.startswith(left))
