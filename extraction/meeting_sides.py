"""How many sides a meeting has, as far as the words right at its noun say."""

from __future__ import annotations

import re
from itertools import pairwise

from extraction.document import Sentence
from extraction.reading import Reading

_ASSEMBLY = re.compile(r"[^.;,]{0,50}\b(?:at|of|during) the (?:United Nations|UN|U\.N\.) (?:General|Security) ", re.I)
_TOGETHER = re.compile(
    r" ?(?:(?:(?:was|were|will be) held )?(?:in [A-Z]\w+ )?(?:on )?\w+day |yesterday |today |"
    r"(?:was|were|will be) held (?:in [A-Z]\w+ )?)?(?:with|among|between|of|involving|bringing together)\b"
)
_PEERS = re.compile(r"\b(?:counterparts|colleagues|opposite numbers|defen[cs]e (?:ministers|chiefs|secretaries))\b")
# "a videoconference with Allies and partners", "a call with European leaders": more than two whoever they are.
_MANY = re.compile(
    r" (?:today |yesterday |(?:on )?\w+day |this \w+ )?(?:with|of|among|between) "
    r"(?:the |other |key |close |several |a group of |(?:more than |some |over |about )?\d+ )?"
    r"(?:U\.S\. |European |NATO )?(?:[Aa]llies and (?:European )?partners|"
    r"(?:[A-Z][a-z]+ )?(?:[Aa]llied|European|Baltic|Nordic|[Tt]ransatlantic) (?:[Ll]eaders|[Cc]ounterparts|[Aa]llies)|"
    r"[Aa]llies(?= (?:to|on|about)\b))\b"
)
# "at an event with 32 allies and partners"; "the meeting of 50 countries" may be a group's that is named elsewhere.
_WITH_MANY = re.compile(
    r" (?:today |yesterday |(?:on )?\w+day )?with (?:(?:more than|over|about|around|some|nearly|almost|at least) )?"
    r"(?:[3-9]|[1-9]\d|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:twenty|thirty|forty|fifty)(?:-\w+)?) "
    r"(?:other )?(?:allies|partners|nations|countries|states|leaders|delegations|heads of (?:state|government)|"
    r"(?:[A-Z]\w+ )?(?:defen[cs]e |foreign )?ministers)\b"
)
_STOP = re.compile(r"[.;]|, (?:as|where|which|who|during|when|to)\b")
_WITH_PEERS = re.compile(
    r"\b(?:his|her|their) (?P<sides>[A-Z][^.;]{1,60}? and [A-Z][\w-]+(?: [A-Z]\w+)?) counterparts\b"
)
# "UK defence leaders", "Ukraine's ministers": those of one state, who visit and are visited.
_LISTED_BEFORE = re.compile(r"(?:,|\band|&|-|/) (?:the )?$")
_OF_STATE = re.compile(r" (?:of|from) (?:the )?")
_AND_STATE = re.compile(r",? and (?:the )?")

# "the pair convened for the yearly talks", "both ministers held a meeting".
_THE_TWO = re.compile(
    r"\b(?:[Tt]he (?:pair|duo|two(?: (?:men|leaders|ministers|sides|countries|nations|presidents|officials|allies))?)|"
    r"[Bb]oth (?:men|leaders|ministers|sides|countries|nations|presidents)) (?:\w+ ){0,2}?"
    r"(?:met|meet|convened?|held|hold|gathered|sat down|opened|began) [^,.;]{0,60}$"
)
_JOINT = re.compile(r"[-\u2013/]")
_PAIRS_OWN = re.compile(r" (?:(?!trilateral|and )[\w'+.-]+ ){0,3}")
_PAIR_AND = re.compile(r" (?:and|&) (?:the )?")
_PAIR_HELD = re.compile(
    r" (?:(?:will|have|has|had|are|were|is|to|due|set|also|again) ){0,3}?"
    r"(?:hold|held|holding|open(?:ed)?|began|begin|start(?:ed)?|conclude[sd]?|conduct(?:ed)?|resumed?) [^,.;]{0,60}$"
)
_PAIR_BEGINS = re.compile(r"(?:^|[.;:,\u2014-] |\b(?:as|that|when|while|after|before|where) )(?:[Tt]he )?$")


