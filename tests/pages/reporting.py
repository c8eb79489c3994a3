"""A register made of articles whose lines say what they state, and the pages as a reader gets them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from plain_reader import article

from evidence.models import Article
from ingest.services import advance, submit_bytes

GROUP = "Ukraine Defense Contact Group"


def report(*lines: str, name: str, **more: Any) -> Article:
    """Submit one article and bring it as far as it goes."""
    payload = article(*lines, name=name, **more)
    intake = submit_bytes(f"{name}.json", payload)
    advance(intake.pk)
    intake.refresh_from_db()
    assert intake.article is not None, intake.fault
    return intake.article


def get(path: str, status: int = 200) -> str:
    """The page at this path, which answers with this status and keeps to the strict policy."""
    response = Client().get(path)
    assert response.status_code == status, (path, response.status_code)
    text = response.content.decode()
    assert_strict(text)
    return text


def words(html: str) -> str:
    """What a reader sees of a page: its text, white space folded."""
    parser = _Text()
    parser.feed(html)
    return " ".join("".join(parser.parts).split())


def assert_strict(html: str) -> None:
    """Nothing in the page needs an inline script or style."""
    parser = _Strict()
    parser.feed(html)
    assert parser.faults == []


def section(html: str, start: str, end: str) -> str:
    """The part of a page between two pieces of markup."""
    match = re.search(re.escape(start) + "(.*?)" + re.escape(end), html, re.S)
    assert match is not None, f"{start!r} is not on the page"
    return match.group(1)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in ("head", "title"):
            self.skipped += 1
        elif tag not in ("mark", "a", "sup", "b", "q"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("head", "title"):
            self.skipped -= 1
        elif tag not in ("mark", "a", "sup", "b", "q"):
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.parts.append(data)


class _Strict(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.faults.append(f"{name}={value!r} on <{tag}>")
            if name == "id":
                if value in self.ids:
                    self.faults.append(f"id {value!r} twice")
                self.ids.add(value or "")
            if name == "href" and (value or "").startswith(("http:", "https:")):
                rel = dict(attrs).get("rel") or ""
                if "noopener" not in rel or "nofollow" not in rel:
                    self.faults.append(f"{value} without rel")
