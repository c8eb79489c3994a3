"""Who speaks: direct quotations given to the official whom the text names as their speaker."""

from __future__ import annotations

import re
from collections import defaultdict

from extraction import lexicon
from extraction.document import Sentence
from extraction.people import People, Person
from extraction.persons import NameMention
from extraction.reading import Reading
from extraction.screening import Screened

# Forms that are as often something else ("has", "states", "put") do not attribute words.
_SAID = "|".join(
    sorted(
        (lexicon.SPEECH_VERBS | lexicon.words("joked quipped continued commented mused retorted responded recounted"))
        - lexicon.words(
            "has put states reports notes claims charged quoted speaking saying adding noting calling called "
            "described spoke thanked welcomed praised urges expressed reported accused estimated predicted"
        )
    )
)
_SAID_AFTER = re.compile(rf" (?:{_SAID})\b")
_OTHER_PERSON = re.compile(r"'s (?:\w+ ){0,2}(?:spokes\w+|office|aides?)\b|\b(?:close to|familiar with)\b")
_PRONOUN_SAID = re.compile(rf"[,.?!]?[\"']?\s*(?:he|she) (?:\w+ )?(?:{_SAID})\b")
_ATTRIBUTION = re.compile(rf"[,.?!]?[\"']?\s*(?:[^.\"]{{0,120}}?)\b(?:{_SAID}|according to)\b")
# "He also noted that talks between A and B "went well"": neither A nor B.
_PRONOUN_LEADS = re.compile(rf"(?:And |But )?(?:He|She)(?:,? [a-z]+){{0,2}} (?:{_SAID})\b")
# Under a headline of its own: 'Quote: "We stand firm."'
_QUOTE_LABEL = re.compile(r"(?:Direct )?[Qq]uote(?: of the day)?: ?\"?")
# '"…" read a statement from the embassy', '"…," the press service reported'.
_BY_OFFICE = re.compile(
    r"[,.]?[\"']?,? (?:(?:read|reads|said|says|according to) (?:an?|the|its) (?:\w+ )?(?:statement|communiqu[eé]|"
    r"release|press service|embassy|website|post)|the (?:\w+ ){0,2}(?:ministry|embassy|press service|press office)"
    r"(?: of [^\".,]{3,50})? (?:quotes|quoted|reports|reported|cites|cited))\b"
)
_PRONOUN = re.compile(r"\b(?:he|she)\b", re.I)
_UNNAMED_SPEAKER = re.compile(
    r"\b(?:ministry|alliance|official|officials|source|sources|statement|government|pentagon|department|agency|embassy|"
    r"communiqu[eé]|declaration|website|report|administration|white house|nato|countries|ministers|leaders|they|we|"
    r"spokesperson|spokesman|spokeswoman|diplomats?)"
    r"(?: also| later| further)? (?:said|says|added|stated|answered|announced|confirmed|reported|noted|told|"
    r"calls|put|reads?|posted|wrote)\b",
    re.I,
)
# "Tamm's spokesman said", "a person close to Tamm said": somebody else's words.
_STANDS_FOR = re.compile(r"'s (?:\w+ ){0,2}(?:spokes\w+|office|ministry|aides?|advis\w+|department|team|party)\b")
_NEAR = re.compile(r"\b(?:close to|familiar with|on behalf of|loyal to|aide to|adviser to)\s(?:\w+ ){0,3}$")
_PUT = re.compile(
    r"[,.]?[\"']?,? (?:is|was) (?:how|what|the (?:comment|verdict|answer|message|reply|conclusion) (?:of|from)) "
)
# "the Estonian", "the NATO chief": known by nation or body and by an office in the widest sense.
_OWNED_ROLE = re.compile(r"\s?(?P<role>chief|leader|minister|president|official|boss|head|diplomat|premier)?\b")
_SIGNATURE_LENGTH = 12
_RANKS = frozenset(["vice", "deputy"])
_ROLE_REFERENCE = Screened(
    r"\b[Tt]he (?:(?P<rank>\w+) )?(?P<role>(?i:minister|president|secretary general|secretary-general|secretary|"
    r"prime minister|"
    r"spokes(?:person|man|woman)|chancellor|general|admiral|diplomat|premier|official|commander|chairman|envoy|chief|"
    r"ambassador|commissioner|advis[eo]r))\b"
)
# "to assemble a "coalition of the willing"", "revealed a "victory plan"": the quotation is the name of a thing.
_NAMED_SO = re.compile(
    r"\b(?:assembl\w+|form\w*|creat\w+|establish\w*|set(?:ting)? up|join\w*|reveal\w*|present\w*|unveil\w*|"
    r"launch\w*|lead\w*|led|smaller|under|of|in|within|through) (?:an?|the|his|her|its|their) (?:[\w-]+ )?$"
)
_DESCRIBED = re.compile(
    r", (?:an?|the|who|whose|his|her|long|once)\b[^,.;]* (?:of|to|for|by|with|under|like) (?:the )?"
)
# Rule quotation-dash: "We stand firm." ~ Ann Lee, High Representative
_DASH_AFTER = re.compile(r"[\"']?\s{0,2}[~\u2014-]\s?")
_VERB_AFTER = re.compile(r",? (?:also |later |who )?(\w+)")
_SPEECH_BEFORE = re.compile(
    r"\b(?:said|[Aa]ccording to|added|announced|told|emphasi[sz]ed|stressed|noted|stated|explained|wrote|asserted|"
    r"concluded|underlined|declared|confirmed)(?: \w+)? $"
)


