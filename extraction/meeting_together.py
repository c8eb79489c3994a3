"""Several bodies that one phrase has meet: "the meetings of A and of B", "A and B are in session", "first as A and then
as B". Day, town and state are told once and hold for each of them."""

from __future__ import annotations

import re
from dataclasses import replace

from extraction.document import Sentence
from extraction.meeting_mentions import MeetingMention, PhraseReader, Span
from extraction.screening import Screened

# Bodies of organisations; those of groups are found by their names.
_OF_ORGANISATION = Screened(
    r"\b(?:(?:NATO-Ukraine|Ukraine-NATO|North Atlantic|Foreign Affairs) Council|"
    r"(?:NATO|EU|Allied|Alliance|[Bb]loc|Union)(?:'s)? (?:own )?(?:(?:[Ff]oreign|[Dd]efen[cs]e|and) ){0,3}"
    r"(?:[Mm]inisters|[Ll]eaders|[Mm]inisterial)|"
    r"(?:(?:[Ff]oreign|[Dd]efen[cs]e|and) ){0,3}(?:[Mm]inisters|[Ll]eaders) of "
    r"(?:NATO|the (?:EU|European Union|[Aa]lliance|[Bb]loc)))\b"
)
_AND = Screened(r",|\band\b|\bas well as\b|\bplus\b|\bfollowed by\b|\balong with\b")
_LINK = re.compile(
    r"(?: \([^)]*\))?(?:,? (?:and|as well as|plus|along with|followed by)(?: (?:then|also|another|later|one|that|"
    r"those|afterwards))?|,(?: (?:then|another|that|one))?)(?: (?:of|for|as|in|by|with|to|at))?"
    r"(?: (?:the|an?|its))?(?: informal)? "
)
# From a noun in the plural, or a verb, to the first of them.
_NAMING = re.compile(
    r"(?:[^.;]{0,70}?[ ,:])??(?:of|for|as|by|:|,)(?: (?:that|those|one|first|the first))?"
    r"(?: (?:of|for|as|by|in))?(?: (?:the|an?|its))? "
)
_GATHERS_FOR = re.compile(r"(?: in [A-Z]\w+)?(?: on [^,.;]{3,20})? (?:for|as|in|at) (?:the |an? )?")


def told_together(reader: PhraseReader, sentence: Sentence, here: list[MeetingMention]) -> list[MeetingMention]:
    """Rule meeting-together: the mentions `here`, with one for each body that a plural noun or a verb has meet."""
    if sentence.is_title or not here or not _AND.search(sentence.text):
        return here
    kept = list(here)
    for chain in _chains(reader, sentence):
        lead = _lead(reader, chain, here)
        if lead is None:
            continue
        told = [_of_body(reader, lead, span) for span in chain]
        names = {(m.group.key if m.group is not None else None, m.organisation, m.body) for m in told}
        if len(names) == len(told):
            kept = [m for m in kept if m is not lead and not _within(m, chain)] + told
    return sorted(kept, key=lambda m: m.start)


def bodies(reader: PhraseReader, sentence: Sentence) -> list[Span]:
    """Groups by their names and bodies of organisations, in order."""
    spans: list[Span] = [(g.start, g.end) for g in reader.groups_in(sentence.start, sentence.end)]
    for match in _OF_ORGANISATION.finditer(sentence.text):
        span = sentence.start + match.start(), sentence.start + match.end()
        if not any(s < span[1] and span[0] < e for s, e in spans):
            spans.append(span)
    return sorted(spans)


def _chains(reader: PhraseReader, sentence: Sentence) -> list[list[Span]]:
    """Bodies that stand side by side, two of them and more."""
    chains: list[list[Span]] = []
    for span in bodies(reader, sentence):
        if chains and _LINK.fullmatch(reader.view, chains[-1][-1][1], span[0]):
            chains[-1].append(span)
        else:
            chains.append([span])
    return [chain for chain in chains if len(chain) > 1]


def _lead(reader: PhraseReader, chain: list[Span], here: list[MeetingMention]) -> MeetingMention | None:
    """The plural noun, or the clause, that has the bodies of a chain meet."""
    view, first = reader.view, chain[0][0]
    for mention in here:
        end = max(mention.end, mention.right)
        if mention.plural and mention.start < first:
            if first < end or _NAMING.fullmatch(view, mention.end, first):
                return mention
        elif mention.kind == "verb" and mention.clause and any(mention.left <= s < end for s, _ in chain):
            return mention
        if mention.clause and mention.end <= first and _GATHERS_FOR.fullmatch(view, mention.end, first):
            return mention
    return None


def _of_body(reader: PhraseReader, lead: MeetingMention, span: Span) -> MeetingMention:
    probe = MeetingMention("noun", *span, *span, lead.sentence)
    reader.describe(probe, reader.view[slice(*span)], span[0])
    return replace(
        lead, kind="noun" if lead.plural else lead.kind, plural=False, separate=False, group=probe.group,
        organisation=None if probe.group is not None else probe.organisation, organisation_span=probe.organisation_span,
        body=probe.body or lead.body, body_span=probe.body_span or lead.body_span, ordinal=probe.ordinal,
        ordinal_span=probe.ordinal_span, left=min(lead.left, span[0]), right=max(lead.right, span[1]),
    )  # fmt: skip


def _within(mention: MeetingMention, chain: list[Span]) -> bool:
    """Is a mention another reading of the same bodies?"""
    return mention.left < chain[-1][1] and chain[0][0] < max(mention.end, mention.right)
