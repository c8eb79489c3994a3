"""The JSON schema of an answer: every value beside the words of the text that show it.

Every property is required and no other is allowed, as the strict modes of schema-bound decoding want it; what the
text does not say is null or an empty list.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

SECTIONS = ("contact_groups", "meetings", "officials", "packages")


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _shown(value: Schema) -> Schema:
    """A value with the quote that shows it."""
    return _object(value=value, quote={"type": "string"})


def _maybe(value: Schema) -> Schema:
    return {"anyOf": [_shown(value), {"type": "null"}]}


def _list(value: Schema) -> Schema:
    return {"type": "array", "items": value}


_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer"}


def _one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


ANSWER: Schema = _object(
    contact_groups=_list(_object(name=_shown(_TEXT), member_count=_maybe(_COUNT))),
    meetings=_list(
        _object(
            mention=_shown(_TEXT),
            contact_group=_maybe(_TEXT),
            ordinal=_maybe(_COUNT),
            starts=_maybe(_TEXT),
            ends=_maybe(_TEXT),
            place=_maybe(_TEXT),
            country=_maybe(_TEXT),
            venue=_maybe(_TEXT),
            status=_maybe(_one_of("planned", "held", "postponed", "cancelled")),
            mode=_maybe(_one_of("in_person", "virtual", "hybrid")),
            nation_count=_maybe(_COUNT),
            chairs=_list(_shown(_TEXT)),
            participants=_list(_shown(_TEXT)),
            officials_present=_list(_shown(_TEXT)),
            topics=_list(_shown(_TEXT)),
        )
    ),
    officials=_list(
        _object(name=_shown(_TEXT), title=_maybe(_TEXT), affiliation=_maybe(_TEXT), quoted=_maybe({"type": "boolean"}))
    ),
    packages=_list(
        _object(
            amount=_shown({"type": "number"}),
            currency=_TEXT,
            programme=_maybe(_TEXT),
            donor=_maybe(_TEXT),
            recipients=_list(_shown(_TEXT)),
            announced=_maybe(_TEXT),
            status=_maybe(_one_of("announced", "proposed", "approved", "delivered")),
            contents=_list(_shown(_TEXT)),
        )
    ),
)
