"""The version of the rules: a digest of the files they stand in, so that none is upgraded without its telling."""

from __future__ import annotations

import hashlib
from pathlib import Path

# Scoring looks at what was read; a language model is a reader with a version of its own.
NO_RULES = ("scoring", "llm")
KINDS = (".py", ".csv")
DIGITS = 8


def digest_of(*directories: Path) -> str:
    """Eight hexadecimal digits that change with any rule, word list or fitted weight under these directories."""
    found = hashlib.sha256()
    for directory in directories:
        for path in sorted(directory.rglob("*")):
            name = path.relative_to(directory)
            if path.suffix in KINDS and name.parts[0] not in NO_RULES:
                # As Git may check them out elsewhere.
                found.update(f"{name.as_posix()}\0".encode() + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()[:DIGITS]