def speaks(reading: Reading, mention: NameMention) -> bool:
    """Does a verb of speech stand right by a name?"""
    after = reading.view[mention.end : mention.end + 40]
    before = reading.view[max(mention.sentence.start, mention.start - 25) : mention.start]
    match = _VERB_AFTER.match(after)
    return bool(match and match.group(1) in lexicon.SPEECH_VERBS) or bool(_SPEECH_BEFORE.search(before))


def attribute(reading: Reading, persons: People, outsiders: list[NameMention]) -> None:
    """Give each direct quotation to its speaker, if the text names one (rule quotation-attributed).

    `outsiders` are people without office; what they say must not be put into an official's mouth.
    """
    last: Person | None = None
    done = -1
    unclosed: list[tuple[int, int]] = []
    previous = 0
    strange: dict[int, list[NameMention]] = defaultdict(list)
    for mention in outsiders:
        strange[mention.sentence.index].append(mention)
    for start, end in reading.quotes:
        earlier_end, previous = previous, end
        words = re.findall(r"\w+", reading.view[start:end])
        sentence = reading.document.sentence_at(start)
        if sentence.is_title or not words:
            continue
        for earlier in reading.sentences[done + 1 : sentence.index]:
            subject = _subject(reading, persons, earlier)
            last = None if earlier.index in strange and subject is None else subject or last
        done = sentence.index - 1
        closing = reading.document.sentence_at(max(start, end - 1))
        around = {sentence.index: sentence, closing.index: closing}
        if any(not start <= m.start < end for i in around for m in strange.get(i, ())) and not any(
            not start <= m.start < end for s in around.values() for _, m in _named(persons, s)
        ):
            last = None
            continue
        if reading.view[end : end + 1] != '"' and start == sentence.start + 1 and '"' in reading.view[end : end + 4]:
            # A paragraph of quotation without a closing mark goes on in the next, which tells the speaker.
            unclosed.append((start, end))
            continue
        speaker = _speaker(reading, persons, sentence, (start, end), earlier_end, last)
        if speaker is not None:
            speaker.quotes.extend(unclosed)
        unclosed = []
        if speaker is None:
            continue
        last = speaker
        if len(words) == 1 and (words[0][0].isupper() or not lexicon.SPEECH.search(sentence.text)):
            continue
        if _scare_quote(reading, start, end):
            continue
        speaker.quotes.append((start, end))


def _by_owner(reading: Reading, persons: People, text: str, offset: int) -> Person | None:
    """ "the Estonian", "the NATO chief": the last person named before who serves the nation or body."""
    for hit in reading.hits_in(offset, offset + len(text)):
        entry = hit.get("demonym", "organisation", "metonym")
        if entry is None or reading.view[max(0, hit.start - 4) : hit.start].lower() != "the ":
            continue
        match = _OWNED_ROLE.match(reading.view, hit.end)
        role = match["role"] if match else None
        if role is None and (
            entry.kind != "demonym" or not re.match(_SAID_AFTER, reading.view[hit.end : hit.end + 14])
        ):
            continue
        before = persons.last_of(entry.value, hit.start)
        if before is not None:
            return before
    return None


