"""Organisations, officials and posts as evidence sees them: fields, and what makes two mentions one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from evidence.choices import RecordKind
from evidence.fields import (
    EXISTS,
    Combine,
    FieldSpec,
    KindSpec,
    Node,
    Proposal,
    Reading,
    Value,
    always,
    choice_field,
    clean_text,
    date_field,
    names_field,
    parent_block,
    partial_date,
    record_field,
    text_field,
)
from evidence.fields import (
    register as register_kinds,
)
from evidence.partial_dates import PartialDate
from people.choices import OrganisationKind
from people.identity import in_context, official_block, official_conflict, official_features, same_person
from people.keys import name_keys, name_likeness, official_keys, official_likeness
from people.models import Official, Organisation, Post
from people.names import body_key, fold
from people.vocabulary import is_nation

Features = Mapping[str, Any]


def nation_code(value: Value) -> str:
    """An ISO 3166-1 alpha-2 code of a nation that the register knows."""
    code = str(value).upper()
    if not re.fullmatch(r"[A-Z]{2}", code) or not is_nation(code):
        raise ValueError(f"{value!r} is no ISO 3166-1 code that the register knows")
    return code


def nation_field(name: str = "nation", label: str = "nation") -> FieldSpec:
    return FieldSpec(name, label, nation_code, lambda value: {f"{name}_id": value})


def truth(value: Value) -> bool:
    if value is not True:
        raise ValueError("only true can be stated; reject the claim to deny it")
    return True


EXISTS_FIELD = FieldSpec(EXISTS, "that it exists", truth, lambda value: {})


def ends_after(first: str, last: str) -> Callable[[Any], None]:
    """Completes a row whose days were settled from different sources: an end before the start says nothing."""

    def finish(row: Any) -> None:
        begun, ended = getattr(row, first), getattr(row, last)
        if begun and ended and ended < begun:
            setattr(row, last, None)
            setattr(row, f"{last}_precision", "")

    return finish


def names_features(reading: Reading) -> dict[str, Any]:
    """Every name the mention gives, folded."""
    names = {
        body_key(str(name)) for field in ("name", "abbreviation", "aliases") for name in reading.values.get(field, ())
    }
    return {"names": sorted(names - {""})}


def shared_names(nodes: Sequence[Node]) -> Iterable[Proposal]:
    """Two bodies that share a name are one."""
    by_name: dict[str, list[str]] = {}
    for node in nodes:
        for name in node.features.get("names", ()):
            by_name.setdefault(name, []).append(node.signature)
    for signatures in by_name.values():
        yield from (Proposal(1.0, a, b) for a, b in combinations(signatures, 2))


def _post_features(reading: Reading) -> dict[str, Any]:
    return {"title": fold(str(reading.best("title") or ""))}


def _cited_columns(value: Value) -> dict[str, Any]:
    days = sorted(PartialDate.parse(day) for day in value or ())
    return {
        "first_cited": days[0].first if days else None,
        "last_cited": days[-1].last if days else None,
    }


def register() -> None:
    """Tell evidence about this app's kinds."""
    register_kinds(
        KindSpec(
            kind=RecordKind.ORGANISATION,
            model=Organisation,
            fields=[
                EXISTS_FIELD,
                text_field("name", "name", 300),
                text_field("abbreviation", "abbreviation", 50),
                names_field("aliases", "other names"),
                choice_field("organisation_kind", "kind of body", OrganisationKind.values),
            ],
            features=names_features,
            block=lambda reading, features: "",
            proposals=shared_names,
            identity_keys=name_keys,
            likeness=name_likeness,
        ),
        KindSpec(
            kind=RecordKind.OFFICIAL,
            model=Official,
            fields=[
                EXISTS_FIELD,
                text_field("name", "name", 200),
                names_field("aliases", "other names"),
                nation_field(),
                record_field("organisation", "body", RecordKind.ORGANISATION),
                # Posts are rows of their own; here the one on the day only tells officials of one name apart.
                FieldSpec("post", "post on the day", clean_text(300), lambda value: {}, compatible=always),
            ],
            features=official_features,
            block=official_block,
            in_context=in_context,
            proposals=same_person,
            conflict=official_conflict,
            identity_keys=official_keys,
            likeness=official_likeness,
        ),
        KindSpec(
            kind=RecordKind.POST,
            model=Post,
            fields=[
                EXISTS_FIELD,
                text_field("title", "title", 300),
                nation_field(),
                record_field("organisation", "body", RecordKind.ORGANISATION),
                date_field("held_from", "held from"),
                date_field("held_to", "held to"),
                FieldSpec("cited_on", "cited on", partial_date, _cited_columns, combine=Combine.MANY),
            ],
            features=_post_features,
            block=parent_block,
            finish=ends_after("held_from", "held_to"),
        ),
    )
