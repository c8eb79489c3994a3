"""Why what looks like a meeting is none of ours: wished for, of two, of parliaments or parties, on civil matters.

The model of `meeting_likelihood` weighs single signs; these reasons bar a draft whatever else speaks for it. Each looks
at all that the text says of a meeting, so that one plain mention of a gathering of several states saves it.
"""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.meeting_attributes import attendance_in
from extraction.meeting_dates import THAT_DAY
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_mentions import MeetingMention
from extraction.meeting_parties import LEAST_STATES, on_defence, states_in
from extraction.meeting_subjects import of_civil_office, on_other_matters, others
from extraction.meeting_words import MANY_SIDED
from extraction.people import People
from extraction.reading import Reading

# "Ministers should meet", "were they to gather", "need not hide behind yet another meeting": nobody has met or will.
_WISHED = re.compile(
    r"\b(?:nobody|no one|should(?:n't)?|ought|must(?:n't)?|needn't|need(?:s)? (?:not |to )|had better|"
    r"would (?:have|do well)|could|"
    r"might|let (?:us|them)|were to|if|what if|imagine|suppose|picture)\b"
    r"(?![^,;]*\b(?:said|says|told|announced)\b)",
    re.I,
)
_HIGH_TIME = re.compile(
    r"\b(?:[Hh]igh|[Aa]bout) time (?:that )?|\bin the (?:novel|film|game|scenario|simulation)\b|\b[Ii]magine\b"
)
_NEVER = re.compile(
    r"\b(?:was|were|had) never (?:been )?(?:planned|scheduled|agreed|called)|"
    r"\bno such (?:meeting|summit|talks|session)\b|"
    r"\breports? (?:was|were|is|are) (?:false|wrong|untrue|invented)\b"
)
_GENERIC = re.compile(r"\b(?:yet another|any) (?:[\w-]+ ){0,3}?$|\bcome and go\b")
_CLAUSES = re.compile(r"[,;:]|\b(?:when|where|that|as|while)\b")
_TO_HOLD = re.compile(r" ?(?:not )?(?:\w+ )?(?:hold|have|call|convene|organi[sz]e|attend|arrange)\b")
# Bare words for people that a sentence without a gathering holds.
_BARE = re.compile(r"(?:partners|allies|participants|capitals|generals|admirals|delegates|colleagues)", re.I)
_GATHERS = re.compile(
    r"\b(?:met|meet\w*|gather\w*|conven\w+|assembl\w+|talks?|talked|session|summit|round|conference|sat|sits?|seat\w*|"
    r"host\w*|chair\w*|welcom\w+|receiv\w+|invit\w+|guests?|attend\w*|took part|takes? part|participat\w*|represented|"
    r"present|arriv\w+|travel\w*|flew|agree[ds]?|sign(?:s|ed)|discuss\w*|join(?:s|ed)|together|held|holds?|table|room|ceremony|launch\w*)\b",
    re.I,
)
_HYPHENATED = re.compile(r"\b(?P<first>[A-Z][\w.]+)[-\u2013](?P<second>[A-Z][\w.]+)\b")
# "met with", "spoke to", "after meeting Ann Lee in Oslo", "co-chaired", "received".
_FACE_TO_FACE = re.compile(
    r"\b(?:met|meets?|spoke|speaks?|talked|talks|conferred|meeting|call(?:ed)?|conversation|phone|telephoned?|rang) "
    r"(?:(?:today|yesterday|again|briefly|separately|by|phone|telephone|on|\w+day) ){0,4}(?:with|to) "
    r"(?!members|colleagues|ministers|allies|partners|leaders)|"
    r"\b(?:met|meets?|received|hosted|welcomed|telephoned|rang|after meeting|(?:when|while|on|before) meeting) "
    r"(?=[A-Z]|his |her |the (?:\w+ )?(?:president|prime|minister|secretary)\b)|"
    r"\b(?:two-plus-two|2\+2|bilateral)\b|\b(?:his|her) (?:[A-Z]\w+ )?(?:counterpart|colleague|opposite number|host)\b"
)
_TWO_NAMES = re.compile(
    r" [A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,2} and [A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,2}(?!,? (?:and|with)\b)"
)
_THE_TWO = re.compile(
    r"\b(?:[Tt]he|[Bb]oth|[Tt]he two|[Tt]heir) (?:leaders|sides|presidents|ministers|men|secretaries|officials)\b"
)
# "discussed maritime security, AUKUS and Ukraine", "progress under AUKUS": spoken of.
_TOPIC = re.compile(
    r"\b(?:discuss|review|reaffirm|welcom|underlin|underscor|prais|mention|touch|raise|cooperat|coordinat|"
    r"collaborat|progress|interest|commitment|support)\w*\b[^.;]{0,90}$"
)
# Who sits there speaks for no government.
_ASSEMBLY = re.compile(
    r"\b(?:speakers? of (?:the )?(?:\w+ )?parliaments?|parliament(?:ary)? speakers|parliamentarians|lawmakers|MEPs|"
    r"party (?:congress|conference|convention|delegates)|delegates of (?:the )?(?:[A-Z][\w']+ ){0,2}(?:[Pp]arty|"
    r"Social Democrats|Christian Democrats|Greens|Conservatives|Liberals|Labour)|"
    r"(?:Social|Christian) Democrats|trade unions?)\b"
)
# "The Baltic Assembly, in which members of the parliaments sit, ended its 44th session": whose session it is.
_ASSEMBLY_AT_WORK = re.compile(
    r"\b(?:(?:Baltic|Parliamentary|National|General) Assembly|members of (?:the )?parliaments?|deputies|MPs|"
    r"(?:[Dd]efen[cs]e|[Bb]udget|[Ff]oreign [Aa]ffairs|[Ss]ecurity) committee|Sejm|Bundestag|Rada|Duma|Knesset|Riksdag|"
    r"[Pp]arliament)\b"
)
_GOVERNORS = re.compile(r"\b(?:[Mm]inisters|leaders|heads of|presidents|chiefs|delegations)\b")
# A gathering for something else: ministers look on.
_CEREMONY = re.compile(
    r"\b(?:(?<!signing )(?<!opening )ceremony|funeral|memorial service|parade|unveiling|inauguration of|"
    r"change of command|wreath|anniversary celebrations?|reception)\b(?![^.;]*\b(?:signed|signing|launch\w*)\b)"
)
# What else ministers and presidents meet about.
_CIVIL = re.compile(
    r"\b(?:transport|energy|electricity|railways?|culture|tourism|trade|tariffs?|climate|emissions?|coal|gas|fisheries|"
    r"farm\w*|agricultur\w*|grain|health|education|migration|asylum|econom\w+|finance|budget|enlargement|football|"
    r"reconstruction|recovery|floods?|sanctions|humanitarian|refugees|famine|hunger|relief|disasters?|vaccines?)\b",
    re.I,
)
_PEACE = re.compile(
    r"\b(?:peace (?:treaty|talks|process|negotiations|accord|summit|formula|plan|deal|agreement)|"
    r"prisoner (?:swap|exchange)s?|exchange of prisoners|normali[sz]ation of (?:ties|relations)|cease-?fires?|truces?|"
    r"armistice|hostages?|mediators?|(?:cessation|suspension) of (?:fire|hostilities)|"
    r"(?:stop|cease|halt)\w* (?:all )?(?:fire|firing|fighting)|"
    r"end(?:ing|s)? (?:of |to )?the (?:war|fighting|bloodshed|hostilities)|Normandy (?:format|summit|talks|[Ff]our)|"
    r"Minsk (?:agreements|process))\b"
)
# A minister of defence may well negotiate a truce: of arms speaks what is said of the talks.
_ARMS = re.compile(
    r"\b(?:weapons?|arms|ammunition|military (?:aid|assistance|support|cooperation)|NATO|deterrence|drones?|"
    r"defen[cs]e|missiles?|trilateral|guarantees|"
    r"support(?:ing)? (?:for )?Ukraine|(?<!European )security(?=[^.;]{0,40} (?:assistance|aid|support|cooperation)))\b",
    re.I,
)
_OFFICE = re.compile(
    r"\bdefen[cs]e (?:ministers?|ministry|secretary|chiefs?)\b|"
    r"\b(?:ministers?|ministry|secretary|department) (?:of|for) (?:national )?defen[cs]e\b",
    re.I,
)


