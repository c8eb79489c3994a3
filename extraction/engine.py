"""The engine: layers, extractors, and the one place where their candidates compete for the same words."""

from __future__ import annotations

import datetime
import gc
import re
import threading
from functools import cached_property

from extraction import gate, language
from extraction.calibration import calibrated
from extraction.capabilities import hits_of, read_capabilities
from extraction.date_resolution import day_of
from extraction.document import Document, Sentence
from extraction.facts import Evidence, Facts, Meeting, Package, Statement
from extraction.group_names import Group
from extraction.groups import GroupReader
from extraction.meeting_attributes import Span
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_mentions import mode_of
from extraction.meeting_names import name_of
from extraction.meeting_roles import RoleReader, Roles
from extraction.meeting_speeches import date_readout, mark_ahead, mark_spoken
from extraction.meetings import MeetingReader
from extraction.officials import OfficialReader
from extraction.package_meetings import PackageMeetings
from extraction.package_scope import PackageDraft
from extraction.packages import PackageReader
from extraction.people import People
from extraction.reading import Reading
from extraction.screening import Screened
from extraction.shown import only_shown

_COORDINATED = re.compile(
    r"\b(?:coordinated with|in coordination with|together with|helping to coordinate|jointly with|"
    r"in cooperation with)\b",
    re.I,
)
# What is on the day of publication has been held unless the text says that it is to come.
_TO_COME = re.compile(
    r"\b(?:will|shall|due|set|expected|scheduled|planned|slated|going|ahead of|prior to|before|on the eve of|"
    r"upcoming|coming|next|later|to (?:take|be|"
    r"meet|host|hold|convene|gather|"
    r"chair))\b|'ll\b|\b(?:opens|begins|starts|gathers?|meets?|convenes?|takes place)\b",
    re.I,
)
_DISCUSS = Screened(r"\b(?:discuss|talk about|compare notes|swap notes|examine|take up|focus)\w*\b")
_DISCUSSING = re.compile(r"(?:They|Ministers|Participants|Officials|The)\b")
_LEVELS = {
    "ministers": "ministers",
    "leaders": "leaders",
    "chiefs_of_defence": "chiefs_of_defence",
    "armaments_directors": "armaments_directors",
    "steering": "steering",
    "working": "working",
}


def read(title: str, text: str, published: datetime.date | None) -> Facts:
    """The facts of one article; offsets of evidence count code points of `title + "\\n\\n" + text`."""
    document = Document(title, text, published)
    with _UNCOLLECTED:
        return calibrated(read_uncalibrated(document), document)


class _Uncollected:
    """Without the collector of garbage: what is made of an article lives until it is read, and of a long one it is so
    much that looking through it again and again takes a seventh of the time. Of several threads that read at once, the
    last to end sets it as the first found it."""

    def __init__(self) -> None:
        self._lock, self._reading, self._collects = threading.Lock(), 0, False

    def __enter__(self) -> None:
        with self._lock:
            if not self._reading:
                self._collects = gc.isenabled()
                gc.disable()
            self._reading += 1

    def __exit__(self, *failure: object) -> None:
        with self._lock:
            self._reading -= 1
            if not self._reading and self._collects:
                gc.enable()


_UNCOLLECTED = _Uncollected()


def read_uncalibrated(document: Document) -> Facts:
    """The same with the confidence that the rules state, from which calibration starts."""
    tongue = language.detect(document.view[:8000])
    relevant = gate.is_relevant(document.view)
    if tongue != "en" or not relevant:
        return Facts(tongue, relevant)
    return only_shown(document, _Engine(Reading(document)).facts(tongue))


def meetings_of(
    reading: Reading, drafts: list[MeetingDraft], groups: list[Group], persons: People
) -> tuple[Meeting, ...]:
    """Drafts of one article as facts, in their order; which of them are meetings at all is not asked."""
    return _Engine(reading).meetings(drafts, groups, persons)


