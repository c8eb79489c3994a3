"""Reads an article's text into facts: pure, deterministic, without network or database."""

from __future__ import annotations

import datetime
from pathlib import Path

from extraction.facts import Facts
from extraction.gazetteer import REFERENCE
from extraction.version import digest_of

ENGINE = "rules"
VERSION = digest_of(Path(__file__).parent, REFERENCE)


def read(title: str, text: str, published: datetime.date | None) -> Facts:
    """Read one article; `published` anchors "Tuesday", and nothing depends on the clock or the machine."""
    # The patterns of the rules take a second to compile, for which no web server and no command should wait in vain.
    from extraction import engine

    return engine.read(title, text, published)


__all__ = ["ENGINE", "VERSION", "Facts", "read"]