def refusal(reading: Reading, persons: People, draft: MeetingDraft) -> str | None:
    """The reason to bar a draft, or None."""
    mentions = [m for m in draft.mentions if not m.sentence.is_title] or draft.mentions
    if all(_wished(reading, m) for m in mentions) or any(_NEVER.search(m.sentence.text) for m in mentions):
        return "wished for"
    if all(_BARE.fullmatch(reading.view, m.start, m.end) and not _GATHERS.search(m.sentence.text) for m in mentions):
        return "nobody gathers"
    if any(of_civil_office(reading, m) for m in draft.mentions):
        return "civil office"
    named = [m for m in mentions if m.kind != "anaphor" or m.body is not None] or mentions
    if all(others(reading, m) for m in named):
        return "others"
    if all(_ASSEMBLY.search(reading.view, m.left, max(m.right, m.end)) for m in mentions):
        return "assembly"
    if draft.group is None and draft.organisation is None and all(_of_assembly(reading, m) for m in mentions):
        return "assembly"
    if draft.group is None and draft.organisation is None and all(_CEREMONY.search(m.sentence.text) for m in mentions):
        return "ceremony"
    if _of_two(reading, persons, draft, mentions):
        return "of two"
    if _on_civil(reading, draft, mentions):
        return "civil"
    return None