def of_pair(reading: Reading, sentence: Sentence, start: int) -> bool:
    """Rule scope-pair: "Norway and Canada held their 40th talks", "the pair convened for talks": two sides."""
    view = reading.view
    if _THE_TWO.search(view, max(sentence.start, start - 110), start):
        return True
    hits = [h for h in reading.hits_in(max(sentence.start, start - 110), start) if h.get("nation", "demonym")]
    for first, second in pairwise(hits):
        if any(0 <= first.start - h.end < 7 for h in hits):
            continue
        # "our annual U.S.-Australia Ministerial meeting", not "the U.S.-Japan-ROK meeting"
        if _JOINT.fullmatch(view, first.end, second.start) and _PAIRS_OWN.fullmatch(view, second.end, start):
            return True
        if (
            _PAIR_AND.fullmatch(view, first.end, second.start)
            and _PAIR_HELD.fullmatch(view, second.end, start)
            and _PAIR_BEGINS.search(view[max(sentence.start, first.start - 12) : first.start])
        ):
            return True
    return False


def at_assembly(view: str, end: int) -> bool:
    """Rule scope-assembly: "a high-level meeting in New York at the United Nations General Assembly" is of the UN."""
    return bool(_ASSEMBLY.match(view, end, end + 90))


def several_sides(reading: Reading, sentence: Sentence, end: int) -> bool:
    """Rule scope-sides: "talks with his Japanese and Korean counterparts", "a meeting among A, B and C" have three.

    Two nations and the host's minister make three with "counterparts"; without, three must be named.
    """
    after = reading.view[end : min(sentence.end, end + 130)]
    if _MANY.match(after) or _WITH_MANY.match(after):
        return True
    together = _TOGETHER.match(after)
    if together is not None:
        stop = _STOP.search(after)
        reach = stop.start() if stop else len(after)
        peers = _PEERS.search(after, together.end(), reach)
        nations = _nations(reading, end, end + (peers.start() if peers else reach))
        if len(nations) >= (2 if peers and "ounterparts" in peers.group() else 3):
            return True
    ahead = _WITH_PEERS.search(reading.view, sentence.start, end)
    if ahead is None or end - ahead.end() > 40:
        return False
    return len(_nations(reading, *ahead.span("sides"))) >= 2


def _nations(reading: Reading, start: int, end: int) -> set[str]:
    return {e.value for h in reading.hits_in(start, end) if (e := h.get("nation", "demonym")) is not None} - {"RU"}


def _of_two_states(reading: Reading, sentence: Sentence, end: int) -> bool:
    """Rule scope-two-states: the headline "Ministers of Norway and India to hold talks" tells of two."""
    hits = [h for h in reading.hits_in(end, min(sentence.end, end + 60)) if h.get("nation")]
    if len(hits) < 2 or not _OF_STATE.fullmatch(reading.view, end, hits[0].start):
        return False
    return bool(_AND_STATE.fullmatch(reading.view, hits[0].end, hits[1].start)) and not (
        len(hits) > 2 and _AND_STATE.fullmatch(reading.view, hits[1].end, hits[2].start)
    )


def of_one_state(reading: Reading, sentence: Sentence, start: int, end: int) -> bool:
    """Rule scope-one-state: "UK defence leaders have visited Washington to hold talks" tells of a visit."""
    if sentence.is_title and _of_two_states(reading, sentence, end):
        return True
    owner = next((h for h in reading.hits_in(max(sentence.start, start - 24), start) if h.end >= start - 3), None)
    if owner is None or owner.get("nation", "demonym") is None or owner.get("organisation", "group") is not None:
        return False
    return _LISTED_BEFORE.search(reading.view, max(sentence.start, owner.start - 8), owner.start) is None
