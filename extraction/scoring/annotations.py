"""An article and its annotation as files hold them, checked: what is not in the format is named, never guessed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# An item of a section, annotated or read, as the interchange format has it.
Item = dict[str, Any]

SECTIONS = ("contact_groups", "meetings", "officials", "packages")
NAMED_BY = {"contact_groups": "name", "meetings": "label", "officials": "name", "packages": "amount"}


class NotInFormat(Exception):
    """Something that is no annotated article; the message says where in the file and what was expected."""


@dataclass(frozen=True)
class Article:
    """What the engine is given, and the id that ties it to its annotation. Offsets count `content`."""

    id: str
    title: str
    text: str
    published: datetime.date | None

    @property
    def content(self) -> str:
        return f"{self.title}\n\n{self.text}"


@dataclass(frozen=True)
class Annotation:
    """What careful readers found in one article.

    `negative`: neither a meeting nor a package is in it. `ignore`: by section, notes that name items which neither
    count for nor against; the name of a field there leaves the field aside. `partial`: only what somebody decided is
    annotated, so that a further item counts only where `rejected` has it, by section. An item of a partial annotation
    lists as `undecided` the fields of which it says nothing (`exists`: the item itself) and as `rejected` the values,
    by field, that are wrong whatever else is.
    """

    id: str
    sections: dict[str, list[Item]]
    negative: bool
    ignore: dict[str, list[Any]]
    out_of_scope_meetings: list[str]
    partial: bool = False
    rejected: dict[str, list[Item]] = field(default_factory=dict)

    @property
    def something_to_read(self) -> bool:
        """Should the article pass the gate? Of one in which things were only rejected, nobody knows."""
        return any(self.sections.values()) if self.partial else not self.negative


@dataclass(frozen=True)
class Example:
    article: Article
    annotation: Annotation


def _text(value: object) -> bool:
    return isinstance(value, str)


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _shares(value: object) -> bool:
    """Each share has a recipient and a size."""
    return isinstance(value, list) and all(
        isinstance(share, dict)
        and isinstance(share.get("recipient"), str)
        and (_number(share.get("fraction")) or _number(share.get("amount")))
        for share in value
    )


def _alternatives(value: object) -> bool:
    """By field, the list of values that are right as well."""
    return isinstance(value, dict) and all(isinstance(one, list) for one in value.values())


def _sums(value: object) -> bool:
    """Another sum for the same money, or several."""
    sums = value if isinstance(value, list) else [value]
    return all(isinstance(s, dict) and _number(s.get("amount")) and _text(s.get("currency")) for s in sums)


_TYPES: tuple[tuple[str, Callable[[object], bool], str], ...] = (
    (
        "label name contact_group starts ends place country venue status title affiliation currency programme donor "
        "announced scope",
        _text,
        "text",
    ),
    ("ordinal nation_count member_count", _count, "a whole number"),
    ("amount", _number, "a number"),
    ("quoted optional", _flag, "true or false"),
    ("chairs participants recipients aliases_in_text topics undecided", _texts, "a list of texts"),
    ("shares", _shares, "a list of recipients, each with a fraction or an amount"),
    ("accept rejected", _alternatives, "lists of values by field"),
    ("amount_alt", _sums, "an amount and a currency, or a list of them"),
)
_TYPE_OF = {name: (fits, wanted) for names, fits, wanted in _TYPES for name in names.split()}


def annotation_of(record: object) -> Annotation:
    """The annotation that a file's JSON holds. Raises NotInFormat."""
    if not isinstance(record, dict):
        raise NotInFormat("is not an annotation: the file must hold one JSON object")
    if not isinstance(record.get("id"), str):
        raise NotInFormat("is not an annotation: 'id' must be text")
    sections: dict[str, list[Item]] = {}
    for section in SECTIONS:
        items = record.get(section)
        if not isinstance(items, list):
            raise NotInFormat(f"is not an annotation: {section!r} must be a list")
        sections[section] = [_item(section, index, item) for index, item in enumerate(items)]
    negative, ignore, aside = record.get("negative", False), record.get("ignore"), record.get("out_of_scope_meetings")
    if not isinstance(negative, bool):
        raise NotInFormat(f"'negative' must be true or false, not {negative!r}")
    if ignore is not None and not _alternatives(ignore):
        raise NotInFormat("'ignore' must give lists of notes by section")
    if aside is not None and not _texts(aside):
        raise NotInFormat("'out_of_scope_meetings' must be a list of texts")
    if negative and (sections["meetings"] or sections["packages"]):
        raise NotInFormat("'negative' is true, yet a meeting or a package is annotated")
    partial, rejected = record.get("partial", False), record.get("rejected") or {}
    if not isinstance(partial, bool):
        raise NotInFormat(f"'partial' must be true or false, not {partial!r}")
    if not _alternatives(rejected) or rejected.keys() - set(SECTIONS):
        raise NotInFormat("'rejected' must give lists of items by section")
    wrong = {s: [_item(s, index, item) for index, item in enumerate(items)] for s, items in rejected.items()}
    return Annotation(record["id"], sections, negative, ignore or {}, aside or [], partial, wrong)


def _item(section: str, index: int, item: object) -> Item:
    where = f"{section}[{index}]"
    if not isinstance(item, dict):
        raise NotInFormat(f"{where} must be an object")
    if item.get(NAMED_BY[section]) is None:
        raise NotInFormat(f"{where}: {NAMED_BY[section]!r} is missing")
    if section == "packages" and item.get("currency") is None:
        raise NotInFormat(f"{where}: 'currency' is missing")
    for name, value in item.items():
        fits, wanted = _TYPE_OF.get(name, (None, ""))
        if fits and value is not None and not fits(value):
            raise NotInFormat(f"{where}: {name!r} must be {wanted}, not {value!r}")
    return item