def _wished(reading: Reading, mention: MeetingMention) -> bool:
    """Rule scope-wished: the verb over a meeting is one of duty or condition, or the noun is meant in general."""
    sentence = mention.sentence
    start = max(sentence.start, min(mention.left, mention.start) - 40)
    clause = _CLAUSES.split(reading.view[start : mention.start])[-1] + reading.view[mention.start : mention.end]
    if reading.dates_of(sentence) or THAT_DAY.search(sentence.text):
        return False
    if _WISHED.search(reading.view, mention.start, mention.end) or _HIGH_TIME.search(
        reading.view, sentence.start, mention.start
    ):
        return True
    wished = _WISHED.search(clause)
    if wished is not None and (mention.kind != "noun" or _TO_HOLD.match(clause, wished.end())):
        return True
    before = reading.view[max(sentence.start, mention.start - 30) : mention.start]
    return bool(_GENERIC.search(before) or (mention.plural and _GENERIC.search(sentence.text)))


def _of_assembly(reading: Reading, mention: MeetingMention) -> bool:
    """Does the sentence say before the meeting that a parliament or a part of it sat, and of no ministers who did?"""
    start, end = mention.sentence.start, max(mention.right, mention.end)
    if _GOVERNORS.search(reading.view, start, end):
        return False
    return _ASSEMBLY_AT_WORK.search(reading.view, start, mention.start) is not None


def _of_two(reading: Reading, persons: People, draft: MeetingDraft, mentions: list[MeetingMention]) -> bool:
    """Rule scope-two: whoever met are two, and a group or alliance is only spoken of.

    A group counts only where its name stands in the words that name the meeting.
    """
    if any(m.states or m.sides or MANY_SIDED.search(reading.view[m.left : max(m.right, m.end)]) for m in mentions):
        return False
    if draft.organisation is not None or any(_owned(m) for m in draft.mentions):
        return False
    if any(_several(reading, persons, m.sentence) for m in mentions):
        return False
    if all(_pair(reading, m) for m in mentions):
        return True
    face_to_face = all(
        _FACE_TO_FACE.search(m.sentence.text) or _THE_TWO.search(m.sentence.text) or _about(reading, m)
        for m in mentions
    )
    return face_to_face and draft.group is not None and _head_of_two(reading, persons, draft)


def _owned(mention: MeetingMention) -> bool:
    group = mention.group
    return group is not None and mention.left <= group.start and group.end <= max(mention.right, mention.end)


def _about(reading: Reading, mention: MeetingMention) -> bool:
    """Is the group of a mention what they talk about?"""
    group, sentence = mention.group, mention.sentence
    inside = group is not None and sentence.start <= group.start < sentence.end
    return group is not None and inside and _TOPIC.search(reading.view, sentence.start, group.start) is not None


