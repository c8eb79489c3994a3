"""Meetings told by what a company does in a town or on a day, whatever the verb.

"The bloc's defence ministers are debating in Prague today", "A of Japan was host to B, C and D", "they had last been
together in Hawaii, in May 2024": officials of several states are the subject, or a host's guests, and the clause has a
place or a day of its own. How likely the sentence tells of a meeting is weighed as for any other (`meeting_events`);
where company and occasion are known, less will do.
"""

from __future__ import annotations

import re

from extraction import meeting_words as words
from extraction.document import Sentence
from extraction.group_names import GroupMention
from extraction.meeting_company import Companies, Company
from extraction.meeting_counted import COUNTED_DAY
from extraction.meeting_dates import THAT_DAY
from extraction.meeting_events import MOST_CHARACTERS, WEIGHTS, EventReader
from extraction.meeting_mentions import MeetingMention, Span, mode_of
from extraction.meeting_parties import LEAST_STATES
from extraction.meeting_scope import CIVIL, MILITARY
from extraction.people import People
from extraction.reading import Reading

# From this probability on a sentence tells of a meeting: with company in a town, and with a day alone.
_IN_TOWN = 0.08
_ON_DAY = 0.1
# Where words for funerals, courts, exercises or visits stand beside it.
_AGAINST = 0.3

_DAYS = frozenset(
    f"date-{kind}"
    for kind in ("day", "range", "weekday", "weekdays", "day_shift", "month", "month_of_year", "named_month")
)

