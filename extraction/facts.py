"""What reading an article yields: frozen values, each with the spans of text that show it.

The interchange format is described in the evaluation contract; `Facts.to_json` writes it. Dates are strings
`YYYY[-MM[-DD]]` whose length is their precision. Nations are ISO 3166-1 alpha-2 codes (XK for Kosovo).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

Value = str | int | float | bool | None


@dataclass(frozen=True)
class Evidence:
    """Where the text shows a value: `content[start:end] == quote`, offsets in code points.

    `value` is the value of the field, or the one element of a list field that this quote shows.
    """

    field: str
    start: int
    end: int
    quote: str
    confidence: float
    rule: str
    value: Value = None


@dataclass(frozen=True)
class Anchor:
    """The span of the head mention of an item."""

    start: int
    end: int


@dataclass(frozen=True)
class ContactGroup:
    """A named multinational group; `member_count` is its size, never the attendance of a meeting."""

    name: str
    member_count: int | None
    aliases: tuple[str, ...]
    abbreviation: str | None
    anchor: Anchor
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Meeting:
    """One multinational meeting; a one-day meeting has `ends` None."""

    label: str
    contact_group: str | None
    ordinal: int | None
    starts: str | None
    ends: str | None
    place: str | None
    country: str | None
    venue: str | None
    status: str
    chairs: tuple[str, ...]
    participants: tuple[str, ...]
    nation_count: int | None
    nation_count_qualifier: str | None
    topics: tuple[str, ...]
    level: str | None
    mode: str | None
    coordinated_with: tuple[str, ...]
    officials_present: tuple[str, ...]
    anchor: Anchor
    evidence: tuple[Evidence, ...]
    # What the model of meetings saw of it; only for how sure the engine is, and not written out.
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Official:
    """A named person in public, military or international office."""

    name: str
    title: str | None
    affiliation: str | None
    quoted: bool
    aliases: tuple[str, ...]
    anchor: Anchor
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Share:
    """A stated part of a package: a fraction of it, or an amount in its currency."""

    recipient: str
    fraction: float | None = None
    amount: float | None = None

    def to_json(self) -> dict[str, Any]:
        size = {"fraction": self.fraction} if self.fraction is not None else {"amount": self.amount}
        return {"recipient": self.recipient, **size}


@dataclass(frozen=True)
class Package:
    """Money for arms or military aid; `amount` is in whole units of `currency` (ISO 4217)."""

    amount: float
    currency: str
    qualifier: str | None
    programme: str | None
    donor: str | None
    recipients: tuple[str, ...]
    shares: tuple[Share, ...]
    announced: str | None
    status: str | None
    contents: tuple[str, ...]
    part_of: int | None
    meeting: int | None
    anchor: Anchor
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Capability:
    """Equipment or a capability that the text names."""

    name: str
    maker: str | None
    anchor: Anchor
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Statement:
    """A direct quotation; `meeting` is an index into the article's meetings."""

    official: str
    quote: str
    meeting: int | None
    anchor: Anchor
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Facts:
    """Everything read out of one article. `relevant` is the gate's verdict; `language` is ISO 639-1."""

    language: str
    relevant: bool
    contact_groups: tuple[ContactGroup, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    officials: tuple[Official, ...] = ()
    packages: tuple[Package, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    statements: tuple[Statement, ...] = ()

    def to_json(self, id: str) -> dict[str, Any]:
        """The interchange object of one article, JSON-serialisable."""
        packages = [
            {**_plain(package), "shares": [share.to_json() for share in package.shares]} for package in self.packages
        ]
        return {
            "id": id,
            "language": self.language,
            "relevant": self.relevant,
            "contact_groups": [_plain(group) for group in self.contact_groups],
            "meetings": [_plain(meeting) for meeting in self.meetings],
            "officials": [_plain(official) for official in self.officials],
            "packages": packages,
            "capabilities": [_plain(capability) for capability in self.capabilities],
            "statements": [_plain(statement) for statement in self.statements],
        }


def _plain(
    item: ContactGroup | Meeting | Official | Package | Capability | Statement,
) -> dict[str, Any]:
    plain = asdict(item)
    plain.pop("signs", None)
    for key, value in plain.items():
        if isinstance(value, tuple):
            plain[key] = list(value)
    return plain