def _several(reading: Reading, persons: People, sentence: Sentence) -> bool:
    """Does a sentence count or name three states?"""
    if attendance_in(reading, sentence.start, sentence.end):
        return True
    return len(states_in(reading, persons, sentence.start, sentence.end).keys() - {"UA"}) >= LEAST_STATES


def _pair(reading: Reading, mention: MeetingMention) -> bool:
    """Does the phrase itself name two: "the India-Russia commission", "Defence Ministers A and B", "German and Polish
    ministers"?"""
    view, left, right = reading.view, mention.left, max(mention.right, mention.end)
    for match in _HYPHENATED.finditer(view, left, right):
        ends = [h.get("nation", "demonym") for h in reading.hits_in(*match.span()) if h.end - h.start < len(match[0])]
        if sum(e is not None for e in ends) == 2:
            return True
    if _of_a_and_b(reading, left, right):
        return True
    if mention.body_span is None:
        return False
    before = reading.hits_in(max(mention.sentence.start, mention.body_span[0] - 45), mention.body_span[0])
    owners = [h for h in before if h.get("nation", "demonym")]
    if (
        len(owners) == 2
        and view[owners[0].end : owners[1].start] == " and "
        and re.fullmatch(r" (?:\w+ )?", view[owners[1].end : mention.body_span[0]])
    ):
        return True
    if _of_a_and_b(reading, mention.body_span[1], mention.body_span[1] + 45):
        return True
    return _TWO_NAMES.match(view, mention.body_span[1], mention.sentence.end) is not None


def _of_a_and_b(reading: Reading, start: int, end: int) -> bool:
    """Do the first two states of a span stand in "of A and B", "between A and B"?"""
    nations = [h for h in reading.hits_in(start, end) if h.get("nation")][:2]
    if len(nations) < 2:
        return False
    before = reading.view[max(0, nations[0].start - 14) : nations[0].start]
    between = reading.view[nations[0].end : nations[1].start]
    return bool(re.search(r"\b(?:of|from|between) (?:the )?$", before) and re.fullmatch(r" and (?:the )?", between))


def _head_of_two(reading: Reading, persons: People, draft: MeetingDraft) -> bool:
    """Do headline and first sentences tell of two states and no third?"""
    titles = [s for s in reading.sentences if s.is_title]
    body = [s for s in reading.sentences if not s.is_title]
    head = [*titles, *body[:1]]
    if any(s.start <= m.group.start < s.end for s in head for m in draft.mentions if m.group is not None):
        return False
    if not any(_FACE_TO_FACE.search(s.text) for s in head):
        return False
    return len({state for s in head for state in states_in(reading, persons, s.start, s.end)}) <= 2


def _on_civil(reading: Reading, draft: MeetingDraft, mentions: list[MeetingMention]) -> bool:
    """Rule scope-civil-matters: states that no group or alliance unites meet on trade or transport, not on defence, and
    so do the Union's and the G7's ministers and leaders; peace talks of others are about arms only if that is said."""
    if draft.group is not None or draft.organisation not in (None, "EU", "G7"):
        return False
    of_defence = any(
        m.body_span is not None and re.search(r"defen[cs]e", reading.view[slice(*m.body_span)], re.I) for m in mentions
    )
    if draft.organisation is None and _on_peace(reading, mentions, own=of_defence):
        return True
    if of_defence:
        return False
    if all(on_other_matters(m) for m in mentions):
        return True
    if any(on_defence(reading, m) for m in mentions):
        return False
    told = [m.sentence for m in mentions]
    if draft.organisation is None:
        # What a text is about it says first.
        titles = [s for s in reading.sentences[:2] if s.is_title]
        told += reading.sentences[: len(titles) + 1]
    return any(_CIVIL.search(s.text) for s in told)


def _on_peace(reading: Reading, mentions: list[MeetingMention], own: bool) -> bool:
    """Do they negotiate how others, or they themselves, shall stop fighting, and not on arms?

    With `own` it must stand in the sentence that tells of the meeting.
    """
    near = [s for m in mentions for s in reading.sentences[max(0, m.sentence.index - 1) : m.sentence.index + 3]]
    said = [m.sentence for m in mentions] if own else near
    if not any(_PEACE.search(s.text) for s in said):
        return False
    return not any(_ARMS.search(_OFFICE.sub("", s.text)) for s in near if not s.is_title)