# Before the verb: auxiliaries, adverbs, when and where, an insertion.
_DOES = re.compile(
    r"(?: (?:of|from) (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)?(?:,[^,;:]{0,60},)?"
    r"(?:(?: (?:have|has|had|are|were|is|was|will|would|also|all|both|then|again|today|yesterday|jointly|together|once|"
    r"just|now|(?:on )?[A-Z][a-z]+day|in [A-Z]\w+))*)"
    r" (?P<verb>(?!(?:of|from|and|or|to|in|on|at|for|by|with|who|which|that|as|than|but|not|said|says|say|announced|"
    r"announce|warned|applied|pledged|pledge|committed|donated|provided?|provides|bought|buy|belong|make|makes|form|"
    r"comprise|founded|invaded|spend|spent|trained|train|plan|expect|expected|want|hope|fear|believe|called|call|"
    r"saying|argue|argued|insist|insisted|denied|added|admitted|condemn\w*|denounc\w+|reject\w*|criticis\w+|prais\w+|"
    r"thank\w*|congratulat\w+|accus\w+|oppos\w+|urg\w+|vot\w+|resign\w*|visit\w*|clash\w*|lost|lose|won|wanted|"
    r"attend\w*|succeed\w*|replac\w+|launch\w*|deliver\w*|open\w*|follow\w*|arrested|elected|killed|sworn|blamed|"
    r"(?:have|has|had|are|were|is|was|will|would)"
    r"(?! (?:in|at|back|there|together|due|expected|gathered|guests|among)\b)|"
    r"about|over|into|during|after|before|under|towards?|against|without|until|since|while|when|where|because|if|"
    r"near|outside|including|whose|their|its|the|this|that|these|those|more|other|ahead|amid|around|across|via)\b)"
    r"[a-z]{3,}|go|be(?= (?:in|at)\b)|"
    r"ha(?:ve|s|d)(?= [^.;,]{1,40} (?:on|at|before) (?:their|the) (?:table|agenda|screens?)))\b"
)
_NO_SUBJECT = re.compile(
    r"\b(?:with|between|by|to|for|from|of|told|than|as|against|among|including|like|thanked|since)"
    r" (?:the |its |his |her |their |all |some |other )?$"
)
_HOSTS = re.compile(
    r"\b(?:host(?:s|ed|ing)?(?: to| of)?|welcom(?:e|es|ed|ing)|receiv(?:e|es|ed|ing)|invit(?:e|es|ed|ing)|had|has seen|"
    r"saw|brings?|brought|bringing|draws?|drew|gather(?:s|ed|ing)?|assembl(?:es|ed|ing)|summon(?:s|ed|ing)?|"
    r"asks?|asked|called|sent|sends?|(?:attended|signed|initialled|sealed|concluded) by|"
    r"(?:stage|scene|venue|setting|meeting place) (?:on \w+ |in \w+ |today )?(?:for|of))"
    r" (?:in |to |(?:on |this )?\w+day (?:to |for )?)?"
    r"(?:(?!(?:and|of|from|with|that|on|for|by|about)\b)[\w'.-]+ ){0,6}$",
    re.I,
)
# "The plan was drawn up in Riga on June 3 by the ministers of", "drawn up by the ministers of".
_DONE_BY = re.compile(
    r"\b(?:agreed|approved|adopted|settled|decided|endorsed|noted|drawn up|worked out|set out|laid down|reviewed|"
    r"confirmed|taken up|discussed)(?: upon)?(?: (?:in|at|on) (?:the )?[\w' ]{2,30}?){0,2} by "
    r"(?:(?!(?:and|of|from|with|that|on|for|by|about)\b)[\w'.-]+ |of (?=[A-Z])){0,7}$"
)
# "laid it before the ministers of A, B and C, who were in Brussels".
_WHO_WERE = re.compile(
    r", who (?:(?:had|have|will|also|all|then) )*(?:were|are|be|been|come|came|met|sat|gathered) "
    r"(?:(?:back|together|all|gathered|assembled) )?(?:in|at|to) "
)
# "To Helsinki came on Monday the ministers of": the verb before its subject.
_CAME = re.compile(
    r"\b(?:came|come|met|went|flew|sat|stood|arrived|gathered|conferred|convened|assembled|travelled)"
    r"(?: (?:on |this )?\w+day| yesterday| today| in [A-Z]\w+| together| there){0,3} (?:all )?(?:the )?$"
)
# "A day later it is the turn of the Allied ministers".
_TURN = re.compile(
    r"\b(?:it (?:is|was|will be) the turn of|(?:is|was|will be) followed by|(?:come|comes|came|up next|next in line)"
    r"(?: are| is)?) (?:(?:the|those|NATO's|the \w+'s) )?(?:\w+ )?$"
)
_AS_GUESTS = re.compile(
    r"[^.;]{0,80}\b(?:as (?:his|her|their|its) guests|(?:in|round|around|at) (?:one|a|the) (?:room|table))\b"
)
# What is told of a company in a past tense has been; what it is to do, has not.
_PAST = re.compile(
    r"\b(?:have|has|had|was|were|met|sat|took|came|spoke|saw|held|spent|went|put|set|gave|made|"
    r"found|got|laid|drew|drawn|taken|chose|led|left|heard|told|stood|brought|looked|[a-z]{2,}ed)\b"
)
_PLANNED = re.compile(r"\b(?:will|would|shall|to|should|could|may|might)\b")
# "told NATO's defence ministers in Brussels on Wednesday", "the agenda of the ministers, who are in Brussels today".
_IN_TOWN_ON_DAY = re.compile(
    r"(?:, who (?:are|were|will be|have been))? (?:in|at) (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)?,? "
    r"(?:(?:on |this |next |last )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow|"
    r"on \d{1,2} [A-Z]|on [A-Z][a-z]+\.? \d)"
)
_NAMING = re.compile(r"\b(?:name|known|called|dubbed|styled|format of|format)\b[^.;]{0,40}$")
# "South Korea's A made up the three with B and C".
_COMING = re.compile(r"\b(?:with|joined|beside|alongside)\b")
_OPEN = re.compile(
    r"[Tt]hey|[Tt]he (?:leaders|presidents|partners|allies|guests)|[Tt]h\w+ (?:countries|nations|states)|[Tt]heir \w+"
)
_AGO = re.compile(r"\b(?:an?|one|two|three|\d+|several) (?:years?|months?) (?:ago|earlier)\b", re.I)
# "met bilaterally with his counterparts A, B and C": one after the other.
_SAME_PLACE = re.compile(r"\bin the same (?:city|town|building|place|capital)\b")
_APART = re.compile(
    r"\b(?:bilateral(?:ly)?|separate(?:ly)?|individual(?:ly)?|one[- ](?:by|on)[- ]one|in turn|respectively|"
    r"series of (?:calls|meetings|talks))\b"
)
_TOGETHER = re.compile(
    r"\b(?:sat|sits?|met|meets?|hosted|hosts|welcomed|received|host to|together|at one table|in one room)\b"
)
_WITH = re.compile(
    r"\b(?:met|meets?|talk(?:s|ed)|confer(?:s|red)?|sat (?:down |together )?|went (?:over|through)|discuss(?:es|ed)|"
    r"dined|consult(?:s|ed)|huddled)\b[^.;:\"]{0,60} with (?:[^.;:,\"]{3,70} and )?"
    r"(?:the |his |her |their )?(?:other |fellow )?$"
)
_OF_THE_THREE = re.compile(
    r"\b(?P<who>leaders|presidents|ministers|chiefs) of (?:these|all|the) "
    r"(?:three|four|five|six|seven|eight|nine|ten|twelve) (?:countries|nations|states|allies)\b(?=[^.;]{0,90}$)"
)
# "agreed at talks in", "following a session", "at the end of their summit".
_SAID_AT = re.compile(
    r"\b(?:[Aa]t|[Aa]fter|[Dd]uring|[Ff]ollowing|[Ii]n|(?:end|close|start|opening) of|concluded|from|over|closed|"
    r"ended) (?:an? |their )?(?:[\w-]+ ){0,4}$"
)
_BACKERS = re.compile(
    r"\b(?:Ukraine's|Kyiv's|Kiev's|Western|NATO|European) (?:\w+ )?(?:allies|partners|backers|supporters|"
    r"friends|donors)\b|"
    r"\b[Dd]onors?(?: countries| nations| states)?\b"
)
_THEIRS = re.compile(r"\b[Tt]heir (?:[\w-]+ ){0,3}$")
_THE_SO_MANY = re.compile(
    r"\b(?:[Tt]he|[Aa]ll|[Ii]ts) (?:three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:[a-z]+ )?"
    r"(?:ministers|leaders|chiefs|countries|nations|states|members)\b|"
    r"\b(?:ministers|leaders|chiefs) of (?:the|its|all) (?:[a-z]+ )?(?:countries|nations|members|force|group)\b"
)
_TWO = re.compile(r"\b(?:[Tt]he two|[Bb]oth|[Tt]wo) (?:\w+ )?$")


