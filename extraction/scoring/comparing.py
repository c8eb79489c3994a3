"""When an annotated and a read value are the same: spelling, aliases and parts of names apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from extraction.shown import without_parentheses, words

Compare = Callable[[Any, Any], bool]
# One share of a package, as the interchange format has it: a recipient and a fraction or an amount.
Share = dict[str, Any]

# Names under which texts speak of the Ukraine Defense Contact Group, as `words` writes them.
_UDCG = frozenset(
    {
        "ukraine defense contact group", "ukraine contact group", "udcg", "ramstein format", "ramstein group",
        "ramstein contact group", "contact group", "contact group on ukraine", "contact group on ukraine s defense",
        "contact group on defense of ukraine", "contact group on the defense of ukraine",
    }
)  # fmt: skip
_ABBREVIATED = {
    "foreign military financing": "fmf",
    "presidential drawdown authority": "pda",
    "drawdown": "pda",
    "ukraine security assistance initiative": "usai",
    "european peace facility": "epf",
    "prioritized ukraine requirements list": "purl",
    "prioritised ukraine requirements list": "purl",
    "official security assistance": "osa",
    "official security assistance osa": "osa",
}
# Words that do not tell one group from another.
_COMMON = "the a an for of on s and to in ukraine ukraines capability joint international group meeting meetings"
_COMMON_IN_GROUPS = frozenset(_COMMON.split())
_AFTER_SURNAME = frozenset({"jr", "sr", "ii", "iii", "iv"})
_IN_PARENTHESES = re.compile(r"\(([^)]*)\)")


def overlap(a: object, b: object) -> float:
    """Dice overlap of the words of two phrases, 0 to 1."""
    left, right = Counter(words(a).split()), Counter(words(b).split())
    size = left.total() + right.total()
    return 2 * (left & right).total() / size if size else 0.0


def group_key(name: object) -> str:
    """What a group is called once its case, article, abbreviation in parentheses and known aliases are gone."""
    key = words(without_parentheses(name)).removeprefix("the ")
    return "udcg" if key in _UDCG else key


def same(a: object, b: object) -> bool:
    return a == b


def stated(compare: Compare) -> Compare:
    """The comparison for values that may be absent: absent equals absent only."""

    def either(a: Any, b: Any) -> bool:
        return a is b if a is None or b is None else compare(a, b)

    return either


@stated
def same_group(a: object, b: object) -> bool:
    """One key, or half of the telling words shared; the UDCG is known by its aliases alone."""
    left, right = group_key(a), group_key(b)
    if left == right:
        return True
    if "udcg" in (left, right):
        return False
    telling_left, telling_right = set(left.split()) - _COMMON_IN_GROUPS, set(right.split()) - _COMMON_IN_GROUPS
    if not telling_left or not telling_right:
        return False
    return 2 * len(telling_left & telling_right) >= len(telling_left | telling_right)


def same_person(a: object, b: object) -> bool:
    """The same surname, and first names whose initials do not contradict."""
    left, right = ([word for word in words(name).split() if word not in _AFTER_SURNAME] for name in (a, b))
    if not left or not right or left[-1] != right[-1]:
        return False
    return len(left) == 1 or len(right) == 1 or left[0][0] == right[0][0]


def same_full_name(a: object, b: object) -> bool:
    """Every name the same, initials and suffixes left aside."""
    left, right = ([w for w in words(n).split() if w not in _AFTER_SURNAME and len(w) > 1] for n in (a, b))
    return left == right


@stated
def same_party(a: object, b: object) -> bool:
    """One state (ISO 3166-1 alpha-2), organisation or person."""
    if words(a) == words(b):
        return True
    if len(str(a)) == 2 or len(str(b)) == 2:
        return False
    return same_group(a, b) or same_person(a, b)


@stated
def same_programme(a: object, b: object) -> bool:
    left, right = _programme_keys(a), _programme_keys(b)
    return bool(left & right) or overlap(without_parentheses(a), without_parentheses(b)) >= 0.6


def _programme_keys(value: object) -> set[str]:
    """The name and what stands in parentheses after it, each as its abbreviation where it has one."""
    parts = [words(part) for part in (without_parentheses(value), *_IN_PARENTHESES.findall(str(value)))]
    return {_ABBREVIATED.get(part, part) for part in parts if part}


@stated
def same_place(a: object, b: object) -> bool:
    """One town, at most one word longer in one of the two ("Washington", "Washington DC")."""
    left, right = set(words(a).split()), set(words(b).split())
    if not left or not right or abs(len(left) - len(right)) > 1:
        return False
    return left <= right or right <= left


@stated
def same_venue(a: object, b: object) -> bool:
    return overlap(a, b) >= 0.5


@stated
def same_title(a: object, b: object) -> bool:
    return overlap(a, b) >= 0.6


def same_share(a: Share, b: Share) -> bool:
    """The same fraction or amount, within 1 %, for recipients that are one or share half their words."""
    sized = any(
        a.get(size) is not None and b.get(size) is not None and abs(a[size] - b[size]) <= 0.01 * abs(a[size])
        for size in ("fraction", "amount")
    )
    left, right = a.get("recipient"), b.get("recipient")
    return sized and (same_party(left, right) or overlap(left, right) >= 0.5)
