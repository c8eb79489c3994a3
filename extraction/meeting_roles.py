"""Who chairs a meeting and who takes part, as far as the text says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extraction import lexicon
from extraction.document import Sentence
from extraction.gazetteer import Hit
from extraction.meeting_attributes import Span, attendance_in
from extraction.meeting_draft import MeetingDraft
from extraction.people import People, Person
from extraction.persons import NameMention
from extraction.reading import Reading

_CHAIR_VERB = re.compile(
    r"\b(?P<verb>co-?chair(?:s|ed|ing)?|co-?host(?:s|ed|ing)?|chair(?:s|ed|ing)?|host(?:s|ed|ing)?|convene[sd]?|"
    r"convening|presid(?:es|ed|ing)(?: over)?|"
    r"leads?|led|leading|in the chair|share(?:s|d)? the chair|took over the chair\w*|take over the chair\w*|"
    r"opened|opening|"
    r"(?:ran|runs|run) the (?:meeting|session|talks)|play(?:s|ed)? host|act(?:s|ed) as host|"
    r"received (?:the ministers|them|his|her))\b",
    re.I,
)
_PASSIVE = re.compile(
    r"\b(?:co-?chaired|co-?hosted|chaired|hosted|convened|led|moderated|presided over|[Tt]he hosts? (?:was|is|"
    r"were|are)|at the invitation of|under the (?:chairmanship|leadership|chair) of|organi[sz]ed)"
    r"(?: jointly)? (?:by )?(?:the )?$|\b(?:chairmanship|leadership) of (?:the )?$",
    re.I,
)
_LED_MEETING = re.compile(r"^(?:'s)?-?[- ]?(?:and [A-Z][\w.]+-)?(?:led|chaired|hosted|convened)\b", re.I)
_ABSENT = re.compile(
    r"\b(?:no longer|not (?:attend|go|be|take|join|travel)|will not|would not|won't|did not|skip\w*|absent|"
    r"put off|instead of|cancel\w*|unable|"
    r"missed|miss|stay away|without)\b",
    re.I,
)
_ATTEND = re.compile(
    r"\b(?:attend(?:s|ed|ing)?|tak(?:e|es|ing) part|took part|participat\w+|join(?:s|ed|ing)?|present(?:s|ed|"
    r"ing)?|represent\w*|travel(?:s|led|ling)?|"
    r"arrived?|meet(?:s|ing)?|met|sign(?:s|ed)?|brief(?:s|ed)?|address(?:es|ed)?|speak(?:s|ing)?|spoke|tells?|"
    r"told|urged|pledged|announced|visit\w*|"
    r"gather\w*|will be|were|was|are|host\w*|chair\w*|opened|opening|put his name|put her name|thanked|invited|"
    r"welcom\w+|go(?:es)? to|went to)\b",
    re.I,
)
_LIST_LEAD = re.compile(
    r"\b(?:from|representatives of|ministers of|ministers from|officials from|leaders of|nations:|countries:|"
    r"namely|including|includes?|such as|"
    r"attended by|joined by|participation of|delegations? (?:of|from)|counterparts from|between|gathered|"
    r"brought together|with|present were)\b",
    re.I,
)
# A name right before these words is the chair: "with Jens Stoltenberg presiding".
_CHAIR_AFTER = re.compile(
    r"^,? (?:presiding|in the chair|as (?:the )?(?:host|chair)|chairing|moderating|was the host|is the host|hosting)\b"
)
_CHAIRMANSHIP = re.compile(r"^(?:'s)? (?:chairmanship|leadership|chair)\b")
# Words that say somebody is at the meeting at hand where the meeting itself is not named.
_PRESENT = re.compile(
    r"\b(?:attend(?:ed|s|ing)|took part|tak(?:e|es|ing) part|(?:was|were|is|are) (?:also )?present|came|"
    r"join(?:ed|s|ing)|participat\w+|represented|"
    r"among (?:them|the participants|those)|by video|via video|on (?:the )?screen|address(?:ed|es) the|briefed|"
    r"looked in|sent (?:observers|officials)|"
    r"spoke on behalf|[Pp]resent (?:in|were|was)|delegation|sat (?:at|in|next)|at the table|connected|"
    r"headed the delegation|in person|gathered)\b"
)
_NEGATED = re.compile(r"\b(?:not|n't|never|absent|stayed away|stay away|without|declined|except|no longer|missing)\b")
_HIGH_OFFICE = re.compile(
    r"\b(?:minister|secretary|president|chancellor|premier|chief|chairman|chair|representative|general|commander|"
    r"director|taoiseach|undersecretary)\b",
    re.I,
)


@dataclass
class Roles:
    """Chairs and participants with the span and confidence of each."""

    chairs: dict[str, tuple[Span, float, str]] = field(default_factory=dict)
    participants: dict[str, tuple[Span, float, str]] = field(default_factory=dict)
    present: dict[str, tuple[Span, float, str]] = field(default_factory=dict)
    count: tuple[int, Span, str | None] | None = None

    def chair(self, value: str, span: Span, confidence: float, rule: str) -> None:
        self.chairs.setdefault(value, (span, confidence, rule))

    def join(self, value: str | None, span: Span, confidence: float, rule: str) -> None:
        if value is not None and (value not in self.participants):
            self.participants[value] = (span, confidence, rule)


class RoleReader:
    """Reads the roles of one article's meetings."""

    def __init__(self, reading: Reading, persons: People) -> None:
        self.reading = reading
        self.view = reading.view
        self.persons = persons

    def read(self, draft: MeetingDraft, status: str, main: bool, drafts: list[MeetingDraft]) -> Roles:
        """Roles of one meeting; `main` lets speakers elsewhere in the article count as present at it."""
        roles = Roles()
        if draft.organisation is not None:
            mention = draft.first("organisation")
            if mention is not None and mention.organisation_span is not None:
                roles.join(draft.organisation, mention.organisation_span, 0.85, "participant-organisation")
        for mention in draft.mentions:
            start, end = mention.sentence.start, mention.sentence.end
            others = [m for d in drafts if d is not draft for m in d.mentions if m.sentence is mention.sentence]
            for other in others:
                if other.left >= mention.right:
                    end = min(end, other.left)
                elif other.right <= mention.left:
                    start = max(start, other.right)
            self._chairs(roles, draft, start, end, mention.left, mention.right)
            self._present_nations(roles, start, end)
            self._people(roles, start, end, status)
            self._nations(roles, start, end)
            if roles.count is None:
                roles.count = attendance_in(self.reading, start, end)
        for sentence in self._continuations(draft, drafts, main):
            self._continued(roles, draft, sentence.start, sentence.end, status)
        if main:
            self._around(roles, draft, status, drafts)
        for name in list(roles.chairs):
            person = next((p for p in self.persons if p.name == name), None)
            if person is not None:
                span, confidence, rule = roles.chairs[name]
                # A person in the chair stands for the nation; the nation itself is then no second chair.
                roles.join(person.affiliation, span, confidence, rule)
                roles.present.setdefault(name, (span, confidence, rule))
                if person.affiliation in roles.chairs and rule != "chair-led-meeting":
                    del roles.chairs[person.affiliation]
            else:
                span, confidence, rule = roles.chairs[name]
                roles.join(name, span, confidence, rule)
        return roles

    def _continuations(self, draft: MeetingDraft, drafts: list[MeetingDraft], main: bool) -> list[Sentence]:
        """The sentences that go on about a meeting without naming it: up to four after its last mention."""
        owners: dict[int, MeetingDraft] = {}
        for other in drafts:
            for mention in other.mentions:
                if not mention.sentence.is_title:
                    owners[mention.sentence.index] = other
        found: list[Sentence] = []
        current: MeetingDraft | None = None
        age = 0
        for sentence in self.reading.sentences:
            if sentence.is_title:
                continue
            if sentence.index in owners:
                current, age = owners[sentence.index], 0
                continue
            age += 1
            if (current is draft and age <= 4) or (main and (current is None or age > 4)):
                found.append(sentence)
        return found

    def _continued(self, roles: Roles, draft: MeetingDraft, start: int, end: int, status: str) -> None:
        self._chairs(roles, draft, start, end, start, start)
        self._present_nations(roles, start, end)
        text = self.view[start:end]
        if status != "planned" and _PRESENT.search(text) and not _NEGATED.search(text):
            for person, mention in self.persons.between(start, end):
                if person.affiliation not in (None, "RU"):
                    roles.join(person.affiliation, (mention.start, mention.end), 0.75, "participant-present")
                    roles.present.setdefault(person.name, ((mention.start, mention.end), 0.75, "participant-present"))
        if roles.count is None:
            roles.count = attendance_in(self.reading, start, end)

    def _present_nations(self, roles: Roles, start: int, end: int) -> None:
        """Rule participant-present: "Bulgaria and Japan took part", "Directors from Belgium and Austria came"."""
        text = self.view[start:end]
        if not _PRESENT.search(text) or _NEGATED.search(text):
            return
        run: list[Hit] = []
        hits = [
            h
            for h in self.reading.hits_in(start, end)
            if h.get("nation") or (h.get("organisation") and h.text in ("EU", "NATO", "European Union"))
        ]
        for index, hit in enumerate(hits):
            if run and not re.fullmatch(
                r",? (?:and |as well as )?(?:of |from )?(?:the )?", self.view[run[-1].end : hit.start]
            ):
                self._run_present(roles, run, start, end)
                run = []
            run.append(hit)
            if index == len(hits) - 1:
                self._run_present(roles, run, start, end)

    def _run_present(self, roles: Roles, run: list[Hit], start: int, end: int) -> None:
        before = self.view[max(start, run[0].start - 40) : run[0].start]
        after = self.view[run[-1].end : min(end, run[-1].end + 40)]
        follows = re.match(
            r",? (?:(?:also|all|each|both|were|was|is|are|had|have) )*(?:took part|tak(?:e|es|ing) part|"
            r"attend\w*|represented|joined|sent|came|spoke|participat\w+|"
            r"present|among|connected|looked in)\b",
            after,
        )
        leads = re.search(
            r"\b(?:ministers|directors|representatives|officials|delegations?|leaders|chiefs|members) (?:of|"
            r"from) (?:the )?$|"
            r"\b(?:were|was|including|include) (?:the )?$",
            before,
            re.I,
        )
        if not follows and not (leads and len(run) > 1):
            return
        for hit in run:
            entry = hit.get("nation", "organisation")
            if entry is not None and entry.value != "RU":
                roles.join(entry.value, (hit.start, hit.end), 0.85, "participant-present")

    # -- chairs -------------------------------------------------------------------------------------------

    def _chairs(self, roles: Roles, draft: MeetingDraft, start: int, end: int, left: int, right: int) -> None:
        # "The force is led by the UK" tells who leads the group, not who chairs the meeting.
        spoken_of = left < right or bool(
            re.search(r"\b(?:meeting|session|talks|event|gathering|summit|host)\w*\b", self.view[start:end])
        )
        for hit in self.reading.hits_in(start, end):
            entry = hit.get("nation", "demonym", "metonym")
            if entry is None or not spoken_of:
                continue
            if _LED_MEETING.match(self.view[hit.end : hit.end + 16]) and hit.start < right and hit.start >= left - 5:
                roles.chair(entry.value, (hit.start, hit.end), 0.9, "chair-led-meeting")
            elif _CHAIRMANSHIP.match(self.view[hit.end : hit.end + 16]) and re.search(
                r"\bunder (?:the )?$", self.view[max(start, hit.start - 12) : hit.start]
            ):
                roles.chair(entry.value, (hit.start, hit.end), 0.85, "chair-chairmanship")
            elif (
                _PASSIVE.search(self.view[max(start, hit.start - 40) : hit.start])
                and not hit.get("place")
                and left <= hit.start < right + 60
                and self._passive_of_meeting(hit.start, right)
            ):
                roles.chair(entry.value, (hit.start, hit.end), 0.85, "chair-passive")
        named = self.persons.between(start, end)
        for person, mention in named:
            before = self.view[max(start, _title_start(mention) - 45) : _title_start(mention)]
            if _PASSIVE.search(before) or _CHAIR_AFTER.match(self.view[mention.end : mention.end + 24]):
                roles.chair(person.name, (mention.start, mention.end), 0.9, "chair-passive")
                self._and_next(roles, named, mention, "chair-passive")
        for match in _CHAIR_VERB.finditer(self.view, start, end):
            self._active(roles, draft, match, start, end, named)

    def _passive_of_meeting(self, position: int, right: int) -> bool:
        """Is it the meeting that is "led by Germany", not "the coalition led by Latvia"?"""
        between = self.view[right:position]
        return not re.search(r"\bcoalition|\binitiative|\bgroup\b", between, re.I)

    def _active(
        self,
        roles: Roles,
        draft: MeetingDraft,
        match: re.Match[str],
        start: int,
        end: int,
        named: list[tuple[Person, NameMention]],
    ) -> None:
        """Rule chair-active: "Austin will host", "he co-chairs with Pistorius", "Germany and the U.K. co-host"."""
        verb = match["verb"].lower()
        after = self.view[match.end() : min(end, match.end() + 90)]
        if re.match(r"\s(?:by|to|role|up|on by)\b", after) or (
            verb in ("led", "lead", "leads", "leading")
            and not re.search(
                r"^\s(?:the |a |an |this )?(?:\w+[- ]){0,4}(?:meeting|session|summit|talks|group|conference)", after
            )
        ):
            return
        if verb in ("opened", "opening") and not re.search(
            r"^\s(?:the |a |an |this )?(?:[\w'-]+ ){0,6}?(?:meeting|session|summit|talks|conference)", after
        ):
            return
        if verb.startswith(("host", "conven", "chair")) and re.match(r"(?:man|woman|person)", after):
            return
        subject = self.view[start : match.start()]
        people = [(p, m) for p, m in named if m.end <= match.start() and match.start() - m.end < 70]
        clause = max((m.end() for m in re.finditer(r"[;:]|\b(?:said|that|when)\b", subject)), default=0) + start
        people = [(p, m) for p, m in people if m.start >= clause] or people[-1:]
        if re.search(r"\b(?:he|she|who|which he|which she)\s(?:\w+\s){0,3}$", subject, re.I) and not (
            people and re.search(r"\bwho\s(?:\w+\s){0,2}$", subject)
        ):
            person = self._pronoun(start, match.start())
            if person is not None:
                mention = max((m for m in person.mentions if m.start < match.start()), key=lambda m: m.start)
                roles.chair(person.name, (mention.start, mention.end), 0.8, "chair-pronoun")
        elif people:
            last = people[-1]
            if match.start() - last[1].end < 45 or re.search(r"\b(?:will|to|who)\s(?:\w+\s)?$", subject):
                roles.chair(last[0].name, (last[1].start, last[1].end), 0.85, "chair-active")
                for person, mention in people[:-1]:
                    if re.fullmatch(
                        r"(?:,| and|, and)[^.;]{0,60}", self.view[mention.end : last[1].start]
                    ) and verb.startswith("co"):
                        roles.chair(person.name, (mention.start, mention.end), 0.8, "chair-active")
        else:
            nations = [h for h in self.reading.hits_in(start, match.start()) if h.get("nation", "metonym")]
            nations = [h for h in nations if h.end > match.start() - 60]
            gap = self.view[nations[-1].end : match.start()] if nations else ""
            if nations and re.fullmatch(r"\s(?:will |now |to |is |are |jointly |also |would |and \S+ )*(?:co-)?", gap):
                chain = [nations[-1]]
                for earlier in reversed(nations[:-1]):
                    if re.fullmatch(r",? and (?:the )?|, (?:the )?", self.view[earlier.end : chain[-1].start]):
                        chain.append(earlier)
                for hit in reversed(chain):
                    entry = hit.get("nation", "metonym")
                    if entry is not None:
                        roles.chair(entry.value, (hit.start, hit.end), 0.8, "chair-active")
        if verb.startswith(("co", "chair", "host")):
            partner = re.match(r"[^.;]{0,40}?\b(?:with|alongside|together with|jointly with)\b", after)
            if partner:
                for person, mention in named:
                    if match.end() + partner.end() <= mention.start < match.end() + 110:
                        roles.chair(person.name, (mention.start, mention.end), 0.85, "chair-partner")
                        break

    def _and_next(self, roles: Roles, named: list[tuple[Person, NameMention]], mention: NameMention, rule: str) -> None:
        following = [(p, m) for p, m in named if m.start > mention.end]
        if following and re.search(r"^[^.;]{0,80}?\band\b", self.view[mention.end : following[0][1].start]):
            person, second = following[0]
            roles.chair(person.name, (second.start, second.end), 0.8, rule)

    def _pronoun(self, start: int, position: int) -> Person | None:
        """Whom "he" means: the last person named before, in this sentence or the one before."""
        before = [
            (m.start, p) for p in self.persons for m in p.mentions if m.start < position and position - m.start < 600
        ]
        return max(before, key=lambda pair: pair[0])[1] if before else None

    # -- participants -------------------------------------------------------------------------------------

    def _people(self, roles: Roles, start: int, end: int, status: str) -> None:
        for person, mention in self.persons.between(start, end):
            if person.affiliation is None or person.affiliation == "RU":
                continue
            after = self.view[mention.end : min(end, mention.end + 110)]
            before = self.view[max(start, mention.start - 60) : mention.start]
            if _ABSENT.search(after[:60]):
                continue
            if status == "planned":
                attends = re.match(
                    r"[^.;,]{0,30}?(?:, [^,]{0,60},)?\s(?:will|to|is|was|plans|intends|is expected|was going|are|"
                    r"were)\b(?: also| \w+)?[^.;]{0,25}?"
                    r"\b(?:attend|host|chair|lead|present|take part|participate|join|travel|represent|address|"
                    r"meet|be there|in the chair)",
                    after,
                )
                if not attends and not re.search(
                    r"\b(?:attended by|invited|joined by|participation of)\b[^.;]*$", before
                ):
                    continue
            elif not (
                _ATTEND.search(after[:70]) or _ATTEND.search(before) or lexicon.SPEECH.search(after[:40] + before)
            ):
                continue
            roles.join(person.affiliation, (mention.start, mention.end), 0.8, "participant-official")
            roles.present.setdefault(person.name, ((mention.start, mention.end), 0.8, "participant-official"))

    def _nations(self, roles: Roles, start: int, end: int) -> None:
        """Rule participant-list: three or more nations in a row, or nations after words that introduce attendance."""
        hits = [
            h
            for h in self.reading.hits_in(start, end)
            if h.get("nation") or (h.get("organisation") and h.text in ("EU", "NATO"))
        ]
        chain: list[list[int]] = []
        for index, hit in enumerate(hits):
            if chain and re.fullmatch(
                r",? (?:and |the |as well as )*|, (?:and )?(?:the )?| and (?:the )?",
                self.view[hits[chain[-1][-1]].end : hit.start],
            ):
                chain[-1].append(index)
            else:
                chain.append([index])
        for run in chain:
            if len(run) < 3:
                continue
            for index in run:
                entry = hits[index].get("nation", "organisation")
                if entry is not None and entry.value != "RU":
                    roles.join(entry.value, (hits[index].start, hits[index].end), 0.85, "participant-list")

    def _around(self, roles: Roles, draft: MeetingDraft, status: str, drafts: list[MeetingDraft]) -> None:
        """Rule participant-speaker: at the meeting an article is about, its speakers in high office take part."""
        claimed = {m.sentence.index for d in drafts if d is not draft for m in d.mentions}
        own = {m.sentence.index for m in draft.mentions}
        for sentence in self.reading.sentences:
            if sentence.is_title or sentence.index in claimed or sentence.index in own:
                continue
            for person, mention in self.persons.between(sentence.start, sentence.end):
                if (
                    person.title is None
                    or not _HIGH_OFFICE.search(person.title.text)
                    or person.affiliation in (None, "RU")
                ):
                    continue
                after = self.view[mention.end : mention.end + 60]
                if _ABSENT.search(after) or person.affiliation in roles.participants:
                    continue
                chairs = re.search(
                    r"\b(?:present in|present were|attended|took part|taking part|are online|by video|"
                    r"is in the chair)\b",
                    sentence.text,
                    re.I,
                )
                speaks = lexicon.SPEECH.search(after) or re.search(
                    r"\b(?:thanked|spoke|conceded|cautioned|urged|pledged|signed)\b", after
                )
                if status == "held" and (speaks or chairs):
                    roles.join(person.affiliation, (mention.start, mention.end), 0.7, "participant-speaker")
                    roles.present.setdefault(person.name, ((mention.start, mention.end), 0.7, "participant-speaker"))
            if roles.count is None:
                roles.count = attendance_in(self.reading, sentence.start, sentence.end)
            for match in re.finditer(
                r"\b[Hh]e will be in the chair\b|\b(?:[Hh]e|[Ss]he) (?:will|would|is to|co-)? ?(?:chair|host|"
                r"lead)s? (?:it|the (?:meeting|session))",
                sentence.text,
            ):
                found = self._pronoun(sentence.start, sentence.start + match.start())
                if found is not None:
                    mention = max(
                        (m for m in found.mentions if m.start < sentence.start + match.start()), key=lambda m: m.start
                    )
                    roles.chair(found.name, (mention.start, mention.end), 0.8, "chair-pronoun")
            if draft.group is not None:
                self._group_chair(roles, sentence.start, sentence.end)

    def _group_chair(self, roles: Roles, start: int, end: int) -> None:
        """Rule chair-shared: "Germany and the U.K. now share the chair of the group"."""
        match = re.search(r"\bshare(?:s|d)? the chair|\b(?:now|jointly) (?:co-)?chair\b", self.view[start:end])
        if match:
            for hit in self.reading.hits_in(start, start + match.start()):
                entry = hit.get("nation")
                if entry is not None:
                    roles.chair(entry.value, (hit.start, hit.end), 0.8, "chair-shared")


def _title_start(mention: NameMention) -> int:
    if mention.title is not None and mention.title.start < mention.start:
        return mention.title.start
    return mention.start