def _signed(reading: Reading, persons: People, closing: Sentence, end: int) -> Person | None:
    """Rule quotation-signed: a quotation that fills its paragraph, and under it a line that begins with a name."""
    if closing.end > end + 2 or closing.index + 1 >= len(reading.sentences):
        return None
    below = reading.sentences[closing.index + 1]
    named = _named(persons, below)
    if below.paragraph == closing.paragraph or not named or len(below.text.split()) > _SIGNATURE_LENGTH:
        return None
    first = named[0][1]
    if first.start - below.start > 20 or speaks(reading, first) or lexicon.SPEECH.search(below.text):
        return None
    return named[0][0] if re.match(r",|\s*[-\u2014(]|$", reading.view[first.end : below.end]) else None


def _other_speaks(view: str, mention: NameMention) -> bool:
    """Is a person named only as whose spokesman, office or confidant speaks?"""
    return bool(_STANDS_FOR.match(view, mention.end) or _NEAR.search(view[max(0, mention.start - 40) : mention.start]))


def _title_start(mention: NameMention) -> int:
    return mention.title.start if mention.title is not None else mention.start


def _beside(view: str, mention: NameMention, named: list[tuple[Person, NameMention]]) -> bool:
    """Is a person named only to describe another: "Orbán, an ally of President Putin, said", "asked about Tamm's
    absence, Berg said"?"""
    if view[mention.end : mention.end + 2] == "'s":
        return any(other is not mention for _, other in named)
    start = min(mention.start, _title_start(mention))
    return view[mention.end : mention.end + 1] == "," and any(
        other.end < start and _DESCRIBED.fullmatch(view[other.end : start]) is not None for _, other in named
    )


def _scare_quote(reading: Reading, start: int, end: int) -> bool:
    """A name or term in quotation marks is nobody's words: the so-called "Ramstein" format."""
    before = reading.view[max(0, start - 48) : start - 1].lower()
    text = reading.view[start:end]
    titled = all(word[0].isupper() for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3)
    if len(text.split()) < 5 and not text.endswith((",", ".", "!", "?")) and _NAMED_SO.search(before):
        return True
    return before.endswith(
        ("so-called ", "known as ", "classed as a ", "classified as a ", "rated a ", "dubbed ", "called the ", "named ")
    ) or (titled and len(text.split()) < 6 and not text.endswith((",", ".", "!", "?")))


def _subject(reading: Reading, persons: People, sentence: Sentence) -> Person | None:
    """The person whom a sentence is about: named as speaker, else the first named."""
    named = [(p, m) for p, m in _named(persons, sentence) if not reading.in_quote(m.start)]
    # Of several clauses the last one leads on to what follows.
    clause = sentence.start + sentence.text.rfind(";") + 1
    named = [pair for pair in named if pair[1].start >= clause] or named
    for person, mention in named:
        if speaks(reading, mention):
            return person
    reference = _referred(reading, persons, sentence, sentence.text, sentence.start)
    return named[0][0] if named else reference


def _named(persons: People, sentence: Sentence) -> list[tuple[Person, NameMention]]:
    return persons.between(sentence.start, sentence.end)


def _referred(reading: Reading, persons: People, sentence: Sentence, text: str, offset: int) -> Person | None:
    """ "the minister", "the spokeswoman": the last person named before whose office has that noun."""
    match = _ROLE_REFERENCE.search(text)
    if not match:
        return None
    role = match["role"].lower().replace("-", " ")
    role = "spokes" if role.startswith("spokes") else role
    # "The Vice President" is not the President, nor the other way round.
    rank = (match["rank"] or "").lower()
    office = re.compile(rf"\b{rank} {role}" if rank in _RANKS else rf"(?<!vice )(?<!vice-)(?<!deputy ){role}")
    return persons.last_titled(office, offset + match.start())


