"""Who keeps company in a sentence: officials of three states and more, named one by one or by what they have in common.

"Pete Hegseth of the United States, Australia's Richard Marles and Japan's Gen Nakatani", "the defence chiefs of A, B
and C", "ministers from 12 northern European countries", "the bloc's defence ministers": whoever does something
together in a town or on a day has met, whatever the verb; a host has them as guests. "They", "the four", "the
ministers" of the next sentences are the same company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from extraction.document import Sentence
from extraction.meeting_mentions import MOST_IN_SENTENCE, Span
from extraction.meeting_parties import ADVERSARIES, LEAST_STATES, states_in
from extraction.people import People
from extraction.reading import Reading
from extraction.screening import Screened

_HEADS = (
    r"(?:(?:[Ff]oreign|[Dd]efen[cs]e|[Pp]rime|[Nn]avy|[Aa]rmy|[Aa]rmaments|[Mm]ilitary|[Ss]ecurity) )?"
    r"(?:[Mm]inisters|[Ss]ecretaries|[Cc]hiefs|[Hh]eads|[Dd]irectors|[Ll]eaders|[Pp]residents|[Cc]ommanders|"
    r"[Cc]olleagues|[Cc]ounterparts|opposite numbers)"
    r"(?: of (?:[Nn]ational )?(?:[Dd]efen[cs]e|[Ss]taff|[Ss]tate|[Gg]overnment|(?:the )?[Nn]avy))?"
)
_BODY = Screened(rf"\b{_HEADS}\b(?!')")
# "ministers and senior officials from", "ministers Crosetto of Italy, Pistorius of".
_OWNERS = re.compile(
    r"(?: and (?:senior )?(?:defen[cs]e )?(?:officials|officers|generals|diplomats|deputies|"
    r"representatives|advis[eo]rs))?"
    r" (?:(?:of|from|representing) (?:all |both )?|(?=[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2} (?:of|\()))"
)
_COUNT = (
    r"(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|several|a number of|"
    r"a dozen|[3-9]|[1-4]\d)"
)
_COUNTED = re.compile(
    rf"(?:the |some |about |around |more than |over |its )?{_COUNT} (?:[\w-]+ ){{0,3}}?(?:countries|nations|states|"
    r"members|allies|partners)\b"
)
_COUNTED_STATES = Screened(
    r"\b(?:[Tt]he |[Aa]ll )?(?:three|four|five|six|seven|eight|nine|ten|twelve|Three|Four|Five|Six|Seven|Eight|Nine|"
    r"Ten|Twelve) (?:(?:Nordic|Baltic|European|northern|eastern|Pacific|allied|and|NATO|EU) ){0,4}"
    r"(?:countries|nations|states|allies)\b"
)
_REGION = re.compile(
    r"(?:the )?(?:Nordic|Baltic|South Pacific|Pacific|Black Sea|Benelux|Visegrad|Gulf|eastern flank|"
    r"(?:northern|eastern|frontline) )"
)
_REGION_BEFORE = re.compile(
    rf"\b(?:Nordic|Baltic|European|{_COUNT}|Seven|Eight|Nine|Ten|Four|Five|Six|Twelve) "
    r"(?:(?:Nordic|Baltic|European|allied|and|other|fellow|NATO|EU) ){0,3}$"
)
_ONE_STATE = re.compile(
    r"\b(?:U\.S\.|US|UK|British|Ukrainian|Russian|Chinese|former|[Cc]ompany|[Bb]usiness|[Pp]arty|[Oo]pposition|[Uu]nion|"
    r"[Cc]hurch|[Rr]ebel|[Ii]ndustry|[Pp]olice|[Ss]tudent|[Tt]rial of (?:\w+ )?) $|\b(?:the two|[Tt]rial of (?:\w+ )?)$"
)
_LIST_STOP = re.compile(
    r"[;:\u2014]|\.(?=\s|$)|\b(?:to|who|which|where|when|while|have|has|had|are|were|was|is|will|would|said|says|met|"
    r"on|in|at|for|with|about|agreed|signed|join|joined|reached|put|put|took)\b"
)
# A list of officials runs on through titles, states and "and"; what one of them says or does ends it.
_RUNS_ON = re.compile(
    r"(?:(?!\b(?:said|says|told|tells|that|which|while|whose|because|since|succeeds?|replac\w+|after|before|"
    r"accused|succeeded|congratulated|criticised|thanked|praised|called|predecessor|statement|between)\b)[^;:\"]){0,110}"
)
_SAME = Screened(
    r"\b(?:[Tt]hey|[Tt]he (?:three|four|five|six|seven|eight|nine|ten|twelve)(?! of\b)(?: (?:ministers|leaders|"
    r"countries|nations|states|allies|partners|men|chiefs|officials|sides))?|[Tt]he (?:ministers|leaders|trio|"
    r"quartet|foursome|threesome|quintet|chiefs|partners|allies|presidents|directors|guests|defen[cs]e (?:chiefs|"
    r"ministers))|(?:[Tt]hese|those) (?:countries|nations|states|ministers|leaders)|[Tt]heir (?:defen[cs]e |"
    r"foreign )?(?:ministers|leaders|chiefs|presidents))\b"
)
_LONGEST_LIST = 300
# How far back "they" may point.
_BACK = 2


@dataclass(frozen=True)
class Company:
    """Where officials of several states are spoken of, with the states that the text lists (none where it counts).

    `people` is false of states without officials: what they do need not be done at a meeting.
    """

    start: int
    end: int
    sides: dict[str, Span] = field(default_factory=dict)
    people: bool = True


class Companies:
    """The companies of one article."""

    def __init__(self, reading: Reading, persons: People) -> None:
        self.reading = reading
        self.persons = persons
        self._found: dict[int, list[Company]] = {}

    def of(self, sentence: Sentence) -> list[Company]:
        """Those of a sentence, officials named one by one first."""
        if sentence.index not in self._found:
            self._found[sentence.index] = [*self._listed(sentence), *self._bodies(sentence), *self._counted(sentence)]
        return self._found[sentence.index]

    def same(self, sentence: Sentence, start: int, end: int) -> Company | None:
        """Whom "they", "the four", "the ministers" within a span mean: a company named before."""
        match = _SAME.search(self.reading.view[start:end])
        if match is None:
            return None
        position = start + match.start()
        for told in reversed(self.reading.sentences[max(0, sentence.index - _BACK) : sentence.index + 1]):
            if told.is_title:
                continue
            before = [c for c in self.of(told) if c.end <= position]
            if before:
                return max(before, key=lambda c: (len(c.sides), c.start))
        return None

    def only(self, sentence: Sentence) -> Company | None:
        """The company that a text speaks of, where up to a sentence it lists the same states each time."""
        told = [c for s in self.reading.sentences[: sentence.index] for c in self.of(s) if c.sides]
        return told[0] if told and all(c.sides.keys() == told[0].sides.keys() for c in told) else None

    def subject(self, sentence: Sentence) -> Iterator[Span]:
        """Where a sentence speaks of a company named before."""
        for match in islice(_SAME.finditer(sentence.text), MOST_IN_SENTENCE):
            yield sentence.start + match.start(), sentence.start + match.end()

    def _listed(self, sentence: Sentence) -> Iterator[Company]:
        """Three officials and more of three states, with nothing told between one and the next."""
        run: list[tuple[str, Span]] = []
        for person, mention in self.persons.between(sentence.start, sentence.end):
            state = person.affiliation
            if state is None or len(state) != 2:
                continue
            if run and not _RUNS_ON.fullmatch(self.reading.view, run[-1][1][1], mention.start):
                yield from self._company(run)
                run = []
            run.append((state, (mention.start, mention.end)))
        yield from self._company(run)

    def _company(self, run: list[tuple[str, Span]]) -> Iterator[Company]:
        sides: dict[str, Span] = {}
        for state, span in run:
            sides.setdefault(state, span)
        if len(sides) >= LEAST_STATES and not sides.keys() & ADVERSARIES:
            yield Company(run[0][1][0], run[-1][1][1], sides)

    def _bodies(self, sentence: Sentence) -> Iterator[Company]:
        view = self.reading.view
        for match in islice(_BODY.finditer(sentence.text), MOST_IN_SENTENCE):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            before = view[max(sentence.start, start - 40) : start]
            if _ONE_STATE.search(before):
                continue
            owners = _OWNERS.match(view, end, sentence.end)
            if owners is not None:
                ceiling = min(sentence.end, owners.end() + _LONGEST_LIST)
                stop = _LIST_STOP.search(view, owners.end(), ceiling)
                reach = stop.start() if stop is not None else ceiling
                sides = states_in(self.reading, self.persons, owners.end(), reach)
                if len(sides) >= LEAST_STATES and not sides.keys() & ADVERSARIES:
                    yield Company(start, max(span[1] for span in sides.values()), sides)
                    continue
                told = _COUNTED.match(view, owners.end(), reach) or _REGION.match(view, owners.end(), reach)
                if told is not None:
                    yield Company(start, told.end())
                    continue
            if _REGION_BEFORE.search(before):
                yield Company(start, end)

    def _counted(self, sentence: Sentence) -> Iterator[Company]:
        for match in islice(_COUNTED_STATES.finditer(sentence.text), MOST_IN_SENTENCE):
            yield Company(sentence.start + match.start(), sentence.start + match.end(), people=False)
