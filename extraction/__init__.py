"""Reads an article's text into facts: pure, deterministic, without network or database."""

from extraction.engine import read
from extraction.facts import Facts

ENGINE = "rules"
VERSION = "1"

__all__ = ["ENGINE", "VERSION", "Facts", "read"]
