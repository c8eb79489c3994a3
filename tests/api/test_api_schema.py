"""The description of the feeds holds for what they send, and its page obeys the strict policy."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator


@pytest.fixture(scope="module")
def schema(tmp_path_factory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("schema") / "schema.json"
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", "--file", str(file))
    return json.loads(file.read_text(encoding="utf-8"))


def strict(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema, in which a component holds what it names and nothing else."""
    for component in schema["components"]["schemas"].values():
        if "properties" in component:
            component["additionalProperties"] = False
    return schema


def check(schema: dict[str, Any], path: str, status: str, media: str, sent: Any) -> None:
    answer = schema["paths"][path]["get"]["responses"][status]["content"][media]["schema"]
    faults = Draft202012Validator({**answer, "components": schema["components"]}).iter_errors(sent)
    assert [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in faults] == []


def test_it_is_openapi_3_1_and_names_every_feed(schema):
    assert schema["openapi"].startswith("3.1")
    feeds = {"meetings", "groups", "nations", "officials", "packages", "articles"}
    assert {path.split("/")[3] for path in schema["paths"]} == feeds | {"", "totals", "changes"}
    assert all(set(methods) == {"get"} for methods in schema["paths"].values())


def test_filters_and_evidence_are_described(schema):
    listed = {p["name"]: p for p in schema["paths"]["/api/v1/meetings/"]["get"]["parameters"]}
    assert {"cursor", "page_size", "evidence", "group", "nation", "official", "year", "from", "to"} <= set(listed)
    assert listed["status"]["schema"]["enum"] == ["cancelled", "held", "planned", "postponed", "proposed"]
    detail = schema["paths"]["/api/v1/meetings/{id}/"]["get"]
    assert [p["name"] for p in detail["parameters"]] == ["as_of", "evidence", "id"]
    assert {"200", "301", "404", "410"} <= set(detail["responses"])


def test_what_is_sent_is_as_described(schema, feed, register):
    wanted = strict(schema)
    for name in ("meetings", "groups", "nations", "officials", "packages", "articles"):
        key = "iso2" if name == "nations" else "id"
        for evidence in ("0", "1"):
            listed = feed(f"{name}/", evidence=evidence, page_size="200")
            assert listed["results"], name
            check(wanted, f"/api/v1/{name}/", "200", "application/json", listed)
            for row in listed["results"][:20]:
                detail = feed(f"{name}/{row[key]}/", evidence=evidence)
                check(wanted, f"/api/v1/{name}/{{{key}}}/", "200", "application/json", detail)


def test_totals_are_sent_as_described(schema, feed, register):
    wanted = strict(schema)
    for by in ("donor", "recipient", "programme", "year"):
        sent = feed("totals/", by=by)
        assert sent["stages"], by
        check(wanted, "/api/v1/totals/", "200", "application/json", sent)
    for picked in ({}, {"left_out": "any"}):
        check(wanted, "/api/v1/totals/packages/", "200", "application/json", feed("totals/packages/", **picked))
    check(schema, "/api/v1/totals/", "400", "application/problem+json", feed("totals/", 400, by="colour"))


def test_changes_are_sent_as_described(schema, feed):
    """Those of the reference data, which are committed."""
    sent = feed("changes/", page_size="200")
    assert {entry["kind"] for entry in sent["results"]} == {"contact_group", "organisation"}
    check(strict(schema), "/api/v1/changes/", "200", "application/json", sent)


def test_problems_are_as_described(schema, feed):
    problem = feed("meetings/", 400, year="x")
    check(strict(schema), "/api/v1/meetings/", "400", "application/problem+json", problem)


def test_a_wrong_answer_would_be_noticed(schema, feed, seventeenth):
    sent = feed(f"meetings/{seventeenth.pk}/")
    for wrong in ({**sent, "starts": "22.11.2023"}, {**sent, "surprise": 1}, {**sent, "status": "over"}):
        with pytest.raises(AssertionError):
            check(strict(schema), "/api/v1/meetings/{id}/", "200", "application/json", wrong)


class Inline(HTMLParser):
    """Collects what the policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        outside = any(str(names.get(name, "")).startswith(("http:", "https:", "//")) for name in ("src", "href"))
        inline = tag == "style" or (tag == "script" and "src" not in names) or "style" in names
        if inline or outside or any(name.startswith("on") for name in names):
            self.refused.append(tag)


def test_the_documentation_needs_nothing_that_the_policy_refuses(reference_db):
    response = Client().get("/api/v1/docs/")
    assert "unsafe" not in response["Content-Security-Policy"]
    found = Inline()
    found.feed(response.content.decode())
    assert found.refused == []
    script = Client().get("/api/v1/docs/?script=")
    assert script["Content-Type"] == "application/javascript"
    assert "/api/v1/schema/" in script.content.decode()
