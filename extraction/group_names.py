"""Names of groups: where one is named, which namings are of one group, and what its name is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from extraction.gazetteer import Entry, gazetteer
from extraction.lexicon import words

# Nouns for a body of several members; a name that ends in one may be a group's.
COLLECTIVE = words(
    """
    Coalition Group Compact Dialogue Pool Platform Club Grouping Five Six Seven Eight Nine Ten Twelve Triangle
    Quartet Quintet Format Pact Alliance Initiative Partnership Forum Cooperation Framework Watch Shield Circle
    Cluster Bloc League Ring Table Network Hub Consortium Quad Trio Charter Accord Arrangement Council Board
    Conference Band Entente Concert Ramp Caucus Contact Constellation Exchange Mechanism Coordination Union
    Roundtable Troika Sextet Octet Panel Collective Syndicate Vanguard Umbrella Squad Community
"""
)
# Heads that also name offices, agencies and events.
WEAK_COLLECTIVE = words(
    """
    Council Board Conference Forum Initiative Partnership Alliance Network Union Hub Panel Exchange Table
    Community Contact Framework Mechanism Coordination Charter Accord Cooperation Ring
"""
)
# Contact groups of peacemakers, and for Libya or the pirates off Somalia, whose are the short names then.
OTHER_CONTACT_GROUP = re.compile(
    r"\b(?:Trilateral|Quint|Balkans?|Libya|Somalia|Gaza|Syria|Sudan|Yemen) Contact Group\b|"
    r"\bContact Group (?:on|for) (?:the )?(?!Ukrain|Defen|Military|Support|Security|Air|Arms|Germany|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z]"
)
_CAPABILITY = re.compile(r" Capabilit(?:y|ies) (?=Coalition)")
# "the Coalition of Artillery Capabilities" is the artillery coalition.
_TURNED = re.compile(r"Coalition (?:of|for) (?P<what>\w+) Capabilit(?:y|ies)")
PLAIN_CONTACT_GROUP = ("Contact Group", "International Contact Group", "contact group")
TRADE = re.compile(
    r"\b(?:Defen[cs]e|Arms|Armaments?|Ammunition|Munitions?|Artillery|Drones?|Air|Missiles?|Radar|Naval|Maritime|"
    r"Mine|Demining|Fires|Shells?|"
    r"Military|Security|Strike|Interceptors?|Sustainment|Armou?r|Tanks?|Space|Surveillance|Expeditionary|"
    r"Capability|Weapons?|Rockets?|Warfare|"
    r"Deterrence|Logistics|Submarines?|Fighter|Helicopters?|Cyber|Sky|Shield|Procurement|Harbou?r|Barrels?|"
    r"Sensors?|Satellites?|Unmanned)\b"
)
# "Standing NATO Maritime Group", "Commander of the Carrier Strike Group": units and their commanders.
UNIT = re.compile(r"^(?:Commander|Commodore|Standing)\b|\b(?:Maritime|Task|Army|Air|Strike|Battle) Group\b")
_GENERIC_TAIL = re.compile(
    r" (?:partnership|pact|alliance|agreement|nations|countries|partners|leaders|defen[cs]e ministers|security pact|"
    r"initiative|states|members?|meetings?|sessions?|summit|conference|talks|allies|gathering|process)$",
    re.I,
)
_DESCRIBED = re.compile(r"'s |\b(?:directors|ministers|chiefs)\b")
_UNNAMED = re.compile(r"[^a-z0-9]+")
_BLANKS = re.compile(r"\s+")

# "the contact group that coordinates arms deliveries to Ukraine", in small letters throughout.
_ARMS_UKRAINE = re.compile(
    r" (?:(?:that|which) [^.;,]{3,60}|(?:on|for) (?:military |arms |the )?[^.;,]{0,40}|coordinating [^.;,]{3,40})"
    r"\b(?:Ukrain|Kiev|Kyiv)"
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
    # One of several named in a breath: what comes after does not speak of it alone.
    in_series: bool = False


class GroupMentions(list[GroupMention]):
    """The mentions found in a text of a length, and where they stand."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self._covered = bytearray(length)

    def add(self, mention: GroupMention) -> None:
        self.append(mention)
        self._covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)

    def add_apart(self, mention: GroupMention) -> None:
        """Adds a mention unless it stands on the words of another."""
        if self._covered.find(1, mention.start, mention.end) < 0:
            self.add(mention)


@dataclass
class Group:
    """All namings of one group in an article, complete before it is asked for its name."""

    key: str
    mentions: list[GroupMention] = field(default_factory=list)

    @cached_property
    def best(self) -> GroupMention:
        """The naming nearest to the reference name, the longest of equals, the first of those."""
        wanted = set(fold_name(self.key).split())

        def rank(mention: GroupMention) -> tuple[float, int, int]:
            have = set(fold_name(trim_name(mention.text)).split())
            known = gazetteer().lookup(trim_name(mention.text), "group") is not None
            proper = not _DESCRIBED.search(mention.text)
            return known + proper + len(wanted & have) / max(1, len(wanted | have)), -len(have ^ wanted), -mention.start

        return max(self.mentions, key=rank)

    @cached_property
    def name(self) -> str:
        """The group's name as the text gives it; "Ramstein" alone stands for the format."""
        name = trim_name(self.best.text)
        return "Ramstein format" if name.strip("\"'").lower() == "ramstein" else name


def kept(group: Group, view: str) -> bool:
    """A lower-case "contact group" or a bare ring name needs the group's proper name somewhere, or to be said whose it
    is."""
    if any(m.slug == "udcg" and _ARMS_UKRAINE.match(view, m.end) for m in group.mentions):
        return True
    return "coalition" in group.key.lower() or any(
        m.text[:1].isupper() or m.text[:1] in "\"'" or "coalition" in m.text.lower() for m in group.mentions
    )


def fold_name(text: str) -> str:
    """A name as a key: lower-case words, one spelling of "defence"."""
    return _UNNAMED.sub(" ", text.lower().replace("defence", "defense")).strip()


@lru_cache(maxsize=5000)
def trim_name(text: str) -> str:
    """A name without what only says what the group is ("AUKUS partners"); a capitalised last word belongs to a name."""
    name = _BLANKS.sub(" ", text).strip(" \"'")
    trimmed = _GENERIC_TAIL.sub("", name)
    own = name.split()[-1][:1].isupper() and gazetteer().lookup(trimmed, "group") is None
    return trimmed if len(trimmed) > 2 and not own else name


def known_group(name: str) -> Entry | None:
    """The listed group of a name, with "capability" in it or without: "Artillery Capabilities Coalition"."""
    short = _CAPABILITY.sub(" ", name)
    turned = _TURNED.fullmatch(name)
    if turned is not None:
        short = f"{turned['what'].lower()} coalition"
    return gazetteer().lookup(name, "group") or gazetteer().lookup(short, "group")
