"""Whose a meeting is: the group, organisation or states of a mention that does not name them itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property

from extraction.group_names import GroupMention
from extraction.meeting_apart import other_office
from extraction.meeting_draft import MeetingDraft, Seen
from extraction.meeting_mentions import MeetingMention, NamedGroups
from extraction.meeting_scope import MILITARY, names_many
from extraction.meeting_words import MANY_SIDED, NOUN
from extraction.reading import Reading

_OWNER = re.compile(r"\bNATO\b|\b[Tt]he [Aa]lliance\b|\b(?P<eu>(?:[Tt]he )?(?:EU|European Union))\b")
_BODY_OF = re.compile(
    r"\b(?:(?P<nato>NATO(?:'s)?|Allied|Alliance's)|(?:EU|European Union)(?:'s)?) (?:foreign and |own )?[Dd]efen[cs]e "
    r"(?:and foreign )?(?:[Mm]inisters|chiefs)\b"
)
_ITS = re.compile(r"\b(?:its|[Oo]ur) (?:next |own |annual |upcoming )?$")
# "Russia-U.S. talks", "French-German consultations": a pair of states has its own.
_PAIR = re.compile(r"(?<![\w.\u2013-])[A-Z][\w.]+[-\u2013][A-Z][\w.]+ (?:[a-z]+ )?$")
# How far back in a talk "our summit" reaches for whose it is, in characters.
_TALKED = 1500
OF_EUROPE = re.compile(r" of (?:the )?(?:European|EU|Nordic|Baltic|NATO|Allied) (?:defen[cs]e |foreign )?ministers\b")
# Not "most recently", which may be of anything.
_NEXT_ONE = re.compile(r"(?:The|Their|Its|the|their|its) (?:next|previous|last|latest)\b")


class Owners:
    """Finds whose meeting a mention speaks of."""

    def __init__(self, reading: Reading, group_mentions: list[GroupMention]) -> None:
        self.reading = reading
        self.group_mentions = group_mentions
        self.groups = NamedGroups(reading.view, group_mentions)

    def _of_its_own(self, mention: MeetingMention) -> bool:
        """Rule meeting-own-body: "NATO defence ministers were to follow in Brussels" are no group's."""
        body, owner = mention.body_span, mention.organisation_span
        if mention.group is not None or mention.body != "ministers" or body is None or owner is None:
            return False
        return owner[0] <= body[0] and body[0] - owner[1] < 4

    def _of_pair(self, mention: MeetingMention) -> bool:
        """Rule meeting-of-pair: "Russia-Turkey talks" are neither the meeting at hand nor another of its group."""
        pair = _PAIR.search(self.reading.view, max(mention.sentence.start, mention.start - 40), mention.start)
        # A person's name with a hyphen is no pair.
        hits = self.reading.hits_in(*pair.span()) if pair is not None else []
        return any(h.get("nation", "demonym", "organisation") for h in hits)

    def adopt_group(self, mention: MeetingMention) -> None:
        """Rule meeting-body-of-group: "the ten defence ministers" are those of the group last named."""
        if mention.group is not None or mention.organisation is not None or mention.body_span is None:
            return
        # "The ministers hold a NATO-Ukraine Council": the council is no group's.
        if mention.body == "council":
            return
        start, end = mention.body_span
        view = self.reading.view
        if self._owned(mention, start) or OF_EUROPE.match(view, mention.end):
            return
        definite = re.search(r"\b[Tt]he (?:[a-z\d]\w* )?$", view[max(mention.sentence.start, start - 16) : start])
        if re.match(r" (?:of|from) ", view[end : end + 6]):
            return
        if definite:
            mention.group = self.groups.spoken_of(start)
            if mention.group is not None:
                return
        # Rule meeting-body-alone: in an article of one group, ministers without a country are that group's.
        owners = self.reading.hits_in(max(mention.sentence.start, start - 25), start)
        bare = not any(h.get("nation", "demonym", "organisation") for h in owners)
        last = self.groups.named(start)
        near = last and (mention.sentence.index - self._sentence(last.start) <= 4 or len(self.group_mentions) > 2)
        if bare and "oreign" not in view[start:end] and near and len(self._named) == 1:
            mention.group = last

    def adopt_organisation(self, mention: MeetingMention, drafts: list[MeetingDraft]) -> None:
        """Rule meeting-office: after the EU's foreign ministers, "a meeting of defence ministers" is of the EU's."""
        if mention.group is not None or mention.organisation is not None or mention.kind != "noun":
            return
        other = next((d for d in reversed(drafts) if other_office(self.reading, d, mention)), None)
        if other is not None and other.organisation is not None and len({d.organisation for d in drafts}) == 1:
            first = other.first("organisation")
            mention.organisation = other.organisation
            mention.organisation_span = first.organisation_span if first is not None else None

    def _owned(self, mention: MeetingMention, start: int) -> bool:
        """Rule meeting-its-ministers: "The alliance has targets, and the next meeting of its defence ministers", "
        "NATO's secretary general said that Ukraine was invited to its summit"."""
        view = self.reading.view
        its = _ITS.search(view, max(0, start - 16), start)
        if its is None:
            return False
        # "Our summit in Lithuania next month": of the alliance that the speaker has talked of all along.
        floor = mention.sentence.start if its.group().startswith("its") else max(0, start - _TALKED)
        owner = next(iter(reversed(list(_OWNER.finditer(view, floor, start)))), None)
        last = self.groups.named(start)
        if owner is None or (last is not None and owner.start() < last.start):
            return False
        mention.organisation, mention.organisation_span = "EU" if owner["eu"] else "NATO", owner.span()
        return True

    def adopt_nearest(self, seen: Seen, drafts: list[MeetingDraft]) -> None:
        """Rule meeting-of-same-group: "its first session", "our next meeting" is another of the group at hand."""
        mention = seen.mention
        if self._of_pair(mention) or mention.body == "council":
            return
        if (mention.body == "leaders" and self._owned(mention, mention.start)) or self._of_its_own(mention):
            mention.kind = "noun"
            return
        if mention.states and seen.date is not None and seen.place is not None:
            self._of_states(mention)
            return
        last = self._at_hand(mention)
        if last is None and len(self._named) == 1:
            last = self._named_later(mention)
        if last is None:
            self._of_organisation(mention)
            self._of_series(mention, drafts)
            self._of_states(mention)
            return
        if mention.sentence.is_title or mention.sentence.text.rstrip().endswith("?"):
            return
        apart = bool(mention.ordinal or mention.when or seen.date)
        if not (apart or mention.definite or seen.place):
            return
        # Rule meeting-implied: "the talks" of an article on a group, though nothing has said that it met.
        far = last.start > mention.start or mention.sentence.index - self._sentence(last.start) > 6
        if not apart and (far or drafts):
            return
        mention.group, mention.kind = mention.group or last, "noun"

    def _named_later(self, mention: MeetingMention) -> GroupMention | None:
        """The article's one group, if it is soon named or spoken of more than in passing."""
        first = self.group_mentions[0]
        # "their tenth trilateral meeting" is not of the wider forum that the article comes to speak of.
        phrase = self.reading.view[mention.left : mention.end]
        if MANY_SIDED.search(phrase) and first.start > mention.end and first.slug != "aukus":
            return None
        if NOUN.fullmatch(self.reading.view, mention.start, mention.end):
            return first
        passing = len(self.group_mentions) == 1 and self._sentence(first.start) - mention.sentence.index > 2
        return None if passing else first

    def _at_hand(self, mention: MeetingMention) -> GroupMention | None:
        """The group last named, unless it was named in passing and another is what the article is about."""
        last = self.groups.spoken_of(mention.start)
        if last is None or mention.sentence.index - self._sentence(last.start) <= 1:
            return last
        main = self._named.most_common(1)[0][0]
        if self._named[main] >= 3 and self._named[last.key] == 1:
            before = bisect_left(self.group_mentions, mention.start, key=lambda g: g.start)
            return next((g for g in reversed(self.group_mentions[:before]) if g.key == main), last)
        return last

    @cached_property
    def _named(self) -> Counter[str]:
        """How often each group is named, in order of first mention."""
        return Counter(g.key for g in self.group_mentions)

    def _of_organisation(self, mention: MeetingMention) -> None:
        """Rule meeting-of-body: "EU defence ministers failed to … after the meeting" is theirs."""
        if mention.organisation is not None or not mention.definite:
            return
        for sentence in reversed(
            self.reading.sentences[max(0, mention.sentence.index - 2) : mention.sentence.index + 1]
        ):
            match = _BODY_OF.search(sentence.text)
            if match is not None and sentence.start + match.start() < mention.start:
                mention.organisation = "NATO" if match["nato"] else "EU"
                start = sentence.start + match.start()
                mention.organisation_span = (start, sentence.start + match.end())
                mention.body, mention.body_span = "ministers", mention.organisation_span
                mention.kind = "noun"
                return

    def _of_series(self, mention: MeetingMention, drafts: list[MeetingDraft]) -> None:
        """Rule meeting-next-of-body: after the alliance's summit "the next will be held in The Hague" is its next."""
        if _NEXT_ONE.match(self.reading.view, mention.left) is None:
            return
        near = [d for d in drafts if any(0 <= mention.sentence.index - m.sentence.index < 3 for m in d.mentions)]
        first = next((f for d in reversed(near) if (f := d.first("organisation")) is not None), None)
        if mention.organisation is None and mention.when and first is not None and mention.body in (None, first.body):
            mention.organisation, mention.organisation_span = first.organisation, first.organisation_span
            mention.body, mention.body_span, mention.kind = first.body, first.body_span, "noun"

    def _of_states(self, mention: MeetingMention) -> None:
        """Rule meeting-of-states: no group is named, but three states or more are said to meet on defence."""
        if (mention.states or names_many(self.reading, mention)) and MILITARY.search(mention.sentence.text):
            mention.kind, mention.states = "noun", True

    def _sentence(self, position: int) -> int:
        return self.reading.document.sentence_at(position).index