def _speaker(
    reading: Reading,
    persons: People,
    sentence: Sentence,
    quote: tuple[int, int],
    previous: int,
    last: Person | None,
) -> Person | None:
    """Whose words a quotation is; `previous` is where the quotation before it ends, `last` who spoke before."""
    start, end = quote
    view = reading.view
    # A quotation may run over several sentences: look where it ends as well.
    closing = reading.document.sentence_at(max(start, end - 1))
    named = [
        (p, m)
        for p, m in [*_named(persons, sentence), *(_named(persons, closing) if closing != sentence else [])]
        if not start <= m.start < end and not _other_speaks(view, m)
    ]
    tail_end = min(closing.end, end + 220)
    tail = view[end:tail_end]
    following = reading.sentences[closing.index + 1] if closing.index + 1 < len(reading.sentences) else None
    if (
        closing.end <= end + 2
        and following is not None
        and following.paragraph == closing.paragraph
        and re.match(
            r"[\"']?\s*(?:[A-Z]?\w+ ){0,6}?(?:said|added|told|says)\b", view[following.start : following.start + 60]
        )
        and not re.match(r"[A-Z].{0,40}\b(?:said|added) ", view[closing.start : start])
    ):
        tail = view[end : following.end]
        named += _named(persons, following)
    after = [(p, m) for p, m in named if m.start >= end]
    before = [(p, m) for p, m in named if m.end <= start]
    before = [pair for pair in before if not _beside(view, pair[1], before)] or before
    before = [pair for pair in before if view[pair[1].end : pair[1].end + 2] != "'s"]
    dash = _DASH_AFTER.match(tail)
    if dash and after and min(after[0][1].start, _title_start(after[0][1])) <= end + dash.end():
        return after[0][0]
    pronoun = _PRONOUN_SAID.match(tail)
    if pronoun:
        return before[0][0] if before else last
    if _BY_OFFICE.match(tail):
        return None
    opening = view[sentence.start : start]
    if _QUOTE_LABEL.fullmatch(opening) and not after:
        return last
    if last is not None and _PRONOUN_LEADS.match(opening) and not after:
        return last
    attribution = _ATTRIBUTION.match(tail) or _PUT.match(tail)
    said = [pair for pair in before if speaks(reading, pair[1])]
    # "A spoke of an "open mind", while B said …": the later clause is another's.
    crossed = said and after and re.search(r"\b(?:while|whereas|but|and)\b", view[end : after[0][1].start])
    if attribution and after and not crossed and after[0][1].start < end + 160:
        return after[0][0]
    lead = view[sentence.start : start]
    if _UNNAMED_SPEAKER.search(lead[-120:]) and not before:
        return _referred(reading, persons, sentence, lead, sentence.start)
    if attribution and not after:
        owner_speaks = _by_owner(reading, persons, tail[:60], end)
        if owner_speaks is not None:
            return owner_speaks
    if attribution and not after and _UNNAMED_SPEAKER.search(tail[: attribution.end() + 1]):
        return _referred(reading, persons, sentence, tail, end)
    if previous > sentence.start and not attribution:
        # Of "X spoke of a 'new era' and Y of a 'turning point'" the second is the second's.
        since = [pair for pair in before if pair[1].start > previous]
        if since:
            return since[-1][0]
    if before:
        speakers = [pair for pair in before if speaks(reading, pair[1])]
        return (speakers or before)[-1][0] if speakers else before[0][0]
    reference = _referred(reading, persons, sentence, lead + " " + tail[:80], sentence.start)
    if reference is not None:
        return reference
    signed = _signed(reading, persons, closing, end) if attribution is None else None
    if signed is not None:
        return signed
    if attribution and _OTHER_PERSON.search(tail[:80]):
        return None
    if after and len(after) == 1 and lexicon.SPEECH.search(tail):
        return after[0][0]
    owner = reading.hits_in(sentence.start, start)
    if (
        last is not None
        and owner
        and any(e.value == last.affiliation for e in owner[0].entries)
        and owner[0].start - sentence.start < 5
    ):
        return last
    if attribution is None and _UNNAMED_SPEAKER.search(tail[:80]):
        return _referred(reading, persons, sentence, tail, end)
    whole = len(lead.strip(" \"'")) < 4 and view[end - 1] in ".!?,"
    if _PRONOUN.search(lead) or _PRONOUN.search(tail[:60]) or (attribution is None and whole):
        return last
    return None