class _Engine:
    """One article's reading, in the order in which one extractor needs another."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.document = reading.document

    def facts(self, tongue: str) -> Facts:
        officials = OfficialReader(self.reading)
        persons = officials.read()
        group_reader = GroupReader(self.reading)
        groups = group_reader.read()
        drafts = MeetingReader(self.reading, groups, persons).read()
        mark_spoken(self.reading, persons, drafts)
        mark_ahead(self.reading, drafts)
        date_readout(self.reading, drafts)
        meetings = self.meetings(drafts, groups, persons)
        package_reader = PackageReader(self.reading, persons, groups)
        packages = package_reader.read()
        return Facts(
            tongue,
            True,
            group_reader.facts(groups),
            meetings,
            officials.facts(persons),
            self._packages(package_reader, packages, PackageMeetings(self.reading, drafts, meetings)),
            read_capabilities(self.reading),
            self._statements(persons, drafts),
        )

    @staticmethod
    def _packages(reader: PackageReader, drafts: list[PackageDraft], meetings: PackageMeetings) -> tuple[Package, ...]:
        """Packages with the meeting at which each was announced; where only the meeting is dated, with its day."""
        found = []
        for draft in drafts:
            link = meetings.link(draft)
            if link is not None and draft.announced is None:
                draft.announced = meetings.date(draft, link)
            found.append(reader.fact(draft, link))
        return tuple(found)

    def _meeting_of(self, sentence: int, drafts: list[MeetingDraft]) -> int | None:
        """The meeting named in a sentence, if it is one only."""
        found = [i for i, d in enumerate(drafts) if any(m.sentence.index == sentence for m in d.mentions)]
        return found[0] if len(found) == 1 else None

    def _statements(self, persons: People, drafts: list[MeetingDraft]) -> tuple[Statement, ...]:
        found: list[Statement] = []
        for person in persons:
            for start, end in person.quotes:
                if end - start > 400:
                    continue
                quote = self.document.evidence("quote", None, start, end, 0.9, "quotation-attributed")
                sentence = self.document.sentence_at(start).index
                found.append(
                    Statement(
                        person.name,
                        quote.quote,
                        self._meeting_of(sentence, drafts),
                        self.document.anchor(start, end),
                        (quote,),
                    )
                )
        return tuple(sorted(found, key=lambda s: s.anchor.start))

    # -- meetings -----------------------------------------------------------------------------------------

    def meetings(self, drafts: list[MeetingDraft], groups: list[Group], persons: People) -> tuple[Meeting, ...]:
        roles_reader = RoleReader(self.reading, persons)
        found = []
        for draft in drafts:
            status, span, sure = self._status(draft)
            roles = roles_reader.read(draft, status, drafts)
            found.append(self._meeting(draft, status, span, sure, roles, groups, draft is drafts[0]))
        return tuple(found)

    def _status(self, draft: MeetingDraft) -> tuple[str, Span, float]:
        """Rule status-date: what the calendar says outranks the tense, unless the meeting was put off or "
        "called off."""
        words = draft.plain_status()
        seen = next((s for s in draft.seen if s.status == words and s.status_span), None)
        head = draft.head
        span = seen.status_span if seen is not None and seen.status_span else (head.start, head.end)
        if words in ("cancelled", "postponed"):
            return words, span, 0.8
        date, today = draft.date, self.reading.anchor
        if date is not None and date.starts is not None and today is not None:
            starts = day_of(date.starts)
            if starts is not None and starts != today:
                return ("planned" if starts > today else "held"), date.span, 0.95
            if starts is not None and words == "planned" and not _TO_COME.search(self.reading.view[span[0] : span[1]]):
                return "held", span, 0.75
            if starts is None and date.starts[:7] != today.isoformat()[: len(date.starts[:7])]:
                return ("planned" if date.starts > today.isoformat() else "held"), date.span, 0.9
        return words or "held", span, 0.85 if words else 0.6

    def _meeting(
        self,
        draft: MeetingDraft,
        status: str,
        status_span: Span,
        sure: float,
        roles: Roles,
        groups: list[Group],
        first: bool,
    ) -> Meeting:
        document = self.document
        evidence: list[Evidence] = []
        head = draft.head

        # What is read of a doubtful meeting is doubtful; above nine in ten a meeting is not in question.
        sure_of_it = min(1.0, draft.likelihood + 0.1)

        def show(name: str, value: str | int | None, span: Span, confidence: float, rule: str) -> None:
            confidence *= sure_of_it
            evidence.append(document.evidence(name, value, span[0], span[1], confidence, rule))

        group_name = None
        if draft.group is not None:
            group_name = next((g.name for g in groups if g.key == draft.key), draft.group.text)
            show("contact_group", group_name, (draft.group.start, draft.group.end), 0.92, "meeting-group")
        ordinal = draft.first("ordinal")
        if ordinal is not None and ordinal.ordinal_span is not None:
            show("ordinal", ordinal.ordinal, ordinal.ordinal_span, 0.9, "meeting-ordinal")
        date = draft.date
        if date is not None and date.starts is not None:
            show("starts", date.starts, date.span, 0.9 if date.bound > 1 else 0.8, "meeting-date")
            if date.ends is not None:
                show("ends", date.ends, date.span, 0.9, "meeting-date")
        place = roles.place
        if place is not None:
            for name, value, where in (
                ("place", place.place, place.place_span),
                ("country", place.country, place.country_span),
                ("venue", place.venue, place.venue_span),
            ):
                if value is not None and where is not None:
                    show(name, value, where, 0.85, "meeting-place")
        show("status", status, status_span, sure, "meeting-status")
        for value, (span, confidence, rule) in roles.chairs.items():
            show("chairs", value, span, confidence, rule)
        for value, (span, confidence, rule) in roles.participants.items():
            show("participants", value, span, confidence, rule)
        for value, (span, confidence, rule) in roles.present.items():
            show("officials_present", value, span, confidence, rule)
        if roles.count is not None:
            show("nation_count", roles.count[0], roles.count[1], 0.8, "count-attendance")
        topics = self._topics(draft)
        for topic, span in topics.items():
            show("topics", topic, span, 0.7, "meeting-topic")
        coordinated = self._coordinated(draft)
        for body, span in coordinated.items():
            show("coordinated_with", body, span, 0.85, "meeting-coordinated")
        level = draft.first("body")
        if level is not None and level.body_span is not None:
            show("level", _LEVELS.get(level.body or "", "other"), level.body_span, 0.85, "meeting-level")
        mode = self._mode(draft)
        if mode is not None:
            show("mode", mode[0], mode[1], 0.85, "meeting-mode")
        label = name_of(self.reading, draft, group_name, first)
        show("label", label, (head.left, max(head.right, head.end)), 0.8, "meeting-head")
        return Meeting(
            label=label,
            contact_group=group_name,
            ordinal=draft.ordinal,
            starts=date.starts if date else None,
            ends=date.ends if date else None,
            place=place.place if place else None,
            country=place.country if place else None,
            venue=place.venue if place else None,
            status=status,
            chairs=tuple(roles.chairs),
            participants=tuple(roles.participants),
            nation_count=roles.count[0] if roles.count else None,
            nation_count_qualifier=roles.count[2] if roles.count else None,
            topics=tuple(topics),
            level=_LEVELS.get(draft.body or "") if draft.body else None,
            mode=mode[0] if mode else None,
            coordinated_with=tuple(coordinated),
            officials_present=tuple(roles.present),
            anchor=document.anchor(head.start, head.end),
            evidence=tuple(evidence),
            signs=draft.signs,
        )

    def _windows(self, draft: MeetingDraft) -> list[Span]:
        """The sentences that speak of a meeting, and those that go on right after its last mention."""
        indexes = {m.sentence.index for m in draft.mentions if not m.sentence.is_title}
        return [(self.reading.sentences[i].start, self.reading.sentences[i].end) for i in sorted(indexes)]

    @cached_property
    def _discussions(self) -> list[Sentence]:
        """The sentences in which something is discussed."""
        return [sentence for sentence in self.reading.sentences if _DISCUSS.search(sentence.text)]

    def _topics(self, draft: MeetingDraft) -> dict[str, Span]:
        found: dict[str, Span] = {}
        windows = self._windows(draft)
        place = draft.place.place if draft.place else None
        for sentence in self._discussions:
            # What officials "will discuss" in the meeting's town belongs to it even where the noun is missing.
            if place is None or place in sentence.text or _DISCUSSING.match(sentence.text):
                windows.append((sentence.start, sentence.end))
        for start, end in windows:
            for topic, hit in hits_of(self.reading, "topic", start, end):
                found.setdefault(topic, (hit.start, hit.end))
        return found

    def _coordinated(self, draft: MeetingDraft) -> dict[str, Span]:
        found: dict[str, Span] = {}
        for start, end in self._windows(draft):
            for match in _COORDINATED.finditer(self.reading.view, start, end):
                near = [h for h in self.reading.hits_in(start, end) if h.get("organisation")]
                for hit in near:
                    close = 0 <= hit.start - match.end() < 12 or 0 <= match.start() - hit.end < 8
                    entry = hit.get("organisation")
                    if close and entry is not None:
                        found.setdefault(entry.value, (hit.start, hit.end))
        return found

    def _mode(self, draft: MeetingDraft) -> tuple[str, Span] | None:
        for mention in draft.mentions:
            if mention.mode is not None:
                return mention.mode, (mention.left, max(mention.right, mention.end))
        for start, end in self._windows(draft):
            mode = mode_of(self.reading.view[start:end])
            if mode is not None:
                return mode, (start, min(end, start + 400))
        return None
