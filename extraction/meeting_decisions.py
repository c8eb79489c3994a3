"""Meetings without a word for one: "In Vilnius, NATO's leaders agreed", "I am joining my NATO counterparts today"."""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.meeting_mentions import MeetingMention, PhraseReader
from extraction.screening import Screened

_BODY = (
    r"(?:the )?(?:(?:NATO|EU|European Union|[Tt]he [Aa]lliance|[Aa]llied|Allies)(?:'s?)? (?:defen[cs]e |foreign )?"
    r"(?:leaders|ministers|heads of state(?: and government)?)|(?:NATO )?[Aa]llies|"
    r"[Dd]efen[cs]e ministers (?:of|from) (?:more than |some |about |around )?"
    r"(?:NATO|\d+ (?:nations|countries|states)))"
)
_VERB = (
    r"(?:(?:have|had|has|also|then|all|jointly|formally|unanimously) ){0,3}(?:agreed|adopted|decided|approved|pledged|"
    r"committed|endorsed|launched|signed|set up|established|created|invited|reaffirmed|promised|vowed)\b"
)
_TOWN = r"(?P<town>[A-Z][\w\u00c0-\u017e-]+(?: [A-Z][\w\u00c0-\u017e-]+)?)"
_TIME = r"(?:,? (?:last|this|in|on|earlier|two|three|a|one|just) [\w ]{2,24}?)?"
_DECIDED = Screened(
    # "In Vilnius last year, NATO leaders agreed"
    rf"(?:^|[.;:] )(?:(?:And|So|But|Now),? )?(?:[A-Z][a-z]+ (?:[a-z]+ )?(?:years?|months?|weeks?) (?:ago )?)?"
    rf"(?:[Ii]n|[Aa]t) {_TOWN}{_TIME},? (?P<body>{_BODY}) (?P<verb>{_VERB})|"
    # "NATO leaders agreed in Vilnius"
    rf"\b(?P<body2>{_BODY}) (?P<verb2>{_VERB}) (?:in|at) (?P<town2>[A-Z][\w\u00c0-\u017e-]+)"
)
# Whoever speaks: "I sat with my fellow defense ministers at NATO", "we've convened our allies, more than 40 nations".
_OURS = Screened(
    r"\b(?:I|[Ww]e)(?:'ll be|'ll|'ve|'m|'re| will be| will| have| am| are| was| were| had)? "
    r"(?:just |also |again |now )?"
    r"(?P<verb>join(?:ed|ing)?|sat(?: down)?|sit(?:ting)?(?: down)?|convened|hosted|hosting|brought together) "
    r"(?:with )?(?P<body>(?:my|our) (?:fellow |other |own )?(?:NATO |EU |Allied |European )?(?:defen[cs]e |foreign )?"
    r"(?:counterparts|ministers|secretaries|colleagues|allies|partners)(?: and (?:allies|partners|colleagues))?)\b"
)
_OF_MANY = re.compile(
    r"\b(?:(?P<nato>NATO|Allied)|(?P<eu>EU|European Union)|(?:[4-9]|\d\d|five|six|seven|eight|nine|ten|twelve|fifty|"
    r"forty|thirty) (?:nations|countries|states|allies))\b"
)
_MANY_SIDED = Screened(
    r"\b(?:met|meets?|meeting|sat down|spoke|conferred|convened|gathered) (?:together )?(?:tri|quadri)laterally\b"
)


def many_sided(reader: PhraseReader, sentence: Sentence, here: list[MeetingMention]) -> list[MeetingMention]:
    """Rule meeting-trilaterally: who "met trilaterally with Minister A and Minister B" met two, whomever they serve."""
    match = _MANY_SIDED.search(sentence.text)
    if match is None or sentence.is_title or any(m.kind != "anaphor" for m in here):
        return []
    start, end = (sentence.start + at for at in match.span())
    mention = MeetingMention("verb", start, end, start, end, sentence, clause=True, states=True)
    reader.describe(mention, match.group(), start)
    return [mention]


def met_ours(reader: PhraseReader, sentence: Sentence, here: list[MeetingMention]) -> list[MeetingMention]:
    """Rule meeting-ours-here: a speaker meets "my fellow ministers" of an alliance, or of many nations, in a town or on
    a day."""
    match = None if sentence.is_title or any(m.kind != "anaphor" for m in here) else _OURS.search(sentence.text)
    many = _OF_MANY.search(sentence.text, match.start("body")) if match is not None else None
    if match is None or many is None or reader.reading.in_quote(sentence.start + match.start()):
        return []
    hits = reader.reading.hits_in(sentence.start + match.end(), sentence.end)
    if not reader.reading.dates_of(sentence) and not any(h.get("place", "capital", "venue") for h in hits):
        return []
    left, start, end = (sentence.start + at for at in (match.start("body"), *match.span("verb")))
    mention = MeetingMention("verb", start, end, left, max(end, left), sentence, clause=True)
    reader.describe(mention, match["body"], left)
    if mention.organisation is None and (many["nato"] or many["eu"]):
        mention.organisation = "NATO" if many["nato"] else "EU"
        mention.organisation_span = (sentence.start + many.start(), sentence.start + many.end())
    mention.states = mention.organisation is None
    return [mention]


def decided(reader: PhraseReader, sentence: Sentence, here: list[MeetingMention]) -> list[MeetingMention]:
    """Rule meeting-decided: leaders or ministers of an alliance decide together where they meet."""
    if sentence.is_title or any(m.kind != "anaphor" for m in here):
        return []
    match = _DECIDED.search(sentence.text)
    if match is None:
        return []
    which = "" if match["town"] is not None else "2"
    start, end = (sentence.start + at for at in match.span("town" + which))
    if not any(h.start >= start - 4 and h.get("place", "capital") for h in reader.reading.hits_in(start, end)):
        return []
    begin = sentence.start + match.start("body" + which)
    verb, verb_end = (sentence.start + at for at in match.span("verb" + which))
    mention = MeetingMention("verb", verb, verb_end, begin, verb, sentence, clause=True)
    reader.describe(mention, match["body" + which], begin)
    if mention.organisation is None and mention.group is None and "llies" in match["body" + which]:
        mention.organisation, mention.organisation_span = "NATO", (begin, verb - 1)
    mention.town, mention.held = (start, end), True
    return [mention]
