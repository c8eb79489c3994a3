"""Organisations, officials and posts as evidence sees them: fields, and what makes two mentions one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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
    choice_field,
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
from people.keys import name_keys, name_likeness, official_keys, official_likeness
from people.models import Official, Organisation, Post
from people.names import body_key, fold, person_key
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


def _official_features(reading: Reading) -> dict[str, Any]:
    words = person_key(str(reading.best("name") or ""))
    return {
        "given": words[:-1],
        "surname": words[-1] if words else "",
        "nation": reading.best("nation"),
        "body": reading.best("organisation") is not None,
    }


def _official_block(reading: Reading, features: Features) -> str:
    return str(features["surname"])


def _given_agree(a: Sequence[str], b: Sequence[str]) -> bool:
    """First given names equal, or one the initial of the other."""
    if not a or not b:
        return True
    left, right = sorted((a[0], b[0]), key=len)
    return left == right or (len(left) == 1 and right.startswith(left))


def _same_person(nodes: Sequence[Node]) -> Iterable[Proposal]:
    named = [node for node in nodes if node.features.get("given")]
    # A bare surname is linked only where every full name of the block could be one person.
    one_person = all(
        _given_agree(a.features["given"], b.features["given"]) and not _official_conflict(a.features, b.features)
        for a, b in combinations(named, 2)
    )
    for a, b in combinations(nodes, 2):
        left, right = a.features.get("given"), b.features.get("given")
        if left is None or right is None:
            continue
        if left and right:
            if left == right:
                yield Proposal(1.0, a.signature, b.signature)
            elif _given_agree(left, right):
                yield Proposal(0.9, a.signature, b.signature)
        elif one_person:
            yield Proposal(0.6, a.signature, b.signature)


def _official_conflict(a: Features, b: Features) -> bool:
    if "surname" not in a or "surname" not in b:
        return False
    if not _given_agree(a["given"], b["given"]):
        return True
    # A minister may become an alliance's secretary general, but nobody speaks for two nations.
    return bool(a["nation"] and b["nation"] and a["nation"] != b["nation"])


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
            ],
            features=_official_features,
            block=_official_block,
            proposals=_same_person,
            conflict=_official_conflict,
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
        ),
    )
