"""Names of groups: where one is named, which namings are of one group, and what its name is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extraction.gazetteer import gazetteer

_GENERIC_TAIL = re.compile(
    r" (?:partnership|pact|alliance|agreement|nations|countries|partners|leaders|defen[cs]e ministers|security pact|"
    r"initiative|states|members?|meetings?|sessions?|summit|conference|talks|allies|gathering|process)$",
    re.I,
)


@dataclass
class GroupMention:
    """One naming of a group; `key` is the reference name, or a folded name for a group not in the lists."""

    key: str
    start: int
    end: int
    text: str
    slug: str = ""
    ordinal: int | None = None


@dataclass
class Group:
    """All namings of one group in an article."""

    key: str
    mentions: list[GroupMention] = field(default_factory=list)

    @property
    def best(self) -> GroupMention:
        """The naming nearest to the reference name, the longest of equals, the first of those."""
        wanted = set(fold_name(self.key).split())

        def rank(mention: GroupMention) -> tuple[float, int, int]:
            have = set(fold_name(trim_name(mention.text)).split())
            known = gazetteer().lookup(trim_name(mention.text), "group") is not None
            return known + len(wanted & have) / max(1, len(wanted | have)), -len(have ^ wanted), -mention.start

        return max(self.mentions, key=rank)

    @property
    def name(self) -> str:
        """The group's name as the text gives it; "Ramstein" alone stands for the format."""
        name = trim_name(self.best.text)
        return "Ramstein format" if name.strip("\"'").lower() == "ramstein" else name


def fold_name(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower().replace("defence", "defense")).strip()


def trim_name(text: str) -> str:
    name = re.sub(r"\s+", " ", text).strip(" \"'")
    trimmed = _GENERIC_TAIL.sub("", name)
    return trimmed if len(trimmed) > 2 else name
