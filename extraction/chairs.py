"""Who chairs, hosts, convenes or leads a meeting: patterns over folded sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.attendance import AGENT, AUX, CHAIN
from extraction.folded_offices import CAPITAL, DEMONYM, GROUP, MEETING, NATION, OFFICE, PERSON
from extraction.folding import Fold, Party
from extraction.screening import Screen

_CHAIR = "[\ue000-\uebff]"
# "chaired by Healey, and Hegseth is present": after a comma the second may have a verb of his own.
_CHAIRS = (
    rf"{_CHAIR}(?:(?: and |,? together with |,? jointly with |,? alongside )(?:the |his |her |by )?{_CHAIR}"
    r"(?! (?:said|says|wrote|told|added|announced)\b)|"
    rf", (?:and )?(?:the |his |her |by )?{_CHAIR}"
    r"(?!,? (?:said|says|wrote|told|added|announced|is|was|are|were|has|have|had|will|would|also|briefed|presented|"
    r"spoke|took|gave|thanked|attended|joined|called)\b))*"
)
_GATHERING = (
    r"(?:\b(?:meetings?|sessions?|talks|gatherings?|events?|conferences?|summits?|ministerial|forum|consultations|"
    r"discussions?|deliberations|rounds?|call|plenary|huddle|proceedings|debate|videoconference|ceremony|it\b))"
)
# "Latvia and Britain are leading it" tells of a group.
_OF_GROUP = re.compile(r"(?:leads?|leading|heads?|heading|runs?) it$")
_GUESTS = (
    rf"(?:{OFFICE}|ministers|presidents|premiers|peers|heads|counterparts?|colleagues|partners|allies|leaders|directors|guests|delegations|them|"
    rf"officials|members|delegates|donors|"
    r"chiefs|representatives|opposite numbers?|principals|officers|commanders|generals|advis[eo]rs)"
)
_MEETING = rf"(?:{MEETING}|{_GATHERING})"
# What the verbs below take as object when they speak of a meeting: "led the second session of the group".
_OF_MEETING = rf" (?:the |a |an |this |their |its |today's |what was )?(?:[^\s,;.]+ ){{0,7}}?{_MEETING}"
_HOST_VERB = (
    r"(?:co-?)?(?:chair(?:s|ed|ing)?|host(?:s|ed|ing)?|"
    # "the four convened in Oslo": they met.
    r"conven(?:e|es|ed|ing)(?! (?:in|at|on|for|via|by|from|to|here|again|online|virtually|today|this|last|under|with|"
    r"ahead|amid|[A-Z]\w+day)\b|[,.;])|presid(?:es|ed|ing|e)(?: over)?|"
    r"moderat(?:es|ed|ing))\b"
)
_LEAD_VERB = (
    r"(?:co-?)?(?:led|leads?|leading|open(?:s|ed|ing)?|clos(?:es|ed|ing)|kick(?:s|ed) off|oversaw|oversees|stag(?:es|"
    r"ed)|ran|runs?|running|gather(?:s|ed)|assembled|called|summoned|"
    r"organi[sz](?:es|ed|ing)|head(?:s|ed)|conducted|directed|steered|guided)"
)
_RECEIVE_VERB = (
    r"(?:receiv(?:es?|ed|ing)|welcom(?:es?|ed|ing)|brought together|brings together|gather(?:s|ed)|greet(?:s|ed)|"
    r"assembled|invited|summoned|hosted|hosts)"
)
_IN_CHAIR = (
    r"(?:in the chair|presiding|as (?:the )?(?:host|chair|co-chair|convener)s?|chairing|co-chairing|hosting|"
    r"moderating|(?:was|were|is|are) in charge(?:(?! of)| of (?:it|the (?:meeting|session|talks|gathering|"
    r"proceedings)))|"
    r"(?:took|takes|taken) the initiative (?:for|to (?:hold|convene|call))|"
    r"at the helm|at the head of the table|in the chairman's seat|(?:sharing|shared?) the (?:chair|gavel)|"
    r"(?:took|take|takes|taking|has|had|holds|held|occup\w+|took over) the (?:rotating )?"
    r"(?:chair(?:manship)?\b|gavel|chairman's seat|presidency(?! of the (?:EU|Council|European)))|"
    r"[a-z]+ (?:down )?the gavel|behind the gavel|play(?:s|"
    r"ed|ing)? (?:the )?host|act(?:s|ed|ing) as (?:host|chair)|do(?:es|ing)? the (?:moderating|chairing|"
    r"hosting)|did the "
    r"(?:moderating|chairing|hosting)|"
    r"(?:was|is|are|were|will be) (?:the |today's |our )?(?:co-?)?(?:hosts?|chairs?|chairman|conveners?)\b)"
)
_THREE = re.compile(rf"{AGENT}[^.;]{{0,60}}{AGENT}[^.;]{{0,20}},? and [^.;,]{{0,20}}{AGENT} convened$")
_NOT_OF_GROUP = rf"(?<!coalition )(?<!group )(?<!initiative )(?<!{GROUP} )(?<!force )(?<!alliance )(?<!member )"
# (name, pattern, confidence, whether relative clauses are left out; None where appositions are read too)
_PATTERNS: tuple[tuple[str, re.Pattern[str], float, bool | None], ...] = tuple(
    (name, re.compile(pattern), confidence, core)
    for name, pattern, confidence, core in (
        # "Austin will host the meeting", "Germany and Britain co-chair", "Austin, who chaired the session"
        ("chair-active", rf"(?P<who>{CHAIN}){AUX} {_HOST_VERB}(?! (?:by|role|up|committee)\b)", 0.85, True),
        ("chair-clause", rf"(?P<who>{CHAIN}),? (?:who|which){AUX} {_HOST_VERB}(?! (?:by|role|up|"
         rf"the group on)\b)"
         rf"(?! (?:the )?(?:{DEMONYM} ?|{NATION} ?)?{CAPITAL}(?:[.;,]|$))"
         rf"(?![^.;,]{{0,24}}\b(?:[Cc]ommittee|[Bb]oard|[Pp]arliament)\b)", 0.8,
         False),
        ("chair-active", rf"(?P<who>{CHAIN}){AUX} (?:and (?:\w+ )+)?{_LEAD_VERB}{_OF_MEETING}", 0.8, True),
        ("chair-clause", rf"(?P<who>{CHAIN}),? (?:who|which){AUX} {_LEAD_VERB}{_OF_MEETING}", 0.8, False),
        # "the meeting, which Austin led by video link", "the meeting Austin chaired"
        ("chair-object", rf"{_MEETING}[^.;]{{0,60}}?,? (?:which|that|where)? ?(?P<who>{CHAIN}){AUX} "
         rf"(?:{_LEAD_VERB}|{_HOST_VERB})(?! by (?!video|phone|tele))", 0.85, False),
        ("chair-receives", rf"(?P<who>{CHAIN}){AUX} {_RECEIVE_VERB} (?:the |his |her |their |other |"
         rf"{DEMONYM} |and |[\w-]+ ){{0,6}}?{_GUESTS}", 0.8, True),
        ("chair-receives", rf"(?P<who>{PERSON}){AUX} (?:receiv|host|welcom)\w* {PERSON}", 0.8, True),
        # "Lecornu had asked his German and Polish counterparts to Paris"
        ("chair-receives", rf"(?P<who>{PERSON}|{OFFICE}){AUX} (?:asked|called|brought|"
         rf"convoked) (?:[^\s,;.]+ ){{0,6}}?"
         rf"{_GUESTS} to (?:{CAPITAL}|{NATION})", 0.75, True),
        # "flew to Ramstein to hold a meeting of the group"
        ("chair-holds", rf"(?P<who>{PERSON}(?: and {PERSON})*)[^.;,\ue000-\ue3ff]{{0,80}} to (?:convene|chair|"
         rf"host|lead|"
         rf"co-chair) (?:an? |the )?"
         rf"(?:[\w-]+ ){{0,4}}?{MEETING}", 0.75, True),
        ("chair-holds", rf"(?P<who>{PERSON}(?: and {PERSON})*)[^.;,\ue000-\ue3ff]{{0,80}} to hold (?:an? |the )?"
         rf"(?:[\w-]+ ){{0,4}}?{MEETING} (?:of|in) ", 0.75, True),
        # "Britain and Germany replace the United States as hosts"
        ("chair-follows", rf"(?P<who>{CHAIN}){AUX} (?:replac\w+|succe\w+|follow\w*|(?:takes?|took|"
         rf"taking) (?:it )?over from) (?:the )?"
         rf"{_CHAIR} (?:as|in) (?:the |its |joint )*(?:co-?)?(?:hosts?|chairs?|conveners?)\b", 0.8, True),
        ("chair-guests", rf"(?<!besides the )(?<!beside the )(?<!apart from the )\b(?:guests of|"
         rf"received (?:[^\s,;.]+ ){{0,5}}?by|invitation of|hosts?,|"
         rf"hosts?(?:,[^,]{{1,70}},)? (?:was|is|were|are|"
         rf"will be)(?: the)?|(?:at the )?invitation (?:of|from|by)) (?:the )?(?P<who>{_CHAIRS})", 0.85, True),
        ("chair-under", rf"{MEETING}[^.;]{{0,60}} under (?P<who>{PERSON})|(?:conven|meet|met\b|gather|assembl|"
         rf"sat\b|sit)\w*(?:[^.;]|(?<=[A-Z][a-z]{{2}})\.){{0,60}} "
         rf"under (?P<who2>{PERSON})(?=[.,;]|$)", 0.75, True),
        # "chaired by", "hosted jointly by", "led by": the meeting, not the coalition
        ("chair-passive", rf"\b(?:[Cc]o-?)?(?:[Cc]haired|[Hh]osted|[Cc]onvened|[Pp]resided over|[Mm]oderated|"
         rf"opened)(?: \w+ly)?,? "
         rf"(?:[^\s,;.]+ ){{0,5}}?by (?:the )?(?P<who>{_CHAIRS})", 0.9, True),
        # "chaired by the defence ministers of Germany and the United Kingdom"
        ("chair-passive", rf"\b(?:[Cc]o-?)?(?:[Cc]haired|[Hh]osted|[Cc]onvened|[Pp]resided over|opened|"
         rf"{_NOT_OF_GROUP}[Ll]ed)(?: \w+ly)?,? by (?:the )?(?:[\w-]+ ){{0,3}}(?:ministers|heads|chiefs|secretaries|"
         rf"leaders)(?: of (?:the )?[a-z][a-z ]{{2,30}}?)? (?:of|from) (?:the )?(?P<who>{_CHAIRS})", 0.85, True),
        ("chair-passive", rf"\b{_NOT_OF_GROUP}(?:[Ll]ed|[Oo]rgani[sz]ed|called|run|headed)(?: \w+ly)? by (?:the )?"
         rf"(?P<who>{_CHAIRS})", 0.8, True),
        ("chair-under", rf"\b(?:[Uu]nder|[Ww]ith) (?:the |a |their )?(?:joint |shared |alternating |rotating |"
         rf"current |"
         rf"present )*(?:co-?)?"
         rf"(?:chairmanship|leadership|lead|chair|presidency|direction|auspices|guidance|baton|gavel|aegis|"
         rf"stewardship) of "
         rf"(?:the |its |their |his |her )?(?:[\w-]+ ){{0,2}}?"
         rf"(?P<who>{_CHAIRS})", 0.85, True),
        ("chair-under", rf"\bunder (?:the )?(?:joint )?(?P<who>{_CHAIRS})(?:'s)? (?:joint )?(?:co-?)?(?:chairmanship|"
         r"leadership|lead\b|chair\b|presidency|chairs\b|guidance|direction|baton|gavel|stewardship)", 0.85, True),
        ("chair-in-chair", rf"(?P<who>{CHAIN}){AUX},? (?:jointly |together |again )?{_IN_CHAIR}", 0.9, True),
        ("chair-in-chair", rf"(?P<who>{CHAIN}),? (?:who|which){AUX} {_IN_CHAIR}", 0.85, False),
        # "with Germany and the United Kingdom as co-chairs", "with Austin in the chair"
        ("chair-in-chair", rf"\b[Ww]ith (?:the |its |his |her )?(?P<who>{CHAIN}) (?:as (?:the |an? )?(?:joint |its )?"
         r"(?:co-?)?(?:chairs?|hosts?|conveners?|moderators?)|in the chair|presiding|at the helm|chairing|hosting)\b",
         0.9, False),
        # "the co-hosting ministers from Denmark and Britain"
        ("chair-noun", rf"\b(?:[Cc]o-?)?(?:hosting|chairing) (?:nations?|countr(?:y|ies)|states?|ministers?)\b"
         rf"(?:[^.;,\ue000-\ue9ff]{{0,24}} (?:of|from))? (?:the )?(?P<who>{_CHAIRS})", 0.8, False),
        # "Michal, who welcomed the guests to a snowy city"
        ("chair-receives", rf"(?P<who>{PERSON}|{OFFICE}),? who{AUX} {_RECEIVE_VERB} (?:the |his |her |their |other |"
         rf"{DEMONYM} |and |[\w-]+ ){{0,4}}?{_GUESTS}", 0.8, False),
        # "Austin, under whose chairmanship the allies met"
        ("chair-under", rf"(?P<who>{PERSON}),? (?:under whose (?:chairmanship|leadership|presidency|lead|guidance)|"
         rf"(?:at|on|upon) whose (?:joint )?(?:invitation|initiative))\b", 0.85, False),
        # "France and the United Kingdom are inviting"
        ("chair-active", rf"(?P<who>{CHAIN}) (?:are|is|were|was|have|has) (?:\w+ly )?(?:inviting|"
         rf"invited (?:them|the ))",
         0.7, True),
        ("chair-in-chair", rf"\b(?:[Cc]o-?)?(?:[Cc]hairing|[Hh]osting|[Pp]residing)(?: it| over it|"
         rf" the \w+)? (?:were|was|are|is|will be) "
         rf"(?:the )?(?P<who>{_CHAIRS})", 0.9, True),
        ("chair-in-chair", rf"\b[Ii]n the chair(?:,[^,]{{1,30}},)? (?:was|were|is|are|sat|"
         rf"will be) (?P<who>{_CHAIRS})",
         0.9, True),
        # "will host Marcos" is a verb.
        ("chair-noun", rf"(?<!{PERSON} )(?<!{NATION} )(?<!will )(?<!to )(?<!'ll )(?<!also )(?<!in the )\b(?:[Cc]o-)?"
         rf"(?:[Hh]ost|[Cc]hair|[Cc]hairman|[Cc]hairwoman|[Cc]onvener)"
         rf"(?: minister| nation| country|"
         rf" state)?(?: of the {_MEETING})?,? (?P<who>{PERSON}|{OFFICE}|{NATION}(?=[,.)]))", 0.8, False),
        ("chair-noun", rf"(?<!{AGENT} )\b(?:[Cc]o-|[Jj]oint )?(?:[Hh]osts|[Cc]hairs|[Cc]hairmen|[Cc]onveners)"
         rf"(?: of the {_MEETING})?,? "
         rf"(?P<who>{_CHAIR}(?: and (?:the )?{_CHAIR})+)", 0.8, False),
        ("chair-noun", rf"(?:^|[\n;.] ?|[-\u2013\u2022] )(?:[Cc]o-)?(?:[Hh]osts?|[Cc]hairs?|[Cc]hairmen|"
         rf"[Cc]onveners?)"
         rf"(?: of the {_MEETING})? ?[:(\u2014\u2013] ?(?P<who>{_CHAIRS})", 0.85, False),
        ("chair-apposed", rf"(?P<who>{AGENT}), (?:the |as |its |their |[\w ]+'s |who is )?"
         rf"(?:\w+ |{DEMONYM} |{OFFICE} )?(?:host|chair|"
         rf"co-chair|co-host|"
         rf"convener|chairman|chairwoman)\b(?! of (?:the )?(?:Joint|NATO|[Dd]efen[cs]e|[Pp]arliament|[Hh]ouse|"
         rf"[Ss]enate|board))",
         0.75, None),
        # "Chairing the session, Healey said", "Healey said after chairing", "opened the day and chaired"
        ("chair-participle", rf"\b(?:[Cc]o-?)?(?:[Cc]hairing|[Hh]osting|[Cc]onvening|[Pp]residing over|"
         rf"[Oo]pening(?! (?:remarks|speech|address|statement|session))|"
         rf"[Ll]eading|"
         rf"[Ww]elcoming|[Rr]eceiving|[Mm]oderating) [^.;\ue000-\ue9ff]{{3,90}}, (?:the "
         # "welcoming their newest member, Sweden, into the Alliance": nobody who does so.
         rf")?(?P<who>{CHAIN})(?= (?!(?:into|to|in|at|as|and|or|for|from|on|of|with|by)\b)[a-z])", 0.8, True),
        ("chair-participle", rf"(?P<who>{PERSON})[^.;\ue000-\ue3ff]{{0,90}}?,? (?:after |while |before |when |and |"
         rf"then )?"
         rf"(?:jointly |also |later )?(?:co-?)?(?:chairing|hosting|convening|presiding)\b", 0.75, False),
        ("chair-participle", rf"(?P<who>{PERSON}){AUX} [^.;\ue000-\ue3ff]{{3,90}} and (?:then |later |also "
         rf")?{_HOST_VERB}",
         0.7, True),
        ("chair-passive", rf"\b(?:[Cc]haired|[Hh]osted|[Cc]onvened|[Pp]resided over|[Mm]oderated|"
         rf"(?<!so-)called)\b[^.;\ue000-\ue5ff\ue800-\ue9ff]{{0,60}}? by "
         rf"(?:the |its |their )?(?P<who>{_CHAIRS})", 0.8, True),
        ("chair-seat", rf"\b[Tt]he (?:chair|gavel|chairmanship) (?:was|is|will be|had been|has been) (?:\w+ ){{0,2}}"
         rf"(?:taken|held|shared|occupied)? ?(?:jointly )?(?:by|with|in the hands of) (?:the )?(?P<who>{_CHAIRS})|"
         rf"\b(?:chair|gavel) (?:passed|fell|passes|falls|belongs|went|goes) to (?:the )?(?P<who2>{_CHAIRS})|"
         rf"\b(?:fell|falls) to (?P<who3>{_CHAIRS}) to (?:chair|host|lead)", 0.8, True),
        ("chair-initiative", rf"\b(?:at|on|upon) (?:the )?(?:initiative|request|behest|call) of (?:the "
         rf")?(?P<who>{_CHAIRS})|"
         rf"\b(?:at|on|upon) (?P<who2>{_CHAIRS})'s? (?:joint )?(?:invitation|initiative|request|behest)", 0.75, True),
        ("chair-turn", rf"(?P<who>{_CHAIR})'s? (?:chairmanship\b|turn (?:in the chair|to (?:host|chair)))|"
         rf"(?P<who2>(?:{DEMONYM}(?:-|\u2013| and ))*{DEMONYM}) (?:co-?)?(?:chairmanship|chairs?\b|"
         rf"hosts?\b)|\bunder (?:joint |shared )(?P<who3>(?:{DEMONYM}(?:-|\u2013|"
         rf" and ))*{DEMONYM}) (?:leadership|lead)\b", 0.75, True),
        ("chair-together", rf"(?P<who>{CHAIN}){AUX} (?:brought|brings?|bringing|calls?|called|calling) "
         rf"(?:[^\s,;.]+ ){{0,6}}?{_GUESTS} (?:[^\s,;.]+ "
         rf"){{0,6}}?together",
         0.8, True),
        ("chair-led", rf"(?P<who>(?:{_CHAIR}-?(?: and )?)+)-(?:led|chaired|hosted|convened) (?:[\w-]+ )*{_MEETING}",
         0.9,
         True),
        ("chair-order", rf"(?P<who>{CHAIN})(?: who)?{AUX} call(?:s|ed|ing)? (?:the )?(?:{MEETING}|{GROUP}|[\w ]+) to "
         rf"order",
         0.85, False),
        ("chair-partner", rf"\b(?:{_HOST_VERB}|{_LEAD_VERB})[^.;\ue000-\ue9ff]{{0,60}}?(?:with|alongside|"
         rf"together with|jointly with) (?:his |her |its |their )?(?P<who>{CHAIN})", 0.8, False),
        # "Jonson, together with Borrell, hosted"
        ("chair-partner", rf"{PERSON}, (?:together|jointly|along) with (?:the |his |"
         rf"her )?(?P<who>{CHAIN}),{AUX} (?:{_HOST_VERB}|{_LEAD_VERB})",
         0.8, None),
        ("chair-partner", rf"\b(?:jointly|together) with (?:his |her |its |their )?(?P<who>{CHAIN})", 0.75, True),
    )
)  # fmt: skip
# What "led by" may speak of: the last of these before it.
_LED_THING = re.compile(
    rf"{_MEETING}(?: of (?:the |a |its )?(?:[\w-]+ ){{0,3}}(?:[Gg]roup|[Cc]oalition|[Cc]ompact|{GROUP}))?|\b(?:met|"
    rf"meets|gathered|convened)\b|(?P<other>{GROUP}|\b(?:[Gg]roup|[Cc]oalition|[Ii]nitiative|"
    rf"[Ff]orce|"
    r"[Aa]lliance|[Dd]elegations?|[Ss]ide|[Pp]art(?:y|ies)|[Tt]eam|[Ww]orkstream|[Pp]roject|[Ff]und|"
    r"[Pp]rogramme|[Ee]ffort|[Ff]ormat|[Cc]ompact|"
    r"[Pp]act)\b)"
)
_INSERTED = re.compile(r", [^,;.]{3,90}, (?=(?:is|was|are|were|will be) )")
_SCREEN = Screen([pattern for _, pattern, _, _ in _PATTERNS])
_LED_DELEGATION = re.compile(
    rf"(?:^|[.;,] )(?:and |while )?(?:[Tt]he |"
    rf"[Aa]n? )?{OFFICE}(?:[^.;,]{{0,30}} (?:was|were|is|are))? $"
)
# What stands before a place, or before one who is out of the chair: "in Brussels", "replace the United States".
_NOT_THE_CHAIR = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|replac\w+|succeed\w*|(?:instead|out) of|than|unlike|over from|"
    r"help(?:s|ed)?|asked|urged|"
    r"(?:head(?:ed|ing)|travel\w*|fl(?:y|ies|ying|ew)|go(?:es|ing)?|went|bound|way|trip|visit) (?:to|for)) (?:the )?$"
)
# "once led by the United States": no longer.
_NO_LONGER = re.compile(
    r"\b(?:alternately|usually|normally|typically) $|"
    r"\b(?:[Pp]reviously|[Ff]ormerly|[Ii]n the past|[Uu]ntil (?:now|then|recently))\b[^.;]{0,50}$|"
    r"\bnot (?:\w+ )?$|"
    rf"(?:\bmeetings|{MEETING}) (?:were|are|had been|have been) $|"
    r"\b(?:once|formerly|previously|originally|initially|initiated and|founded and|until \w+)(?: \w+)? $"
)
# "which was hosted by the United States until", "led by Austin before".
_UNTIL = re.compile(
    r",? (?:until|before (?:the |his |her |its )?(?:change|departure|resignation|inauguration|election))\b"
)
_VISIT = re.compile(
    rf"{_CHAIR}{AUX} (?:host|welcom|receiv)\w* (?:[A-Z]?[a-z]+ ){{0,2}}?{PERSON}(?![^.;]{{0,60}}{_CHAIR})"
    rf"(?![^.;]*{MEETING})"
)
_SEPARATELY = re.compile(rf"(?: {PERSON})?,? separately\b")
_NAMED_SO = re.compile(
    rf" (?:\"|un\w+ed|historic|important|useful|productive|crucial|(?:{DEMONYM}|an?) \w+|[a-z]+(?:ful|ive)\b)"
)
_CEREMONY = re.compile(r"(?: over)? (?:that|a similar|another|a separate) (?:\w+ )?ceremony\b")
# "Months after the invasion of Ukraine, Austin invited": what the opening names is not the subject.
_OPENING = re.compile(
    rf"\b(?:of|in|on|against|for|from|to|over|after|at) (?:the )?(?:{NATION}|{CAPITAL}|"
    rf"{DEMONYM}), (?:the )?(?:{PERSON}|{OFFICE})"
)
_AT_ONCE = 16
_INVITED = re.compile(r"\W{0,2}(?:At|On|Upon|Under|Hosted|Led|Chaired|Convened|Co-\w+)\b[^.,;]{0,14}")
_THEY_MET = re.compile(
    r"(?: (?:have|has|had|will|also|all|both|then|today|yesterday))* (?:met|meet|held|hold|sat|came|took|spoke|agreed|"
    r"gather|convene|[a-z]{3,}ed)\b"
)
# The rules whose partner may only follow a chair that was found before it.
_NEEDS_FIRST = "chair-partner"


def chairs_in(fold: Fold) -> Iterator[tuple[Party, float, str]]:
    """The parties that a segment shows in the chair, with confidence and rule, in the order of the rules."""
    if not fold.parties:
        return
    seen: set[str] = set()
    in_raw = _SCREEN.possible(fold.raw)
    in_text = in_raw if fold.text == fold.raw else _SCREEN.possible(fold.text)
    in_core = in_text if fold.core == fold.text else _SCREEN.possible(fold.core)
    for index in sorted(in_raw | in_text | in_core):
        name, pattern, confidence, without_relatives = _PATTERNS[index]
        if name == _NEEDS_FIRST and not seen:
            continue
        if index not in (in_raw if without_relatives is None else in_core if without_relatives else in_text):
            continue
        text = fold.raw if without_relatives is None else fold.core if without_relatives else fold.text
        for match in pattern.finditer(text):
            if _denied(text, match):
                continue
            start, end = next((span for span in match.regs[1:] if span[0] >= 0), (0, 0))
            if match.start() < _AT_ONCE and _THEY_MET.match(text, end) and _INVITED.match(text):
                # "At the invitation of A, the ministers of B, C and D met": after the comma come those who met.
                comma = text.find(", ", start, end)
                end = comma if comma > 0 else end
            for position in range(start, end):
                character = text[position]
                party = fold.parties.get(character)
                if party is None or character in seen or (name == "chair-active" and _is_place(party, match)):
                    continue
                if _NOT_THE_CHAIR.search(text, max(0, position - 24), position):
                    continue
                if _OPENING.search(text, max(0, position - 14), position + 8):
                    continue
                seen.add(character)
                yield party, confidence, name


def _denied(text: str, match: re.Match[str]) -> bool:
    """Whether it is said not to happen, or "led by" speaks of a force, group or delegation, not of the meeting."""
    if re.search(r"\b(?:not|never|n't|no longer|declined to|instead of|formerly|previously)\b", match.group()):
        return True
    # "A, B, and C convened a trilateral meeting": they met.
    if match.group().endswith("convened") and _THREE.search(text, max(0, match.start() - 120), match.end()):
        return True
    # "Pistorius will host Austin": a visit; "presided over that ceremony": another occasion.
    if _VISIT.match(text, match.start()) or _CEREMONY.match(text, match.end()):
        return True
    if _NO_LONGER.search(text, max(0, match.start() - 70), match.start()) or _OF_GROUP.search(match.group()):
        return True
    if _UNTIL.match(text, match.end()):
        return True
    # "He received the prime minister separately before the session"; "called the meeting unprecedented".
    if _SEPARATELY.match(text, match.end()):
        return True
    if match.group().endswith(("called", "called it", f"called the {MEETING}")) and _NAMED_SO.match(text, match.end()):
        return True
    # "The Ukrainian delegation in the hall was led by": whoever heads a delegation is not in the chair.
    if _LED_DELEGATION.search(text, 0, match.start()):
        return True
    if not re.match(r"[Ll]ed|[Oo]rgani|called|run|headed", match.group()):
        return False
    # "The coalition, launched at the same meeting, is led by Latvia": the insertion names no head.
    heads = list(_LED_THING.finditer(_INSERTED.sub(" ", text[: match.start()])))
    return bool(heads) and heads[-1]["other"] is not None


def _is_place(party: Party, match: re.Match[str]) -> bool:
    """Whether the party is the town of "Brussels will host the ministers"."""
    return party.kind == "capital" and not party.metonym and bool(re.search(r"\bhost", match.group()))
