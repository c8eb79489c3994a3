"""Contact groups: named multinational groups for defence cooperation, new coalitions included, aliases joined."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property

from extraction import lexicon
from extraction.facts import ContactGroup, Evidence
from extraction.gazetteer import gazetteer
from extraction.group_counts import MemberCounts
from extraction.group_discovery import WordIndex, discover
from extraction.group_lists import listed
from extraction.group_names import (
    COLLECTIVE,
    OTHER_CONTACT_GROUP,
    PLAIN_CONTACT_GROUP,
    TRADE,
    UNIT,
    Group,
    GroupMention,
    GroupMentions,
    fold_name,
    kept,
    known_group,
    trim_name,
)
from extraction.reading import Reading
from extraction.screening import Screened

UDCG = "Ukraine Defense Contact Group"
# Reference rows that are bodies of an organisation or funding lines: they meet or pay, but are no contact group.
NOT_GROUPS = frozenset(["nato-ndm", "nuc", "eu-fac-def", "purl", "ukraine-compact", "eda-sb", "czech-ammo", "iaad"])
# "the Ramstein meeting", "Ramstein-26", "in the Ramstein format", "the 26th Ramstein": the group, not the town.
_RAMSTEIN = re.compile(
    r"[\"']?\bRamstein\b[\"']?(?:[- ](?P<number>\d{1,2})\b|[- ](?:[Ff]ormat|[Gg]roup|[Cc]oalition|[Mm]eetings?|"
    r"[Ss]ummit|"
    r"[Ss]ession|[Pp]rocess|[Cc]onference|[Tt]alks|[Cc]ontact [Gg]roup|[Mm]embers?|[Pp]artners|[Cc]ountries|"
    r"[Aa]llies|"
    r"[Ss]tates|[Nn]ations|[Gg]athering|[Mm]inisterial|[Rr]ound|[Ll]eaders|[Mm]inisters|[Dd]efen[cs]e (?:[Mm]inisters|"
    r"[Ll]eaders|[Cc]hiefs)))|\bRamstein(?='s (?:members|partners|allies|next|last|latest)\b)|"
    r"(?<=framework of )Ramstein\b|(?<=outcome of )Ramstein\b|(?<=outcomes of )Ramstein\b|(?<=results of )Ramstein\b|"
    r"(?<=during )Ramstein\b(?! [A-Z])|(?<=[Bb]efore the )Ramstein\b(?! [A-Z])|"
    r"(?<=next )Ramstein\b|(?<=\dth )Ramstein\b|(?<=\d(?:st|nd|"
    r"rd) )Ramstein\b|(?<=[a-z](?:th|st|rd) )Ramstein\b|(?<=second )Ramstein\b|(?<=\()Ramstein(?=\))|"
    r"(?<=\")Ramstein(?=\")"
)
_CONTACT_GROUP = re.compile(
    r"\b(?:International )?(?:(?:Ukraine|Ukrainian)(?:'s)? )?(?:Defen[cs]e |Security |Support )?(?:Consultative |"
    r"Contact )Group\b"
    r"(?: (?:on|for|of)(?: the)? (?:Defen[cs]e (?:Issues )?(?:of|for|in) Ukraine|Ukraine(?:'s)?(?: (?:Defen[cs]e|"
    r"Security))?(?: Support)?|"
    r"Military Support (?:for|to) Ukraine))?|\bcontact group\b(?= (?:meeting|session|on|for|member))"
)
_COALITION = re.compile(
    r"\b(?P<words>(?:(?:[A-Z][\w-]*|air|fighter|jet|drone|tank|artillery|missile|defen[cs]e|electronic|warfare|"
    r"sea|naval|"
    r"maritime|mine|demining|de-mining|armou?r(?:ed)?|vehicles?|ammunition|shell|cyber|long-range|deep|strike|"
    r"precision|"
    r"capability|capabilities|training|pilot|helicopter|space|satellite|rail|engineering|repair|medical|force|"
    r"forces|and|"
    r"unmanned|uncrewed|aerial|[a-z]+-defen[cs]e|counter-drone|anti-drone|interceptor|energy|munitions?|rocket|"
    r"infantry|logistics|deminers?) ){1,6})(?P<head>[Cc]oalitions?)\b(?! (?:[Gg]overnment|[Aa]greement|partner|"
    r"party))"
)
_COALITION_FOR = re.compile(
    r"\b[Cc]oalition (?:for|on) (?:the |Ukraine's |Ukrainian )?(?P<capability>artillery|drones?|demining|"
    r"(?:integrated )?air and missile defen[cs]e|air defen[cs]e|tanks?|"
    r"armou?r|armou?red vehicles|maritime security|the navy|IT|information technology|jets|fighter jets)\b"
)
_NOT_COALITION = re.compile(
    r"^(?:the|this|these|a|an|each|every|our|their|his|her|my|your|whose|two|three|both|that|in|of|and|western|global|international|european|"
    r"ramstein|"
    r"us|uk|u\.s\.|american|british|german|french|polish|ruling|new|newly|planned|proposed|future|defen[cs]e|"
    r"another|all|such|other|its|capability|nato)$",
    re.I,
)
# A name of its own: capitalised words with a word of the trade, ending in a kind of group.
_NAMED = Screened(
    r"\b(?P<name>(?:(?:[A-Z][\w'-]*(?: (?:of|for|on|and|the))? )+|(?=(?:Coalition|Group|Compact|Partnership|"
    r"Dialogue) (?:for|of|on) [A-Z]))(?P<head>Coalition|Group|Compact|Initiative|Dialogue|Pool|Platform|Pact|"
    r"Format|Partnership|Alliance|Forum|Club|Quartet|Grouping|Cooperation|Framework|Five|Nine|Triangle)\b"
    r"(?! (?:Agreement|Treaty|Arrangement|Accord|Memorandum|Agency|Act)\b)"
    r"(?: (?:for|of|on)(?: the)? (?:[A-Z][\w'-]*(?: (?:of|for|and|"
    r"the))? ?){1,5})?)(?: \((?P<short>[A-Z][A-Za-z0-9-]{1,9})\))?"
)
_STRONG_HEADS = lexicon.words(
    "Coalition Group Compact Dialogue Pool Platform Club Grouping Five Nine Triangle Quartet Format"
)
_ASSEMBLY = re.compile(
    r"\b(?:members?|nations?|ministers?|ministerial|met|meets?|meeting|session|chairs?|co-chairs?|summit|joined|"
    r"gathering|directors|countries)\b"
)
_NOT_NAMED = re.compile(
    r"\b(?:Steering|Working|Strike Group|Planning|Assistance Group|Battle|Wagner|Eurogroup|Consulting|Holdings?|"
    r"Media|News|Industrial|Carrier|Inc|"
    r"Rheinmetall|Ruhrwerk|Systems Group|Technology|Aerospace|Volunteer|Intelligence Alliance|Atlantic Alliance|"
    r"Senate|House|Parliamentary|Action Group|"
    r"Shangri-La|Press|Support Initiative|Assistance Initiative|Deterrence Initiative|Peace|Security Forum|"
    r"Security Conference|Munich|Expert|Task)\b"
)
_COMPANY = re.compile(
    r"\b(?:chief executive|CEO|[Ss]hares (?:of|in)|company|manufacturer|subsidiary|stock exchange|contract worth)\b"
)
_HEADLINE_VERB = re.compile(
    r"(?:[A-Z][\w'-]+ ){0,3}?(?:Sets? Up|Launch(?:es)?|Joins?|Forms?|Creates?|Leads?|Announces?|Establish(?:es)?|"
    r"Founds?|Expands?) (?:(?:an?|the|A|The|New|Joint) )*(?=\S+ \S)"
)
_DAY_AFTER = re.compile(
    r" on (?:January|February|March|April|May|June|July|August|September|October|November|December|[A-Z][a-z]+day)$"
)
_GERUND = re.compile(r"[A-Z][a-z]+ing (?:the |a |an )")
_SHORT = re.compile(r"\b[A-Z][A-Z0-9-]{2,9}\b")
_CAPITALS = re.compile(r"\b[A-Z]{3,8}\b")


# Takes a group's key, the span in the sentence, its slug and the number in "Ramstein-26".
Adder = Callable[..., None]


class GroupReader:
    """Reads the contact groups of one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.view = reading.view
        self._others = OTHER_CONTACT_GROUP.search(self.view) is not None
        self.mentions = GroupMentions(len(self.view))
        self._short: dict[str, str] = {}

    def read(self) -> list[Group]:
        """Every group, in order of first mention."""
        for sentence in self.reading.sentences:
            self._of_sentence(sentence.start, sentence.end)
        self._initials()
        self._discovered()
        self._initials()
        self._join_suffixes()
        self._aliases()
        self.mentions.sort(key=lambda m: m.start)
        groups: dict[str, Group] = {}
        for mention in self.mentions:
            groups.setdefault(mention.key, Group(mention.key)).mentions.append(mention)
        return [g for g in groups.values() if kept(g, self.view)]

    def _of_others(self, name: str) -> bool:
        """Does a short name of the contact group stand for another one of this text?"""
        return self._others and name in PLAIN_CONTACT_GROUP

    @cached_property
    def _assembled(self) -> bool:
        """Does the text speak of members or meetings anywhere?"""
        return _ASSEMBLY.search(self.view) is not None

    def _initials(self) -> None:
        """Rule group-initials: "the AAD" is the Atlantic Armaments Dialogue."""
        letters: dict[str, str] = {}
        for mention in self.mentions:
            capitals = re.findall(r"\b[A-Z]", mention.text)
            if len(capitals) > 2:
                letters.setdefault("".join(capitals), mention.key)
        for match in _CAPITALS.finditer(self.view) if letters else ():
            key = letters.get(match.group())
            if key is not None:
                self.mentions.add_apart(GroupMention(key, *match.span(), match.group()))

    def _discovered(self) -> None:
        """Rule group-weighed: names that the text itself shows to be a body of several states."""
        words = WordIndex(self.view)
        for found in discover(self.reading):
            entry = gazetteer().lookup(found.name, "group")
            if entry is not None and entry.extra in NOT_GROUPS:
                continue
            key = entry.value if entry else fold_name(found.name)
            for start, end in found.mentions(words):
                self.mentions.add_apart(GroupMention(key, start, end, self.view[start:end]))

    def _join_suffixes(self) -> None:
        """Rule group-short-form: "the Ammunition Platform" is the International Ammunition Platform named before."""
        endings: dict[str, str] = {}
        for key in sorted(dict.fromkeys(m.key for m in self.mentions if not m.slug), key=len, reverse=True):
            for blank in re.finditer(" ", key):
                endings.setdefault(key[blank.end() :], key)
        for mention in self.mentions:
            if mention.slug or len(mention.key.split()) < 2:
                continue
            mention.key = endings.get(mention.key, mention.key)
        # "the Weimar ministers" are those of the Weimar Triangle.
        written: dict[str, Counter[str]] = defaultdict(Counter)
        longer: dict[str, set[str]] = defaultdict(set)
        for mention in self.mentions:
            written[mention.key][self._bare(mention)] += 1
            if " " in mention.text:
                longer[mention.text.partition(" ")[0]].add(mention.key)
        for mention in self.mentions:
            whole = longer.get(mention.text, set()) - {mention.key}
            if len(whole) == 1 and list(+written[mention.key]) == [mention.text]:
                written[mention.key][self._bare(mention)] -= 1
                mention.key = whole.pop()
                written[mention.key][self._bare(mention)] += 1

    def _bare(self, mention: GroupMention) -> str:
        return self.view[mention.start : mention.end + 1].strip(" .,'\"")

    def _aliases(self) -> None:
        """Rule group-head-alias: "the Compact" after "Skagerrak Compact", where no other group has that head."""
        heads: dict[str, set[str]] = {}
        for mention in self.mentions:
            head = trim_name(mention.text).split()[-1].strip("\"'")
            if head in COLLECTIVE and head != "Group":
                heads.setdefault(head, set()).add(mention.key)
        for head, keys in heads.items():
            first = min((m.start for m in self.mentions if m.key in keys), default=0)
            if len(keys) != 1:
                continue
            for match in re.finditer(rf"\b(?:[Tt]he|[Oo]ur|[Tt]his) (?P<head>{head})\b(?! [A-Z(])", self.view):
                if match.start() > first:
                    self.mentions.add_apart(GroupMention(next(iter(keys)), *match.span("head"), head))

    def _of_sentence(self, start: int, end: int) -> None:
        text = self.view[start:end]
        taken: list[tuple[int, int]] = []

        def add(
            key: str, left: int, right: int, slug: str, ordinal: int | None = None, in_series: bool = False
        ) -> None:
            if any(left < b and a < right for a, b in taken):
                return
            taken.append((left, right))
            whole = start + left, start + right, text[left:right]
            self.mentions.add(GroupMention(key, *whole, slug, ordinal, in_series))

        for match in _RAMSTEIN.finditer(text) if "Ramstein" in text else ():
            add(UDCG, *match.span(), "udcg", int(match["number"]) if match["number"] else None)
        for match in _COALITION_FOR.finditer(text) if "oalition " in text else ():
            self._coalition_for(match, add)
        # A longer name of its own ("Black Sea Mine Action Coalition") goes before the known one inside it.
        for match in _NAMED.finditer(text):
            self._named(match, text, add)
        if "roup" in text:
            for match in _CONTACT_GROUP.finditer(text):
                if not self._of_others(match.group()):
                    add(UDCG, *match.span(), "udcg")
        for hit in self.reading.hits_in(start, end):
            entry = hit.get("group")
            # "national armaments directors of the Contact Group" are the group's own body, and are counted as it.
            if entry is not None and entry.extra == "udcg-nad" and _CONTACT_GROUP.search(hit.text):
                continue
            if entry is not None and entry.extra == "udcg" and self._of_others(hit.text):
                continue
            # The Combined Joint Expeditionary Force is a force of two.
            if text[: hit.start - start].endswith("Combined "):
                continue
            if entry is not None and entry.extra not in NOT_GROUPS and fold_name(hit.text) != "ramstein":
                add(entry.value, hit.start - start, hit.end - start, entry.extra)
        if "oalition" in text:
            for name, left, right in listed(text):
                self._add_named(name, left, right, add, True)
            for match in _COALITION.finditer(text):
                self._coalition(match, add)
        for match in _SHORT.finditer(text) if self._short else ():
            if match.group() in self._short:
                add(self._short[match.group()], *match.span(), "")

    def _named(self, match: re.Match[str], text: str, add: Adder) -> None:
        """Rule group-named: a capitalised name of the trade, where the text speaks of members or meetings."""
        name = _DAY_AFTER.sub("", match["name"].rstrip())
        name = re.sub(r"(?: (?:of|for|on|and|the))+\s*$", "", name)
        if name.split()[0] in ("Coalition", "Group") and match.start() and text[match.start() - 1] == "-":
            return
        if _CONTACT_GROUP.search(name):
            return
        left = match.start("name")
        first = name.split()[0]
        while (
            first.lower() in lexicon.NOT_NAMES
            and first
            not in ("Joint", "Northern", "Southern", "Eastern", "Western", "Central", "International", "European")
            and " " in name
            and name.split()[1] not in ("for", "of", "on")
            and not name.startswith("Air Force ")
        ):
            left += len(first) + 1
            name = name[len(first) + 1 :]
            first = name.split()[0]
        prefix = gazetteer().lookup(first, "group", "organisation", "nation", "demonym")
        if (
            prefix is not None
            and gazetteer().lookup(name, "group") is None
            and gazetteer().lookup(name[len(first) + 1 :], "group") is not None
        ):
            left += len(first) + 1
            name = name[len(first) + 1 :]
        words = name.split()
        if name.lower() in ("capability coalition", "capability coalitions", "defense coalition", "defence coalition"):
            return
        if len(words) < 2 or not TRADE.search(name) or _NOT_NAMED.search(name) or UNIT.search(name):
            return
        # A headline begins with a verb: "Expanding the Drone Coalition", "20 Countries Set Up Artillery Coalition".
        gerund = _GERUND.match(name) or _HEADLINE_VERB.match(name)
        if gerund is not None:
            left, name = left + gerund.end(), name[gerund.end() :]
            words = name.split()
        entry = known_group(name) or gazetteer().lookup(name, "organisation", "programme")
        if entry is not None and (entry.kind != "group" or entry.extra in NOT_GROUPS):
            return
        wide = match["head"] in _STRONG_HEADS
        if (words[-1] != "Coalition" and not (self._assembled if wide else _ASSEMBLY.search(text))) or _COMPANY.search(
            text
        ):
            return
        # "Canada-Ukraine Strategic Security Partnership" is between two.
        if not wide and re.search(r"\b[A-Z]\w+-[A-Z]\w+\b", name):
            return
        value = entry.value if entry else fold_name(name)
        add(value, left, left + len(name), entry.extra if entry else "")
        if match["short"]:
            self._short[match["short"]] = value
            add(value, match.start("short"), match.end("short"), "")

    def _coalition(self, match: re.Match[str], add: Adder) -> None:
        """Rule group-coalition: any "<capability> coalition", and each of "drone and demining coalitions"."""
        words = match["words"].split()
        while words and _NOT_COALITION.match(words[0]):
            words.pop(0)
        words = [w for w in words if w]
        if not words or all(_NOT_COALITION.match(w) for w in words):
            return
        # "the Ukraine coalition" is a description, whoever belongs to it.
        if len(words) == 1 and gazetteer().lookup(words[0], "nation", "demonym") is not None:
            return
        left = match.start() + match["words"].index(words[0])
        name = " ".join([*words, "coalition"])
        entry = gazetteer().lookup(name, "group")
        if entry is not None and entry.extra in NOT_GROUPS:
            return
        # "the list of Ukraine coalitions" names none of them.
        if match["head"].lower().endswith("s") and "and" not in words and entry is None:
            return
        if match["head"].lower().endswith("s") and "and" in words:
            split = words.index("and")
            for part in (words[:split], words[split + 1 :]):
                if part and not all(_NOT_COALITION.match(w) for w in part):
                    begin = match["words"].index(" ".join(part)) + match.start()
                    self._add_named(" ".join([*part, "coalition"]), begin, begin + len(" ".join(part)), add)
            return
        self._add_named(name, left, match.end(), add)

    def _coalition_for(self, match: re.Match[str], add: Adder) -> None:
        """Rule group-coalition-for: "a coalition for Ukrainian artillery" is the artillery coalition."""
        entry = gazetteer().lookup(f"{match['capability'].lower()} coalition", "group")
        if entry is not None and entry.extra not in NOT_GROUPS:
            add(entry.value, *match.span(), entry.extra)

    def _add_named(self, name: str, left: int, right: int, add: Adder, in_series: bool = False) -> None:
        entry = known_group(name)
        value = entry.value if entry else fold_name(name)
        add(value, left, right, entry.extra if entry else "", in_series=in_series)

    # -- facts --------------------------------------------------------------------------------------------

    def facts(self, groups: list[Group]) -> tuple[ContactGroup, ...]:
        """The groups as facts with their evidence."""
        document = self.reading.document
        counts = MemberCounts(self.reading, self.mentions)
        found = []
        for group in groups:
            best = group.best
            known = gazetteer().lookup(group.key, "group") is not None
            evidence: list[Evidence] = [
                document.evidence(
                    "name",
                    group.name,
                    best.start,
                    best.end,
                    0.97 if known else 0.85,
                    "group-known" if known else "group-coalition",
                )
            ]
            count = counts.of(group)
            if count is not None:
                number, start, end, _ = count
                evidence.append(document.evidence("member_count", number, start, end, 0.85, "count-members"))
            names = {trim_name(m.text) for m in group.mentions} - {group.name}
            short = next((n for n in sorted(names) if n.isupper() and 2 < len(n) < 9), None)
            found.append(
                ContactGroup(
                    group.name,
                    count[0] if count else None,
                    tuple(sorted(names)),
                    short,
                    document.anchor(best.start, best.end),
                    tuple(evidence),
                )
            )
        return tuple(found)
