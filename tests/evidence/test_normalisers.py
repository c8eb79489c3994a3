"""Whatever is offered to a field is refused with a reason or becomes a value that it can hold."""

import json

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from evidence.fields import kinds_in_order

FIELDS = [(kind.kind.value, spec.name) for kind in kinds_in_order() for spec in kind.fields]
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["2022-09-08", "2022-09", "UA", "ua", "USD", "held", "chair", "1e99999999", "0", "-1", "½", "٤"]),
)
anything = st.one_of(
    scalars,
    st.lists(scalars, max_size=2),
    st.fixed_dictionaries(
        {},
        optional={
            "number": scalars,
            "currency": st.sampled_from(["USD", "usd", "", None, "DOLLARS"]),
            "qualifier": st.sampled_from([None, "", "about", "very"]),
        },
    ),
)


@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=[f"{kind}.{name}" for kind, name in FIELDS])
@given(value=anything)
@example(value="nul \0 inside")
@example(value="half a \ud83d pair")
@example(value="1e99999999")
@example(value={"number": "1e99999999", "currency": "USD"})
@example(value={"number": float("inf"), "currency": "USD"})
@example(value=float("inf"))
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_field_takes_a_value_or_says_why_not(reference_db, kind, name, value):
    spec = next(k for k in kinds_in_order() if k.kind == kind).by_name[name]
    try:
        normalised = spec.normalise(value)
    except ValueError:
        return
    assert spec.normalise(normalised) == normalised
    assert spec.agree(normalised, normalised)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb", [json.dumps(normalised, allow_nan=False)])
    if spec.reference is None:
        spec.columns([normalised] if spec.combine.name == "MANY" else normalised)
    assert spec.columns(None) is not None
