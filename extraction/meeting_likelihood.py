"""Does a draft tell of a multinational meeting on defence? A logistic model over what its mentions show.

Words for gatherings are everywhere: calls of two presidents, contract signings, exercises, press conferences. What sets
a contact group's or a ministers' meeting apart is seldom one word, so every draft is weighed as a whole: who meets,
under which name, how many states, when, where, and what the sentences around it speak of. `meeting_likelihood.csv`
holds the weights, made by `python -m extraction.meeting_fit` from the tuning articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from extraction.logistic import Model
from extraction.meeting_attributes import attendance_in
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_mentions import MeetingMention
from extraction.meeting_parties import on_defence
from extraction.meeting_scope import CIVIL, MILITARY, in_scope, names_many
from extraction.meeting_words import MANY_SIDED
from extraction.reading import Reading
from extraction.screening import Screen

WEIGHTS = Model(Path(__file__).with_name("meeting_likelihood.csv"))
# From this probability on a draft is a meeting.
THRESHOLD = 0.5
# Where no group or organisation is named, the text must show more.
THRESHOLD_UNNAMED = 0.65
# Ministers or chiefs of defence, not one of them, hardly come together for anything else: of the drafts without a name
# and likelier than this, all six in the annotated articles that 0.65 turned down are meetings.
THRESHOLD_DEFENCE = 0.45
# Where the text counts three sides and more and speaks of defence, less will do: of 41 such drafts without a name in
# the annotated articles 40 are meetings, the least likely of them at 0.34.
THRESHOLD_SIDES = 0.3

_BILATERAL = re.compile(
    r"\b(?:bilateral\w*|tête-à-tête|one-on-one|phone|telephone|call(?:ed)? with|spoke (?:with|to)|met with|"
    r"(?:his|her) (?:\w+ )?(?:counterpart|colleague|opposite number)\b|host (?:and|country)|visit(?:s|ed|ing)?|"
    r"state visit|courtesy)\b",
    re.I,
)
_TRADE = re.compile(
    r"\b(?:contract|shareholders?|company|companies|firm|manufacturer|chief executive|order book|supplier|factory|"
    r"plant|trade fair|exhibition|industry day|tender)\b",
    re.I,
)
_MANOEUVRE = re.compile(r"\b(?:exercises?|drills?|manoeuvres|maneuvers|wargame|training|troops from)\b", re.I)
_PEACE = re.compile(r"\b(?:peace|ceasefire|cease-fire|truce|negotiat\w+|mediat\w+)\b", re.I)
_PARLIAMENT = re.compile(
    r"\b(?:parliament\w*|lawmakers|committee|cabinet|congress|senate|bundestag|rada|"
    r"hearing)\b",
    re.I,
)
_PRESS = re.compile(r"\b(?:reporters|press|briefing|journalists|interview|panel|speech|lecture)\b", re.I)
_TOTAL = re.compile(r"\b(?:since (?:the|February|Russia)|so far|in total|altogether|to date|cumulative)\b", re.I)
_MANY = re.compile(
    r"\b(?:allies|partners|ministers|delegations|nations|countries|states|members|capitals|chiefs|directors|donors|"
    r"representatives|leaders|counterparts|colleagues)\b",
    re.I,
)
_MATTERS = (
    ("military", MILITARY), ("civil", CIVIL), ("bilateral", _BILATERAL), ("trade", _TRADE), ("press", _PRESS),
    ("manoeuvre", _MANOEUVRE), ("peace", _PEACE), ("parliament", _PARLIAMENT), ("total", _TOTAL), ("many", _MANY),
)  # fmt: skip
_SCREEN = Screen([pattern for _, pattern in _MATTERS])
_WORD = re.compile(r"[a-z]+")


def is_meeting(reading: Reading, draft: MeetingDraft, groups: int) -> bool:
    """Rule meeting-likely: the weighed signs of a draft make a meeting on defence likelier than not.

    How likely is noted in the draft, so that what is read of a doubtful meeting is doubted too.
    """
    found = features(reading, draft, groups)
    draft.likelihood = WEIGHTS.probability(found)
    draft.signs = tuple(sorted(sign for sign in found if "|" not in sign))
    named = draft.group is not None or draft.organisation is not None
    # Rule scope-sides: "a meeting among A, B and C" says itself that it is of several states.
    sides = [m for m in draft.mentions if m.states and m.kind != "anaphor"]
    if any(on_defence(reading, m) for m in sides):
        return draft.likelihood >= THRESHOLD_SIDES
    # Rule scope-ramstein: talks on Ukraine at Ramstein are those of the group that is called after it.
    at_home = draft.place is not None and draft.place.place == "Ramstein" and "Ukrain" in reading.view
    if at_home and any(m.kind != "verb" for m in draft.mentions):
        return draft.likelihood >= THRESHOLD_SIDES
    named = named or bool(sides)
    if "body-of-defence" in found:
        return draft.likelihood >= THRESHOLD_DEFENCE
    # Rule scope-summit: "the NATO summit" that the text comes back to.
    if draft.organisation == "NATO" and "noun-summit" in found and len(draft.mentions) > 1:
        return draft.likelihood >= THRESHOLD_SIDES
    return draft.likelihood >= (THRESHOLD if named else THRESHOLD_UNNAMED)


def features(reading: Reading, draft: MeetingDraft, groups: int) -> set[str]:
    """The signs of one draft; `groups` is how many contact groups the article names."""
    found = set(_naming(reading, draft, groups))
    found |= set(_saying(reading, draft))
    sentences = {m.sentence.index: m.sentence for m in draft.mentions}
    for sentence in sentences.values():
        found |= set(_around(reading, sentence.text))
    states = max((_states(reading, m) for m in draft.mentions), default=0)
    found.add(f"states-{min(3, states)}")
    if any(names_many(reading, m) for m in draft.mentions):
        found.add("names-many")
    if any(attendance_in(reading, s.start, s.end) for s in sentences.values()):
        found.add("attendance")
    owner = "group" if "group" in found else "organisation" if "organisation" in found else "nobody"
    return found | {f"{owner}|{sign}" for sign in list(found) if sign.split("-")[0] in _WITH_OWNER}


_WITH_OWNER = frozenset(
    ["kind", "body", "dated", "placed", "states", "noun", "military", "bilateral", "names", "scope"]
)


def _naming(reading: Reading, draft: MeetingDraft, groups: int) -> Iterator[str]:
    """Who meets, and how the text calls it."""
    if draft.group is not None:
        yield "group"
        yield "group-listed" if draft.group.slug else "group-found"
        if any(m.group is not None and m.group.start >= m.left and m.group.end <= max(m.right, m.end)
               for m in draft.mentions):  # fmt: skip
            yield "group-inside"
    elif draft.organisation is not None:
        yield "organisation"
        yield f"organisation-{draft.organisation}"
    yield f"groups-{min(2, groups)}"
    body = draft.body
    yield f"body-{body}"
    for mention in draft.mentions:
        yield f"kind-{mention.kind}"
        if mention.body_span is not None and re.search(
            r"defen[cs]e|armament|military", reading.view[slice(*mention.body_span)], re.I
        ):
            yield "body-of-defence"
        if mention.states:
            yield "of-states"
        if mention.when:
            yield f"when-{mention.when}"
        if MANY_SIDED.search(reading.view[mention.left : mention.right]):
            yield "many-sided"
        yield f"noun-{_head(reading, mention)}"
    if all(m.kind == "anaphor" for m in draft.mentions):
        yield "only-anaphors"
        yield "only-definite" if all(m.definite for m in draft.mentions) else "only-indefinite"
    if draft.ordinal is not None:
        yield "ordinal"
    if any(m.sentence.is_title for m in draft.mentions):
        yield "title-only" if all(m.sentence.is_title for m in draft.mentions) else "title"
    yield f"mentions-{min(4, len(draft.mentions))}"
    yield "scope-ruled" if in_scope(reading, draft, groups > 0) else "scope-open"


def _head(reading: Reading, mention: MeetingMention) -> str:
    """The last word of what names the meeting, in lower case."""
    said = _WORD.findall(reading.view[mention.start : mention.end].lower())
    if mention.kind == "noun":
        return said[-1] if said else "none"
    return said[0] if len(said) == 1 else "clause"


def _saying(reading: Reading, draft: MeetingDraft) -> Iterator[str]:
    """When and where it is, and how sure the text is of it."""
    date = draft.date
    yield "dated-no" if date is None else f"dated-{len(date.starts or '')}"
    if date is not None and date.bound > 1:
        yield "dated-inside"
    place = draft.place
    yield (
        "placed-no"
        if place is None
        else "placed-town"
        if place.place
        else "placed-venue"
        if place.venue
        else ("placed-country")
    )
    yield f"status-{draft.plain_status()}"
    if all(reading.in_quote(m.start) for m in draft.mentions):
        yield "quoted"
    if all(m.sentence.text.rstrip().endswith("?") for m in draft.mentions):
        yield "asked"
    first = min(m.sentence.paragraph for m in draft.mentions)
    yield "early" if first <= 2 else "late" if first > 6 else "middle"


def _around(reading: Reading, text: str) -> Iterator[str]:
    """What else a sentence speaks of."""
    for index in _SCREEN.possible(text):
        name, pattern = _MATTERS[index]
        if pattern.search(text):
            yield name


def _states(reading: Reading, mention: MeetingMention) -> int:
    """How many states the sentence of a mention names."""
    hits = reading.hits_in(mention.sentence.start, mention.sentence.end)
    return len({e.value for h in hits if (e := h.get("nation", "demonym", "capital")) is not None} - {"RU"})
