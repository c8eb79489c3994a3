"""Turns submitted bytes into an article's title, text and date, or says in one line why that cannot be done."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

MAX_BYTES = 10 * 1024 * 1024
# No news of the kind the register reads is older.
EARLIEST = datetime.date(1990, 1, 1)
# Of the domain name system.
LONGEST_HOST = 253


class IntakeFault(ValueError):
    """Why a submission cannot become an article; one line, fit to show an editor."""


@dataclass(frozen=True)
class Submission:
    """An article as submitted. `published` is None where unknown; `url` and `publisher` are empty then."""

    title: str
    text: str
    url: str = ""
    publisher: str = ""
    published: datetime.date | None = None
    note: str = ""


def parse(name: str, payload: bytes, today: datetime.date) -> Submission:
    """Read JSON, HTML or plain text, told apart by the file's name and, failing that, by its first character.

    Raises IntakeFault.
    """
    if len(payload) > MAX_BYTES:
        raise IntakeFault(f"is {len(payload) / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read")
    if not payload.strip():
        raise IntakeFault("is empty")
    if b"\0" in payload:
        raise IntakeFault("is binary, or has NUL bytes in it; submit text, HTML or JSON in UTF-8")
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise IntakeFault(f"is not UTF-8 text (byte {error.start}); submit text, HTML or JSON in UTF-8") from None
    lower, head = name.lower(), text.lstrip()[:1]
    if lower.endswith(".json") or (head == "{" and not lower.endswith((".txt", ".html", ".htm"))):
        return _checked(_from_json(text), today)
    if lower.endswith((".html", ".htm")) or (head == "<" and not lower.endswith(".txt")):
        return _checked(_from_html(text), today)
    return _checked(_from_text(text), today)


def _from_json(text: str) -> Submission:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise IntakeFault(f"is not JSON: {error.msg} in line {error.lineno}, column {error.colno}") from None
    except ValueError:
        # Python reads no number of more than 4300 digits.
        raise IntakeFault("is not an article: it holds a number too long to be read") from None
    except RecursionError:
        raise IntakeFault("is not an article: it is nested too deeply") from None
    if not isinstance(data, dict):
        raise IntakeFault("is JSON, but not an object with `title` and `text`")
    return Submission(
        title=_string(data, "title", required=True),
        text=_string(data, "text", required=True),
        url=_string(data, "url"),
        publisher=_string(data, "publisher"),
        published=_date(data.get("published")),
        note=_string(data, "note"),
    )


def _string(data: dict[str, Any], key: str, required: bool = False) -> str:
    value = data.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise IntakeFault(f"lacks `{key}`" if value is None else f"has a `{key}` that is not text")
    if required and not value.strip():
        raise IntakeFault(f"has an empty `{key}`")
    return value


def _date(value: Any) -> datetime.date | None:
    if value is None or value == "":
        return None
    try:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise IntakeFault(f"has an impossible `published` date {str(value)[:40]!r}; YYYY-MM-DD is meant") from None


def _from_html(text: str) -> Submission:
    # Imported here: it takes half a second, and most submissions are JSON.
    from trafilatura import bare_extraction

    found = bare_extraction(text, with_metadata=True, include_comments=False, include_tables=False)
    document = found.as_dict() if found is not None else {}
    body = (document.get("text") or "").strip()
    if not body:
        raise IntakeFault("is HTML in which no main text was found")
    # trafilatura parts paragraphs by single line breaks; an article's are parted by blank lines.
    paragraphs = [line.strip() for line in body.splitlines() if line.strip()]
    title = (document.get("title") or "").strip() or paragraphs[0][:200]
    published = document.get("date")
    return Submission(
        title=title,
        text="\n\n".join(paragraphs),
        url=document.get("url") or "",
        publisher=document.get("sitename") or document.get("hostname") or "",
        published=_date(published) if published else None,
    )


def _from_text(text: str) -> Submission:
    title, _, body = text.strip().partition("\n")
    if not body.strip():
        raise IntakeFault("has a first line but no text below it")
    return Submission(title=title.strip(), text=body.strip("\r\n"))


def _checked(found: Submission, today: datetime.date) -> Submission:
    for key in ("title", "text", "url", "publisher", "note"):
        value = getattr(found, key)
        if "\0" in value:
            raise IntakeFault(f"has a NUL character in its `{key}`")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise IntakeFault(f"has a lone surrogate in its `{key}`, at character {error.start}") from None
    if len(found.title) > 1000:
        raise IntakeFault(f"has a title of {len(found.title)} characters; 1000 at most")
    if found.url and not _is_web_address(found.url):
        raise IntakeFault(f"has a `url` that is no web address: {found.url[:80]!r}")
    if len(found.url) > 2000:
        raise IntakeFault("has a `url` of more than 2000 characters")
    if found.published is not None:
        # A day's grace, as publishers east of here are already in tomorrow.
        if found.published > today + datetime.timedelta(days=1):
            raise IntakeFault(f"has a `published` date in the future: {found.published}")
        if found.published < EARLIEST:
            raise IntakeFault(f"has a `published` date before {EARLIEST.year}: {found.published}")
    return found


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        # Reading the port fails where it is none.
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return bool(re.match(r"https?://[^/\s]+", url)) and 0 < len(host) <= LONGEST_HOST
