"""Reads an article's text into facts: pure, deterministic, without network or database."""

from pathlib import Path

from extraction.engine import read
from extraction.facts import Facts
from extraction.gazetteer import REFERENCE
from extraction.version import digest_of

ENGINE = "rules"
VERSION = digest_of(Path(__file__).parent, REFERENCE)

__all__ = ["ENGINE", "VERSION", "Facts", "read"]