class OccasionReader(EventReader):
    """Finds what the companies of an article do in a town or on a day."""

    def __init__(self, reading: Reading, groups: list[GroupMention], persons: People) -> None:
        super().__init__(reading, groups)
        self.persons = persons
        self.companies = Companies(reading, persons)

    def keep_company(self, sentence: Sentence, here: list[MeetingMention], grouped: bool) -> None:
        """Rule meeting-company: "they conferred there": the clause tells of as many sides as the company meant."""
        if sentence.is_title or grouped:
            return
        for mention in here:
            if not mention.clause:
                self._of_the_three(sentence, mention)
                self._of_those_who_speak(sentence, mention)
                continue
            if mention.group is not None or mention.organisation is not None or mention.states:
                continue
            reach = max(mention.end, mention.right)
            inside = [c for c in self.companies.of(sentence) if c.start < reach and mention.left < c.end]
            company = inside[0] if inside else self.companies.same(sentence, mention.left, reach)
            if company is not None:
                mention.kind, mention.states = "verb", True
                if _AGO.search(self.view, sentence.start, mention.start):
                    mention.when = "previous"
                mention.sides = mention.sides or dict(company.sides)
                mention.group = self._so_named(mention)

    def _of_the_three(self, sentence: Sentence, mention: MeetingMention) -> None:
        """ "The leaders of the three countries agreed on it at a summit in Phnom Penh": those listed before."""
        if mention.group is not None or mention.organisation is not None or mention.states:
            return
        subject = _OF_THE_THREE.search(self.view, sentence.start, mention.start)
        if subject is None:
            return
        company = self.companies.same(sentence, *subject.span()) or self.companies.only(sentence)
        if company is not None and company.sides:
            mention.kind, mention.states, mention.sides = "noun", True, dict(company.sides)
            if mention.body is None and subject["who"] in ("leaders", "presidents"):
                mention.body, mention.body_span = "leaders", subject.span("who")

    def _of_those_who_speak(self, sentence: Sentence, mention: MeetingMention) -> None:
        """ "The ministers of A, B and C agreed on it at talks in Oslo": what officials of several states say or
        decide at, or after, a meeting that is nobody else's is said at theirs."""
        if mention.group is not None or mention.organisation is not None or mention.states or mention.kind != "anaphor":
            return
        theirs = _THEIRS.search(self.view, max(sentence.start, mention.left - 8), mention.start) is not None
        if mention.plural or (mention.definite and not theirs) or mention.when:
            return
        if not words.NOUN.fullmatch(self.view, mention.start, mention.end):
            return
        if not theirs and not _SAID_AT.search(self.view, max(sentence.start, mention.left - 40), mention.start):
            return
        inside = [c for c in self.companies.of(sentence) if c.people]
        company = inside[0] if inside else self.companies.same(sentence, sentence.start, sentence.end)
        if company is None:
            # "Ukraine's allies have found a billion at a conference in Copenhagen": more than two, whoever they are.
            if _BACKERS.search(self.view, sentence.start, mention.start) and self._town(sentence):
                mention.kind, mention.states = "noun", True
            return
        mention.kind, mention.states, mention.sides = "noun", True, dict(company.sides)
        does = company.end, min(sentence.end, company.end + 30)
        mention.held = _PAST.search(self.view, *does) is not None and not _PLANNED.search(self.view, *does)
        body = words.BODY_SUBJECT.search(self.view, company.start, company.end)
        if mention.body is None and body is not None:
            mention.body = "leaders" if body.group().lower().startswith(("leader", "head")) else "ministers"
            mention.body_span = body.span()

    def occasions(
        self, sentence: Sentence, here: list[MeetingMention], found: list[MeetingMention], grouped: bool
    ) -> list[MeetingMention]:
        """Rule meeting-occasion: a company that does something together in a town, or on a day.

        Where a group is named next to it (`grouped`), a company without a name may be the group's.
        """
        if here or sentence.is_title or len(sentence.text) > MOST_CHARACTERS:
            return []
        # "A day later it is the turn of the Allied ministers": the day is counted from that of the sentence before.
        counted = COUNTED_DAY.match(sentence.text) is not None or THAT_DAY.search(sentence.text) is not None
        same = _SAME_PLACE.search(sentence.text) is not None
        if not (counted or same or self.tells_when_or_where(sentence)):
            return []
        candidates = [*self._companies(sentence), *self._owned(sentence), *self._again(sentence)]
        if not candidates or _APART.search(sentence.text) or self.unlikely(sentence):
            return []
        signs = self.signs(sentence, found)
        if signs is None and not counted and not same:
            return []
        likely = WEIGHTS.probability(signs) if signs is not None else 0.0
        civil = CIVIL.search(sentence.text) is not None and not MILITARY.search(sentence.text)
        for mention, known in candidates:
            if civil and mention.group is None and mention.organisation is None:
                continue
            if signs is not None and "against" in signs and likely < _AGAINST:
                continue
            town = signs is not None and "town" in signs
            day = signs is not None and "day-of-its-own" in signs and bool(signs & _DAYS)
            enough = town and (day or known) and likely >= _IN_TOWN
            enough = enough or (known and same)
            if enough or (known and ((day and likely >= _ON_DAY) or counted)):
                if grouped and mention.group is None and mention.organisation is None:
                    titled = [
                        g for s in self.reading.sentences[:2] if s.is_title for g in self.groups_in(s.start, s.end)
                    ]
                    # "The ten ministers signed it there": those of the group just named.
                    meant = not mention.sides and _THE_SO_MANY.search(self.view, mention.left, mention.end)
                    last = self.last_group(meant.start()) if meant else None
                    mention.group = titled[0] if titled else last
                    mention.kind, mention.definite = "verb" if mention.group is not None else "anaphor", True
                return [mention]
        return []

    def _so_named(self, mention: MeetingMention) -> GroupMention | None:
        """Rule meeting-so-named: "ministers of A, B and C gathered in Berlin and gave themselves a name: the E5"."""
        after = self.groups_in(mention.end, mention.sentence.end)
        named = after and _NAMING.search(self.view, mention.end, after[0].start)
        return after[0] if named else None

    def _companies(self, sentence: Sentence) -> list[tuple[MeetingMention, bool]]:
        made = []
        for company in self.companies.of(sentence):
            verb = self._frame(sentence, company.start, company.end) or self._among(sentence, company)
            if verb is not None:
                mention = self._told(sentence, verb)
                mention.states, mention.sides = True, dict(company.sides)
                made.append((mention, company.people))
            elif len(company.sides) >= LEAST_STATES and _COMING.search(self.view, company.start, company.end):
                mention = self._told(sentence, (company.start, company.end))
                mention.states, mention.sides = True, dict(company.sides)
                made.append((mention, False))
        return made

    def _owned(self, sentence: Sentence) -> list[tuple[MeetingMention, bool]]:
        """Bodies of a group or an organisation: "the bloc's defence ministers", "NATO leaders"."""
        made = []
        for match in words.BODY_SUBJECT.finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            verb = self._frame(sentence, start, end)
            if verb is None and "Council" not in match[0] and _IN_TOWN_ON_DAY.match(self.view, end, sentence.end):
                verb = start, end
            if verb is None:
                continue
            mention = self._told(sentence, verb)
            if verb[0] < start and mention.group is None and mention.organisation is None:
                # "The alliance's Secretary General is host of the ministers": of those whom he serves.
                self.describe(mention, self.view[mention.left : mention.end], mention.left)
            if mention.group is not None or mention.organisation is not None:
                made.append((mention, True))
        return made

    def _again(self, sentence: Sentence) -> list[tuple[MeetingMention, bool]]:
        """A company named before: "they", "the four", "the ministers"."""
        made = []
        for start, end in self.companies.subject(sentence):
            verb = self._frame(sentence, start, end)
            if verb is None:
                continue
            company, group = self.companies.same(sentence, start, end), self.last_group(start)
            # "They", "the leaders" may be two who speak of the group.
            group = None if _OPEN.fullmatch(self.view, start, end) else group
            if company is None and group is None:
                continue
            mention = self._told(sentence, verb)
            if company is not None and (group is None or group.start < company.start):
                mention.states, mention.sides = True, dict(company.sides)
            else:
                mention.group = mention.group or group
            made.append((mention, False))
        return made

    def _frame(self, sentence: Sentence, start: int, end: int) -> Span | None:
        """Where a company is the subject of a clause, or the guests of one, from its first word to the verb's last."""
        view = self.view
        before = view[max(sentence.start, start - 90) : start]
        if _TWO.search(before):
            return None
        host = _HOSTS.search(before)
        if host is not None and words.MEMBERSHIP.search(before, host.start()):
            return None
        host = host or _CAME.search(before) or _TURN.search(before) or _DONE_BY.search(before)
        if host is not None:
            return start - len(before) + host.start(), end
        who = _WHO_WERE.match(view, end, sentence.end)
        if who is not None or _AS_GUESTS.match(view, end, sentence.end):
            return start, who.end() if who is not None else end
        if _NO_SUBJECT.search(before):
            return None
        does = _DOES.match(view, end, sentence.end)
        return (start, does.end("verb")) if does is not None else None

    def _among(self, sentence: Sentence, company: Company) -> Span | None:
        """A company one of whom is told to have sat with the others, or somebody else with all of them."""
        if _TOGETHER.search(self.view, company.start, company.end):
            return company.start, company.end
        left = max(sentence.start, company.start - 140)
        met = _WITH.search(self.view[left : company.start])
        return (left + met.start(), company.end) if met is not None else None

    def _told(self, sentence: Sentence, span: Span) -> MeetingMention:
        start, end = span
        clause = max(sentence.start, *(self.view.rfind(sign, sentence.start, start) + 1 for sign in ";:"))
        left = max(clause, start - 40)
        left = max(left, self.view.rfind(",", left, start) + 1)
        mention = MeetingMention("verb", start, end, left, end, sentence, clause=True)
        self.describe(mention, self.view[left:end], left)
        mention.left, mention.mode = clause, mode_of(sentence.text)
        mention.held = _PAST.search(self.view, start, end) is not None and not _PLANNED.search(self.view, clause, end)
        if _AGO.search(self.view, clause, start):
            mention.when = "previous"
        return mention
