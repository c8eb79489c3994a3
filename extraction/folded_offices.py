"""Offices in a folded sentence: "Sweden's defence minister", "the heads of state of Finland and Lithuania".

The characters that stand for the parties of a sentence, and what makes an office of a state or an organisation of them.
"""

from __future__ import annotations

import re

from extraction.screening import Screened

# Private-use blocks of 512 characters, one a kind of party.
PERSON = "[\ue000-\ue1ff]"
OFFICE = "[\ue200-\ue3ff]"
NATION = "[\ue400-\ue5ff]"
CAPITAL = "[\ue600-\ue7ff]"
ORGANISATION = "[\ue800-\ue9ff]"
DEMONYM = "[\uea00-\uebff]"
MEETING = "\uf000"
OTHER_MEETING = "\uf001"
GROUP = "\uf002"
OFFICES = (
    r"(?:ministers?|secretar(?:y|ies)|presidents?|chancellor|premiers?|chiefs?|officials?|ambassadors?|leaders?|"
    r"delegations?|delegates?|representatives?|envoys?|generals?|colleagues?|counterparts?|teams?|sides?|"
    r"directors?|governments?|ministry|spokes\w+|observers?|diplomats?|state secretary|opposite numbers?|hosts?|heads?|"
    r"deput(?:y|ies)|charg\w+ d'affaires)"
)
_WORDS = (
    r"(?:(?:deputy|prime|defen[cs]e|foreign|armed|forces|national|armaments?|state|secretary|military|naval|of|"
    r"the|new|own|senior|under|vice|parliamentary|chief|army|navy|industry|and|for) ){0,5}"
)
_NATION_OFFICE = Screened(rf"(?P<owner>{NATION}|{CAPITAL})'s? {_WORDS}{OFFICES}\b", re.I)
_DEMONYM_OFFICE = Screened(
    rf"(?P<owners>(?:{DEMONYM}(?:,? and (?:the )?|, (?:the )?))*{DEMONYM}) {_WORDS}{OFFICES}\b", re.I
)
_OFFICE_OF = Screened(
    rf"\b(?:(?:deputy|prime|defen[cs]e|foreign|state|vice|first|national|armed|senior|top|acting|permanent|new) "
    rf"){{0,3}}"
    rf"{OFFICES} (?:of (?:national )?(?:defen[cs]e|state)(?: for defen[cs]e)? )?(?:of|from|for) (?:the )?"
    rf"(?P<owner>{NATION})(?!(?:,|,? and) (?:the )?{NATION})",
    re.I,
)
# "the EU's foreign policy chief", "a NATO deputy secretary general", "representatives of the European Commission": who
# serves a body stands for it. Its ministers, leaders and ambassadors are those of its members.
_SERVANT = (
    r"(?:secretary[ -]general|high representative|commissioner|chief|envoy|official|diplomat|spokes(?:man|woman|"
    r"person)|"
    r"representative|commander|chair(?:man|woman)?|president|head|general|admiral|director|delegation|negotiator)"
)
_SERVANTS = r"(?:representatives|officials|envoys|observers|delegat(?:es|ions?)|diplomats|experts)"
_ORGANISATION_OFFICE = Screened(
    rf"(?P<owner>{ORGANISATION})(?:'s?)? (?:(?!(?:the|and|to|in|will|would|has|have|had|is|are|was|were|sen[dt]|sends|"
    rf"said|agreed|signed|invited|welcomed|asked|met)\b)[\w-]+,? ){{0,4}}?(?:{_SERVANT}\b|{_SERVANTS}\b)"
    rf"(?! (?:of|for) {NATION})",
    re.I,
)
_OFFICE_OF_ORGANISATION = Screened(
    rf"\b(?:{_SERVANT}|{_SERVANTS}) (?:of|from) (?:the )?(?P<owner>{ORGANISATION})(?!'| {OFFICES}\b)", re.I
)
# "the prime ministers of Latvia and Norway, the heads of state of Finland and Lithuania, officials from Iceland": what
# a list says anew of the offices.
LISTED_OFFICES = Screened(
    r"(?P<before>[\ue000-\ue9ff](?:[,;]|,? and|,? as well as|,? plus)(?: and)? )(?:the |its |their )?"
    r"(?:(?:deputy|prime|defen[cs]e|foreign|state|vice|senior|top|acting|military|high-level|armed|forces) ){0,3}"
    rf"{OFFICES}(?: of (?:state|government|staff|defen[cs]e|foreign affairs))?(?: and (?:of )?(?:government|"
    rf"defen[cs]e))? "
    r"(?:of|from|for) (?:the )?(?=[\ue000-\ue9ff])"
)
OWNED_OFFICES = (_DEMONYM_OFFICE, _NATION_OFFICE, _OFFICE_OF, _ORGANISATION_OFFICE, _OFFICE_OF_ORGANISATION)
BY_OFFICE = re.compile(
    r"\b[Tt]he (?P<office>(?:[A-Z][\w-]+ ){0,3}(?:Secretary|Minister|President|Chancellor|Secretary General))\b"
    r"(?! (?:of|for|General|[A-Z]))(?!,? [A-Z])"
)
# The Pentagon writes "the secretary" small.
BY_AMERICAN_OFFICE = re.compile(
    r"\b[Tt]he (?P<office>(?:[Vv]ice )?[Pp]resident|[Ss]ecretary)\b(?! (?:of|for|[Gg]eneral|[A-Z]))(?!,? [A-Z])"
)
