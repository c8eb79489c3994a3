"""Clauses that say that a body meets: a group, ministers or states with a verb of gathering, or a host with them."""

from __future__ import annotations

import re

from extraction import meeting_words as words
from extraction.document import Sentence
from extraction.lexicon import ordinal_of
from extraction.meeting_mentions import MOST_IN_SENTENCE, MeetingMention, PhraseReader, Span, mode_of
from extraction.meeting_sides import of_one_state

_ORGANISATION = re.compile(r"\b(?:EU|European Union|NATO|[Aa]lliance|Allied)(?:'s)? (?:foreign and )?$")
_DECIDED = re.compile(
    r" (?:have |has |had |also |all |again )*(?P<verb>agreed|said yes|approved|backed|decided|failed|discussed|"
    r"endorsed|adopted|signed|pledged|promised|committed|debated|reached|gave|cleared|struck)\b[^.;]{0,60}?\b(?:in|"
    r"at) [A-Z][\w-]+(?: [A-Z][\w-]+)? "
    r"(?:on (?:[A-Z][a-z]+day|\d|[A-Z][a-z]+\.? \d)|(?:to|yester)day|(?:Mon|Tues|Wednes|Thurs|Fri)day)"
)
# "The Nordic and Baltic states … , their ministers decided".
_REGION = re.compile(
    r"\b(?:Nordic|Baltic|Benelux|Visegrad|three|four|five|six|seven|eight|nine|ten|twelve)(?:,? (?:and )?\w+)? "
    r"(?:states|countries|nations|allies|governments)\b"
)
_ON_SIDELINES = re.compile(r"\b(?:sidelines|margins|fringes) of\b")
_MONTH_DAY = re.compile(r"[A-Z][a-z]+\.? \d{1,2}(?:st|nd|rd|th) $")
_TWO = re.compile(r"\b(?:[Tt]wo|[Bb]oth)(?: (?!(?:days|hours|weeks|months|years|times|rounds)\b)\w+)? $")
_PASSIVE = re.compile(
    r"(?:attended|joined|opened|addressed|moderated|received|welcomed|chaired|co-chaired)\b[^.;,]{0,30}? by\b"
)
_COUNCIL = re.compile(r"(?:NATO-Ukraine|North Atlantic|Foreign Affairs) Council")
_SINCE = re.compile(r"\bsince (?:the |their |its |our )?$")
_GOES_ON = re.compile(r"\bcontinu(?:e|es|ed|ing) to (?:\w+ly )?$")
_IN_COUNCIL = re.compile(r" (?:in|as|within) (?:the )?(?:framework of the )?(?:NATO-Ukraine|North Atlantic) Council\b")
_SITTING = re.compile(
    r"\b(?:during|at|attend(?:ed|s|ing)?|after|before|following) (?:the |an? |today's )?"
    r"(?:next |last |latest |previous |coming |informal |extraordinary )?$"
)
_SOME_STATES = re.compile(
    r" (?:of|from) (?:more than |about |some |over )?(?:\d+|[a-z]+) (?:countries|nations|states)\b"
)
# "for the first time since March", "for the first time outside Europe": no first of the series.
_QUALIFIED = re.compile(
    r" (?:since|outside|under|without|in (?:\d+|over|more|almost|nearly|an?|two|three|several|months|years))\b"
)
# "met yesterday, the fourth time since"
_DAY_ONLY = re.compile(
    r"(?: (?:today|yesterday|(?:on )?[A-Z]\w+day))?(?: in [A-Z]\w+)?(?: (?:today|yesterday|(?:on )?[A-Z]\w+day))?"
)
_THE = re.compile(r"\b(?:[Tt]he|[Tt]hese|[Aa]ll|[Ii]ts) (?:\w+ )?$")
_INSERTED = re.compile(r"^(,)( (?:which|who) [^,;.]*),")
_NOUN_BEFORE = re.compile(
    r"\b(?:the|an?|its|their|this|that|first|second|third|\w+th|next|last|latest) (?:(?:NATO|EU|[A-Z]{2,6}) )?$", re.I
)
# "met bilaterally with his counterparts A, B and C"
_IN_PAIRS = re.compile(r"\w+ (?:bilaterally|separately|individually|one[- ]on[- ]one)\b")
_IN_TURN = re.compile(r"\b(?:[Aa]fter (?:it|that|them)|[Tt]hen|[Nn]ext) (?:came|comes|will come|is to come) the $")
_NONE = re.compile(r"\b[Nn]o $")
# "the ministers of Norway and Latvia", who met "at the NATO summit".
_TAIL = re.compile(r"(?: \([^)]*\))? (?:of|from) (?:(?! (?:at|during) the )[^,.;]){0,60}")
_WITH_THEIRS = re.compile(
    r"\b(?:met|meets?|meeting) with (?:the |his |her )?(?:[\w-]+ )?(?:senior|government|military|local|business|civic|"
    r"community|religious|industry|opposition)(?:(?:,|,? and)? (?:[a-z-]+))* $"
)
# "more than 50 defence leaders from Europe and elsewhere, who were meeting at"
_WHO = re.compile(
    r"(?: (?:of|from) [^,;.]{0,60})?, who (?:also |now |again |then )?"
    r"(?:(?:are|were|is|was|will|would|have|had|had been|be|due to|to) ){0,3}"
)
_IN_THE_MAKING = re.compile(r"[^,.;]{0,40}\b(?:is|are|was|were) being (?:assembled|gathered|convened)\b")
_OF_GROUP = re.compile(r" (?:of|in|from) (?:the )?")
_DEFENCE = re.compile(r"[Dd]efen[cs]e|[Mm]ilitary|[Aa]rm(?:s|ament)")
# "more than 50 defence leaders": more than two whoever they are.
_SO_MANY = re.compile(r"\b(?:[3-9]|[1-9]\d|three|four|five|six|seven|eight|nine|ten|dozens of) $")
_BUILT = re.compile(r"\b(?:an?|new) (?:[\w-]+ )?$")
_FOR_THE = re.compile(r"\b[Ff]or (?:the|a|an|its|their) (?:very )?$")
_AGAIN = re.compile(r"(?: (?:back |all )?together)? (?:again\b|next(?=[.,;]| (?:in|at|on|time)\b))")
_TO_COME = re.compile(
    r"(?:\b(?:will|to|would|shall)|'ll)\b|\b(?:meets?|gathers?|convenes?|sits?|comes? together|"
    r"sees? (?:one another|each other))$"
)
_AT_LEVEL = re.compile(r"\b(?:at|on) the level of (?:the )?$")


class ClauseReader(PhraseReader):
    """Finds the clauses of a sentence that say that a body meets."""

    def clauses(self, sentence: Sentence, nouns: list[MeetingMention]) -> list[MeetingMention]:
        found: list[MeetingMention] = []
        subjects: list[Span] = [(g.start, g.end) for g in self.groups_in(sentence.start, sentence.end)]
        for match in words.BODY_SUBJECT.finditer(sentence.text):
            span = (sentence.start + match.start(), sentence.start + match.end())
            if not any(s < span[1] and span[0] < e for s, e in subjects):
                subjects.append(span)
        for match in words.GROUP_ANAPHOR.finditer(sentence.text):
            subjects.append((sentence.start + match.start(), sentence.start + match.end()))
        for match in words.STATES_SUBJECT.finditer(sentence.text):
            span = (sentence.start + match.start(), sentence.start + match.end())
            if not any(s < span[1] and span[0] < e for s, e in subjects):
                subjects.append(span)
        for start, end in sorted(subjects)[:MOST_IN_SENTENCE]:
            if any(m.left <= start < m.right for m in [*nouns, *found] if m.kind != "anaphor"):
                continue
            if of_one_state(self.reading, sentence, start, end):
                continue
            verb = self._verb(sentence, start, end) or self._event(sentence, start, end)
            if verb is None or words.HABIT.match(self.view[verb[1] : sentence.end]):
                continue
            if _IN_PAIRS.match(self.view, verb[0], sentence.end):
                continue
            if words.NEVER.search(self.view[max(end, verb[0] - 30) : verb[0]]):
                continue
            membership = words.MEMBERSHIP.search(self.view, max(sentence.start, verb[0] - 20), verb[1] + 60)
            if membership is not None and membership.start() < verb[1]:
                continue
            office = words.OFFICE.search(self.view, *verb) or words.OFFICE_OF.search(self.view, start - 30, start)
            if office and words.TERM_OF_OFFICE.search(sentence.text):
                continue
            # "The three countries will continue to meet" tells of no day.
            if _GOES_ON.search(self.view, max(end, verb[0] - 30), verb[0]):
                continue
            # "the council met at the level of foreign ministers" is one meeting, the council's.
            if _AT_LEVEL.search(self.view, max(sentence.start, start - 24), start):
                continue
            if _NONE.search(self.view, max(sentence.start, start - 4), start):
                continue
            # "Ministers will meet in the NATO-Ukraine Council" is the council's sitting, found by its name.
            if not _COUNCIL.fullmatch(self.view, start, end) and _IN_COUNCIL.match(self.view, verb[1], sentence.end):
                continue
            # "The two leaders met" were two.
            if _TWO.search(self.view, max(sentence.start, start - 24), start):
                continue
            left = max(sentence.start, start - 60)
            prefix = self.view[left:start]
            stop = max(
                (
                    m.end()
                    for m in re.finditer(
                        r"[,;:.]|\b(?:when|as|that|while|after|before|where|if|since)\b|"
                        r"\band (?=(?:plans|wants|intends|hopes|will)\b)",
                        prefix,
                    )
                ),
                default=0,
            )
            left += stop + (len(prefix[stop:]) - len(prefix[stop:].lstrip()))
            right = max(verb[1], end)
            if any(
                m.kind == "noun" and m.left < right and left < m.right and (m.group is not None or m.body == "council")
                for m in nouns
            ):
                continue
            mention = MeetingMention("verb", verb[0], verb[1], left, right, sentence, clause=True)
            tail = _TAIL.match(self.view, end, sentence.end)
            reach = tail.end() if tail else end
            mention.right = max(right, reach)
            self.describe(mention, self.view[left : max(right, reach)], left)
            mention.start, mention.end = min(start, verb[0]), max(end, verb[1])
            # "Air defence coalition emerges from 17th Ramstein": the subject itself, not a group named before it.
            mention.group = next(iter(self.groups_in(start, end)), mention.group)
            if mention.group is None and mention.organisation is None and _DEFENCE.search(self.view, start, end):
                mention.states = _SO_MANY.search(self.view, max(sentence.start, start - 24), start) is not None
            anaphor = bool(
                words.GROUP_ANAPHOR.fullmatch(self.view, start, end)
                or words.GROUP_ANAPHOR.fullmatch(self.view[start:end])
            )
            if mention.body is None and self.view[start:end] in ("They", "they"):
                self._body_before(mention, sentence)
            if mention.group is None and mention.body is None and not anaphor:
                # "to the next meeting" is a noun there, not what the members do.
                if not words.STATES_SUBJECT.fullmatch(self.view[start:end]) or any(
                    m.start < verb[1] and verb[0] < m.end for m in nouns
                ):
                    continue
                mention.kind, mention.definite = "anaphor", True
                # "representatives of 11 countries met" are not the members of the group just spoken of.
                mention.states = _SOME_STATES.match(self.view, end) is not None and not _THE.search(
                    self.view, max(sentence.start, start - 16), start
                )
            mention.plural = bool(words.TIMES.search(self.view, verb[1], min(sentence.end, verb[1] + 40)))
            again = words.FOR_TIME.search(self.view, verb[0], sentence.end)
            if again and again.group().startswith(",") and not _DAY_ONLY.fullmatch(self.view, verb[1], again.start()):
                again = None
            if again and again["ordinal"] == "first" and _QUALIFIED.match(self.view, again.end()):
                again = None
            first_of_group = again and again.start() - verb[1] < 4 and bool(self.groups_in(start, end))
            # "ministers adopted targets a day after the group had met for the 28th time": the group's number.
            if again and self.groups_in(verb[1], again.start()):
                again = None
            if again and ordinal_of(again["ordinal"]) and (again["ordinal"] != "first" or first_of_group):
                mention.ordinal = ordinal_of(again["ordinal"])
                mention.ordinal_span = (again.start("ordinal"), again.end("ordinal"))
            before_time = re.search(r"\b(?P<ordinal>[\w-]+) time (?:that |when )?$", self.view[sentence.start : start])
            before_time = before_time or re.search(
                r"\b(?P<ordinal>[\w-]+) time (?:that |when )?(?:the|its|it|they|these)\b[\w ]*$",
                self.view[sentence.start : verb[0]],
            )
            # "for the first time the ministers have invited": what they had not done before, not their first meeting.
            if before_time and _FOR_THE.search(self.view, sentence.start, sentence.start + before_time.start()):
                before_time = None
            # "the first time that the group is chaired by another" is not its first meeting.
            chaired = re.match(
                r"(?:is|was|will be|has been) (?:\w+ )?(?:chaired|led|hosted)", self.view[verb[0] : verb[1] + 30]
            )
            if before_time and ordinal_of(before_time["ordinal"]) and mention.ordinal is None and not chaired:
                mention.ordinal = ordinal_of(before_time["ordinal"])
                mention.ordinal_span = (
                    sentence.start + before_time.start("ordinal"),
                    sentence.start + before_time.end("ordinal"),
                )
            if mention.group is None and re.search(
                r"\b(?:whose|its|(?:the|this|that) (?:group|coalition|initiative|format|forum|club|compact|"
                r"dialogue|pool)'s) (?:\w+ )?$",
                self.view[max(0, left - 24) : start],
            ):
                mention.group = self.last_group(start)
            # "the second meeting since their leaders met at Camp David" tells of an earlier one.
            if _SINCE.search(self.view, max(sentence.start, start - 16), start):
                mention.when = "previous"
            between = self.view[end : verb[1]]
            # "held its first meeting" is no meeting before the one at hand; "first met" is.
            before_now = re.search(r"\b(last|first(?! time)|previously) (?:\w+ )?(\w+)$", between)
            named = words.NOUN if before_now is not None and before_now[1] == "first" else words.PLAIN
            if before_now is not None and named.fullmatch(before_now[2]) is None:
                mention.when = "previous"
                if re.search(r"\bfirst (?:met|gathered|convened)", between):
                    mention.ordinal, mention.ordinal_span = 1, (end, verb[1])
            # "they will gather again next month" is another meeting than the one at hand.
            again_next = _AGAIN.match(self.view, verb[1], sentence.end)
            if again_next and _TO_COME.search(self.view, start, verb[1]):
                mention.when = "next"
            mention.mode = mode_of(self.view[verb[0] : min(sentence.end, verb[1] + 60)])
            if anaphor and mention.group is None:
                mention.group = self.last_group(start, self.view[start:end].split()[-1].lower())
                if mention.group is None:
                    continue
            if mention.body == "council":
                # "Ministers will meet in the NATO-Ukraine Council" is one meeting, the council's.
                found = [m for m in found if m.group or m.organisation or not m.start <= verb[0] < m.end]
            found.append(mention)
        # "met with foreign ministers and representatives of A, B and C" is one clause on one meeting.
        return [m for i, m in enumerate(found) if all(m.start != other.start for other in found[:i])]

    def _body_before(self, mention: MeetingMention, sentence: Sentence) -> None:
        """Rule meeting-they: "The directors are to turn it into orders. They meet in Turin" speaks of the "
        "directors."""
        before = self.reading.sentences[sentence.index - 1] if sentence.index else None
        if before is None or before.is_title or before.paragraph != sentence.paragraph:
            return
        match = words.BODY_SUBJECT.search(before.text[:80])
        if match is not None and not _ON_SIDELINES.search(before.text, 0, match.start()):
            start = before.start + match.start()
            near = self.groups_in(before.start, start)
            probe = MeetingMention("verb", start, start, before.start, before.start + match.end(), before)
            self.describe(probe, before.text[: match.end()], before.start)
            mention.body, mention.body_span = probe.body, probe.body_span
            mention.organisation, mention.organisation_span = probe.organisation, probe.organisation_span
            # "The leaders of the force met in Tallinn. They had met in Oslo before": the force's.
            after = self.groups_in(before.start + match.end(), before.start + match.end() + 70)
            owned = after and _OF_GROUP.fullmatch(self.view, before.start + match.end(), after[0].start)
            mention.group = near[-1] if near else after[0] if owned else mention.group

    def _event(self, sentence: Sentence, start: int, end: int) -> Span | None:
        """Rule meeting-group-as-event: a contact group's name with a day right after it stands for its meeting."""
        before = self.view[max(sentence.start, start - 30) : start]
        numbered = (
            None
            if _MONTH_DAY.search(before)
            else re.search(
                r"\b(?:\d{1,2}(?:st|nd|rd|th)|[a-z]{3,}(?:th|first|second|third)|(?:[Tt]he|[Ii]ts|"
                r"[Tt]heir) (?:next|last|"
                r"previous|latest|coming)) $",
                before,
            )
        )
        if numbered and re.match(r"(?:[Ss]teering|[Tt]echnical|[Ww]orking)", self.view[start:end]):
            return start, end
        # Rule meeting-council: "during the NATO-Ukraine Council on Wednesday": a council that sits is a meeting.
        if _COUNCIL.fullmatch(self.view, start, end) and _SITTING.search(before):
            return start, end
        if not self.groups_in(start, end):
            return self._decided(sentence, start, end)
        if sentence.is_title and (match := words.TITLE_EVENT.match(self.view[end : sentence.end])):
            return start, end + match.end()
        spoken = sentence.is_title and words.SPOKEN_AT.search(self.view, sentence.start, start)
        if spoken or (sentence.is_title and words.POST_PRESS.match(self.view, start - 5, end + 40)):
            return start, end
        if "oalition" in self.view[start:end]:
            return None
        # "the 28th Ukraine Defence Contact Group": only meetings of it are counted.
        if numbered and not re.search(r"\b(?:last|coming) $", before):
            return start, end
        after = self.view[end : end + 50]
        if words.ADDRESSED.search(before) or (words.HELD_AS.search(before) and words.WHEN_OR_WHERE.match(after)):
            return start, end
        # "working together next week in Germany at the Contact Group"
        if words.TIME_AT.search(self.view, max(sentence.start, start - 60), start):
            return start, end
        if words.AS_EVENT.search(before) and re.match(
            r"(?: \([^)]*\))?,? (?:in [A-Z]\w+ )?on (?:[A-Z][a-z]+day|[A-Z][a-z]+\.? \d|\d)", after
        ):
            return start, end
        # "After it came the Contact Group, led by the German minister".
        if _IN_TURN.search(self.view, max(sentence.start, start - 30), start):
            return start, end
        if words.IN_MONTH.match(after) and words.AT_EVENT.search(before):
            return start, end
        return None

    def _decided(self, sentence: Sentence, start: int, end: int) -> Span | None:
        """Rule meeting-decided: "EU defence ministers agreed in Brussels on Monday": what they do on a day in "
        "a town."""
        if sentence.is_title:
            return None
        if not _ORGANISATION.search(self.view, max(sentence.start, start - 30), start) and not self._of_states(
            sentence
        ):
            return None
        match = _DECIDED.match(self.view, end, min(sentence.end, end + 120))
        return (start, match.end("verb")) if match is not None else None

    def _of_states(self, sentence: Sentence) -> bool:
        """Are three states or more named in the sentence?"""
        hits = self.reading.hits_in(sentence.start, sentence.end)
        named = {entry.value for hit in hits if (entry := hit.get("nation", "demonym")) is not None}
        return len(named - {"RU", "BY", "UA"}) >= 3 or bool(_REGION.search(sentence.text))

    def _verb(self, sentence: Sentence, start: int, end: int) -> Span | None:
        """The verb that says a body meets, at most a few words after it, or before it ("will host the …")."""
        ceiling = min(sentence.end, end + 170)
        # "A coalition for demining is being assembled": it is being built.
        if self.groups_in(start, end) and _IN_THE_MAKING.match(self.view, end, ceiling):
            return None
        told = words.MEET_VERB.search(self.view[end:ceiling], of=sentence.text)
        if told is not None and _WHO.fullmatch(self.view, end, end + told.start()):
            return end + told.start(), end + told.end()
        # ", which usually sits at Ramstein, met": the insertion has a verb of its own.
        after = _INSERTED.sub(lambda m: m.group(1) + "_" * len(m.group(2)) + ",", self.view[end:ceiling])
        match = words.MEET_VERB.search(after, of=sentence.text)
        # "It was the first meeting since", "invited them and will lead the meeting" have a noun there.
        noun = match is not None and match.group().lower() == "meeting" and _NOUN_BEFORE.search(after, 0, match.start())
        need = (
            match is not None
            and match.group().lower() in ("meet", "meets", "met")
            and words.MET_NEED.match(after, match.end())
        )
        if match and not noun and not need:
            between = re.sub(r"\([^)]*\)|\"[^\"]*\"|, (?:which|who)[^,]*,", "", after[: match.start()])
            between = re.sub(r", (?:an?|the|which|who|also|better|as|known)\b[^,]*,", "", between)
            # "the countries that arm Ukraine confer"
            between = re.sub(r"^ (?:that|who|which) (?:\w+ ){1,3}[A-Z]\w+ ", " ", between)
            # "The ministers of the EU, incidentally, met": a word or two set off by commas.
            between = re.sub(r", (?:\w+ ?){1,3},", "", between)
            # ", which groups Norway, Denmark and Estonia, met": an insertion that is closed right before the verb.
            if re.match(r",|\s\(", after) and re.search(
                r"[,)]\s(?:has |had |have |will |also )?$", after[: match.start()]
            ):
                return end + match.start(), end + match.end()
            if (
                "," not in between.rstrip(", ")
                and ";" not in between
                and len(between) < 70
                and not re.search(
                    r"\b(?:said|says|agreed|told|who|that|which|at|after|before|to discuss|pledged|"
                    r"as the (?:pair|duo|two))\b",
                    between,
                )
            ):
                return end + match.start(), end + match.end()
        before = self.view[max(sentence.start, start - 80) : start]
        host = words.HOST_VERB.search(before)
        # "The meeting was attended by six countries": they are no body that is met.
        if host and (_PASSIVE.match(host.group()) or words.SHARING.search(host.group())):
            return None
        # "What has been gathered since the coalition began" is money.
        if host and before[: host.start()].endswith(" been "):
            return None
        # "He met with defence officials and lawmakers": those of the state that he visits.
        if host and self.view[start:end].lower() == "officials" and re.match(r"met\b|meets?\b", host.group(), re.I):
            return None
        # Nor with "senior government and military leaders" wherever he goes.
        if host and _WITH_THEIRS.search(self.view, max(sentence.start, start - 60), start):
            return None
        # "We are gathering a demining coalition": it is being built.
        if host and self.groups_in(start, end) and _BUILT.search(before, host.start()):
            return None
        # A coalition is joined, not met: only bodies of people are.
        if host and self.groups_in(start, end) and re.match(r"joins?\b|joined|see\b|invited|met\b", host.group(), re.I):
            return None
        if (
            host
            and words.GROUP_ANAPHOR.fullmatch(self.view[start:end])
            and re.match(r"joins?\b|joined|see\b|invited|met\b|welcomed", host.group(), re.I)
        ):
            return None
        if host:
            offset = max(sentence.start, start - 80)
            return offset + host.start(), start
        return None
