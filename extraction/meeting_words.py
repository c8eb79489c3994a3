"""The words that name meetings: nouns, bodies of people, verbs of gathering, and what sets one apart from another."""

from __future__ import annotations

import re

from extraction.lexicon import ORDINAL_WORDS
from extraction.screening import Screened

NOUN = Screened(
    r"\b(?:(?P<noun>meetings?|sessions?|sittings?(?! down)|summits?|gatherings?|huddle|ministerials?|"
    r"conferences?|talks|plenar(?:y|ies)|(?<=the )launch(?= of)|"
    r"(?:launching|founding|signing)(?= of)|editions?|inst[ae]llments?|incarnation|"
    r"deliberations|round ?tables?|trilaterals?(?= (?:in|on|at|of|with|between|among|was|were|is|will|took|"
    r"held|this|last|next|yesterday|today|ahead|before|after)\b|[.,;:]|$)|encounters?|"
    r"(?<=trilateral )(?:call|discussion|dialogue)|(?<=level )dialogue|(?<=joint )call|(?<=video )call|"
    r"(?<=next )call|(?<=previous )call|(?<=last )call|"
    r"conclaves?|(?:video|tele)[- ]?conferences?|get-together|consultations|forum|discussions|rounds?|meet-up|event|"
    r"working (?:dinner|lunch|breakfast)|Council(?= of (?:the )?(?:EU |European )?(?:foreign |defen[cs]e )ministers)|"
    r"[Rr]amstein-\d{1,2})|(?<=next )(?P<ramstein>Ramstein)|Ramstein(?= (?:was|is|took|takes|will|has|had|on|"
    r"in)\b))\b(?!-(?![Pp]lus\b))",
    re.I,
)
# Only these say "meeting" by themselves; "talks", "forum", "event" need a body or group with them.
PLAIN = re.compile(
    r"meetings?|sessions?|sittings?|summits?|gatherings?|huddle|ministerials?|plenary|video.?conferences?|"
    r"ramstein.*",
    re.I,
)
LEFT_STOP = re.compile(
    r"[,;:.\u2014?!]|\s-\s|\b(?:Following|After|Before|During|Ahead of|in|at|during|"
    r"after|before|following|of|to|for|with|on|by|from|that|which|when|"
    r"will|would|while|"
    r"hold|holds|held|attend|attends|attended|attending|host|hosts|hosted|hosting|chair|chairs|chaired|is|was|"
    r"are|were|be|"
    r"said|announced|ahead|since|until|about|as|opened|joined|and then|called|calls|have|has|had|organi[sz]ed?|into|"
    r"took part|and an?|and separate|convened?|(?<!-)led|between|under|if|whether|than|through|against|chairing|"
    r"co-chaired|preparing|"
    r"postponed?|"
    r"addressed|addressing|leads|leading|lead|visited|seeing|scheduled|told|tells|whose|who)\b(?!-)"
)
RIGHT_STOP = re.compile(
    r"[;.?!\u2014]|, (?!Germany|the )|\b(?:will|would|is|was|are|were|has|had|have|said|says|took|takes|that|"
    r"which|when|where|"
    r"who|admitted|warned|failed|pledged|promised|told|announced|discussed|approved|backed|on the (?:sidelines|"
    r"margins|fringes)|in the margins|ahead of|to discuss|to be|can|could|may|should|"
    r"began|ended|opened|focused|agreed|due|set for|scheduled|she|he|because|"
    r"they)\b"
)
# "the meeting of NATO ministers and a separate session of": where the next meeting of the sentence begins.
AND_ANOTHER = re.compile(
    r",? (?:and|as well as)(?: \w+ it with)? (?=(?:[\w'-]+ ){1,7}?(?:[Mm]eeting|[Ss]ession|[Ss]ummit|[Mm]inisterial)\b)"
)
# "has brought together over 50 countries": who belongs to it, not who met.
MEMBERSHIP = re.compile(
    r"\b(?:has|have) (?:already |now |since )?(?:brought together|united|gathered)\b|\bbrings together\b|"
    r"\bgathers(?= (?:more than |over |some |about |around )?(?:\d+|[a-z]+) (?:\w+ )?(?:countries|nations|states)\b)"
)
DETERMINER = re.compile(
    r"\b(?P<det>the|this|that|these|those|a|an|its|their|his|her|our|another|both|every|such)\b", re.I
)
BODIES: tuple[tuple[str, Screened], ...] = (
    # "A meeting of the NATO-Ukraine Council at defence minister level" is the council's, whoever sits in it.
    ("council", Screened(r"\b(?:NATO-Ukraine|Ukraine-NATO|North Atlantic) Council\b")),
    (
        "armaments_directors",
        Screened(
            r"\b(?:[Nn]ational )?(?:[Aa]rm(?:s|ament|aments)|[Ww]eapons) (?:[Dd]irectors?|[Cc]hiefs|[Bb]uyers)\b|"
            r"\bNADs?\b|(?<=the )directors\b"
            r"|\b[Dd]irectors of (?:[Nn]ational )?[Aa]rmaments\b|\b[Dd]efen[cs]e procurement (?:chiefs|directors)\b"
            r"|\b[Aa]rmaments officials\b|\b[Hh]eads of (?:arms|armaments|weapons) procurement\b"
        ),
    ),
    (
        "chiefs_of_defence",
        Screened(
            r"\b(?:(?<!Joint )[Cc]hiefs of (?:the )?(?:[Dd]efen[cs]e|[Gg]eneral|[Ss]taff)(?: [Ss]taffs?)?|"
            r"[Mm]ilitary (?:chiefs|[Cc]ommittee)|"
            r"[Aa]rmy chiefs|[Tt]op (?:military )?(?:commanders|generals)|[Cc]HODs?|[Mm]ilitary commanders)\b"
        ),
    ),
    (
        "ministers",
        Screened(
            r"\b(?:[Ff]oreign and )?[Dd]efen[cs]e(?: and [Ff]oreign)? (?:[Mm]inisters|[Cc]hiefs|[Ss]ecretaries|"
            r"[Ll]eaders|[Mm]inisterials?|[Oo]fficials|[Hh]eads)"
            r"(?:' ?)?|\b[Mm]inisters of (?:[Nn]ational )?[Dd]efen[cs]e\b|"
            r"\b[Dd]efen[cs]e [Mm]inister(?:ial)? (?:[Mm]eeting|[Ss]ession|level)"
            r"|\b[Mm]inisterials?\b|\b[Ff]oreign [Mm]inisters\b|"
            r"\b[Dd]efen[cs]e counterparts\b|(?<![Pp]rime )\b[Mm]inisters\b"
        ),
    ),
    (
        "steering",
        Screened(
            r"\b(?<=[Tt]he )Board\b(?! of)|\bBoard of (?:Supervisors|Directors|Governors)\b|"
            r"\b(?:[Jj]oint )?[Ss]teering (?:[Gg]roups?|[Bb]oards?|[Cc]ommittees?)\b"
        ),
    ),
    (
        "leaders",
        Screened(
            r"\b(?:[Ll]eaders?(?:'s?)?(?:[- ][Ll]evel)?|[Hh]eads of (?:[Ss]tate|[Gg]overnment)|[Ss]ummits?|"
            r"[Pp]residents|[Pp]rime [Mm]inisters)\b"
        ),
    ),
    (
        "council",
        Screened(r"\b(?:European|Foreign Affairs) Council\b"),
    ),
    (
        "working",
        Screened(
            r"\b[Tt]echnical [Gg]roups?\b|\b[Ww]orking (?:[Gg]roups?|[Ll]evel)\b|"
            r"\b[Ee]xpert[- ][Ll]evel\b"
        ),
    ),
)
# Many states at once: whoever "Ukraine's backers" or "delegates from nine countries" are, they are more than two.
STATES_SUBJECT = Screened(
    r"\b(?:[Aa]llies|[Pp]artners|[Dd]onors|[Bb]ackers|[Ss]upporters|[Mm]embers|[Nn]ations|[Cc]ountries|[Cc]apitals|"
    r"[Dd]elegations|[Dd]elegates|[Rr]epresentatives|[Oo]fficials|[Ee]nvoys|[Cc]olleagues|[Cc]ounterparts|"
    r"opposite numbers|[Nn]avies|[Gg]overnments|[Pp]rincipals|[Pp]articipants|[Tt]hey|[Pp]artner states)\b"
    r"(?! (?:of|from) (?:the )?(?:parliament|congress|press|public|committee))"
)
BODY_SUBJECT = Screened(
    r"\b(?:(?:[Ff]oreign and )?[Dd]efen[cs]e (?:[Mm]inisters|[Cc]hiefs|[Ll]eaders|[Ss]ecretaries)|"
    r"[Mm]inisters of (?:[Nn]ational )?[Dd]efen[cs]e|"
    r"(?:[Nn]ational )?(?:[Aa]rm(?:s|ament|aments)|[Ww]eapons) (?:[Dd]irectors|[Cc]hiefs)|"
    r"[Cc]hiefs of [Dd]efen[cs]e|(?<!Joint )[Cc]hiefs of [Ss]taff|[Mm]ilitary Committee|[Jj]oint [Ss]teering [Gg]roup|"
    r"[Ss]teering (?:[Gg]roups?|[Cc]ommittees?|[Bb]oards?)|[Tt]echnical [Gg]roup|[Ww]orking [Gg]roup|(?:NATO-Ukraine|"
    r"North Atlantic|Foreign Affairs) Council|"
    r"[Ff]oreign [Mm]inisters|[Mm]inisters|[Ll]eaders|(?<=[Tt]he )(?:Board|Council)(?! of)|"
    r"Board of (?:Supervisors|Governors)|[Hh]eads of (?:[Gg]overnment|[Ss]tate)|"
    r"[Mm]ilitary chiefs|(?<=the )directors)\b"
)
MEET_VERB = Screened(
    r"\b(?:met|meets?|meeting|convene[sd]?|gather(?:s|ed|ing)?|assemble[sd]?|assembling|"
    r"sit(?:s|ting)?(?: down)?(?! as\b)|"
    r"sat(?: down)?|reconvene[sd]?|huddle[sd]?|"
    r"(?:hold|holds|held|holding|have|has|had) (?:a |an |its |their |the )?(?:\w+[- ]){0,4}?(?:meeting|session|"
    r"talks|video|"
    r"summit|conference|sitting|round|working (?:dinner|lunch|breakfast))|"
    r"due in|com(?:e|es|ing) (?:back )?together|came together|confer(?:s|red|ring)?|"
    r"(?:are|is|was|were|be|been) in session|"
    r"consult(?:s|ed)?(?= (?:by|via|on(?:line)?|virtually|in|for|with one))|g(?:e|o)t(?:s|ting)? together|"
    r"dial(?:s|l?ed|l?ing)? in|(?:was|were) (?:then )?linked (?=(?:by|via) (?:video|phone|telephone))|"
    r"log(?:s|ged) (?:in|on)|linked up|(?:wrap|wraps|wrapped) up|(?:wind|winds|"
    r"wound) up|continues? (?:its|their) (?:talks|meeting|session|deliberations)|talked by|"
    r"(?:took|take|takes) their seats|(?:was|were|are|is) the guests? of|regroup(?:s|ed)?|reunite[sd]?|"
    r"(?:was|were) (?:gathered|assembled|convened)|saw (?:one another|each other)|sees? (?:one another|each other)|"
    r"spent (?:\w+ ){1,6}?(?=at |in )|"
    r"(?:was|were|are|been|be) (?:received|hosted|welcomed(?= (?:in|at|there|on \w+day)\b))|"
    r"brought (?:[\w-]+ ){1,4}together (?=in )|moved on (?=to )|arriv(?:e|ed|es|ing) (?=at |in ))\b",
    re.I,
)
# "to meet Ukraine's battlefield requirements", "met the deadline": no gathering.
NEED = (
    r" (?:(?!(?:in|at|on|with|for|to|by)\b)[\w'-]+ ){0,7}?(?:needs?|requirements?|targets?|goals?|demands?|deadlines?|"
    r"obligations?|commitments?|challenges?|threats?|standards?|criteria|conditions|expectations|pledges?|moment)\b"
)
MET_NEED = re.compile(NEED)
# "finalised the signing": a paper that has made its round.
ROUND_MADE = re.compile(r"\b(?:finali[sz]ed|completed|concluded) the $")
HOST_VERB = re.compile(
    r"\b(?:(?:play(?:s|ed)?|was|is) host to|will host|to host|hosts|hosted|is hosting|hosting|convened|"
    r"brought together|brings together|gathered|"
    r"will convene|"
    r"will gather|to gather|to convene|will bring together|to bring together|to bring|"
    r"invited|summoned|joins?|joined|met(?: with)?|meets?(?: with)?|see|to chair|"
    r"will chair|chaired|chairs|presid(?:es|ed|ing) over|co-chair(?:s|ed|ing)|moderat(?:es|ed|ing)|"
    r"attend(?:s|ed|ing)?|addressed|addresses|opened|received|welcomed|welcoming|receiving|receives|take part in|"
    r"assembl(?:es|ed|ing)|called together|(?<=to )receive|(?<=to )welcome|(?<=will )welcome|(?<=will )receive|"
    r"took part in)\b[^.;,]{0,50}$",
    re.I,
)
# "the Netherlands take part in the order": who has a share in a thing need not have met.
SHARING = Screened(
    r"\b(?:takes? part|took part|taking part|participat\w+) in (?:the |this |that |an? |its )?(?:[\w-]+ ){0,2}?"
    r"(?:orders?|purchases?|"
    r"procurement|contracts?|projects?|programmes?|programs?|initiatives?|schemes?|funds?|missions?|operations?)\b"
)
# Talks of two: as such, of two ministers a side, of Australia with one ally.
_OF_TWO = r"bilateral|2 ?\+ ?2|two-plus-two|AUSMIN|AUKMIN|ANZMIN"
OF_TWO = re.compile(rf"\b(?:{_OF_TWO})\b", re.I)
REJECT = re.compile(
    rf"\b(?:press|news|{_OF_TWO}|trilateral call|cabinet|"
    r"peace|ceasefire|cease-fire|truce|(?:end|stop|halt)\w* the (?:war|fighting)|negotiat\w+|exercise|drill|"
    r"G-?20|APEC|COP ?\d\d|IPEF|World Economic|for Democracy|"
    r"town hall|shareholders?|annual general|climate|trade|economic|finance ministers?|"
    r"emergency session of parliament|"
    r"parliamentary|phone|telephone|one-on-one|private|staff|security council|general assembly|training|photo|"
    r"question|"
    r"investors?|budget|business|recovery|reconstruction|cup|league|games|match|tabletop|table-top|"
    r"energy|agricultur\w+|health|culture|interior)\b",
    re.I,
)
WITH_PERSON = re.compile(
    r"^\s?(?:\w+ ){0,2}?(?:with|between)\s(?:(?:the )?(?:NATO|EU|European|UN)(?:'s)? (?:[\w-]+ ){0,2}?"
    r"(?:Secretary[- ]General|President|chief|Commissioner|High Representative|ambassador|envoy)\b(?! of)|"
    r"(?!(?:the )?(?:defen[cs]e|other|allied|nato|eu|jef|more|some|about|"
    r"represent|"
    r"ministers|leaders|allies|partners|members|counterparts|officials|\d)))",
    re.I,
)
ORDINAL = Screened(
    r"\b(?P<ordinal>\d{1,3}(?:st|nd|rd|th)|(?:twenty|thirty|forty)[- ](?:first|second|third|fourth|fifth|sixth|"
    r"seventh|eighth|ninth)|"
    + "|".join(sorted((w for w in ORDINAL_WORDS if "-" not in w and w != "zeroth"), key=len, reverse=True))
    + r")\b(?!-anniversary)(?! (?:day|time|year|week|half|part|phase|stage|package|anniversary|term|"
    r"of \w+ day|quarter|century|such|"
    r"round of sanctions))",
    re.I,
)
FOR_TIME = re.compile(r"(?:\b(?:for|was|is|marks|marked)|,) (?:the|its|their|an?) (?P<ordinal>[\w-]+) time\b", re.I)
# "meeting No. 26", "session number 12".
NUMBERED = re.compile(r"^ ?(?:No\.?|number|#) ?(?P<number>\d{1,3})\b", re.I)
PREVIOUS = re.compile(
    r"\b(?:last(?! (?:[a-z]+ ){1,3}(?:of the year|before|in office))|latest|previous|prior|preceding|"
    r"(?<!days )(?<!day )(?<!weeks )(?<!week )(?<!hours )(?<!months )(?<!month )(?<!years )(?<!year )earlier|"
    r"most recent|past|first met|had first met|last met|inaugural)\b",
    re.I,
)
NEXT = re.compile(r"\b(?:next|upcoming|coming|following|forthcoming|future)\b", re.I)
# "another meeting is planned for May": after the one at hand.
ONE_MORE = re.compile(r"(?:[Aa]nother|[Aa] further|[Oo]ne more) ")
# "From January 1 Estonia presides over the Nordic-Baltic Eight": for how long, not when it meets.
_OFFICE = r"(?:presid(?:es?|ed|ing) over|chair(?:s|ed|ing)?|leads?|led|heads?|in charge of)"
_MONTH = (
    r"(?:early |late |mid-)?(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"\d|next |the (?:start|beginning|end|first|second))"
)
OFFICE = re.compile(rf"\b{_OFFICE}\b")
OFFICE_OF = re.compile(r"\b(?:presidency|chairmanship|chair) (?:of|in) (?:the )?$")
TERM_OF_OFFICE = Screened(
    rf"\b(?:[Ff]rom|[Ss]tarting (?:on|from|in)|[Aa]s of|[Bb]eginning (?:on|in)|[Ss]ince) {_MONTH}[^.;]{{0,40}}?\b"
    rf"{_OFFICE}\b|\b{_OFFICE} [^.;]{{3,60}}? (?:from|as of|since|until) {_MONTH}|"
    r"\b(?:tak(?:es?|ing) over|took over|assum\w+|hand(?:s|ed) over|pass(?:es|ed)(?: on)?) [^.;]{0,30}"
    r"\b(?:presidency|chairmanship|chair)\b"
)
ALLIED = Screened(
    r"\b[Aa]lliance(?:'s)? (?:own )?[Dd]efen[cs]e (?:[Mm]inisters|[Cc]hiefs)\b|"
    r"\bAllied (?:[Dd]efen[cs]e )?[Mm]inisters\b|"
    r"\b[Mm]inisters (?:of [Dd]efen[cs]e )?of the [Aa]lliance\b"
)
EU_COUNCIL = Screened(
    r"\bForeign Affairs Council\b|"
    r"\b(?:[Bb]loc|Union)'s (?:own )?(?:[Dd]efen[cs]e |[Ff]oreign )?(?:[Mm]inisters|leaders)\b"
)
VIRTUAL = Screened(
    r"\b(?:virtual(?:ly)?|online|video[- ]?(?:conference|link|call)|teleconference|remote(?:ly)?|via video)\b", re.I
)
HYBRID = Screened(r"\bhybrid\b", re.I)
IN_PERSON = Screened(r"\b(?:in person|in-person|face-to-face)\b", re.I)
# "the coalition", "the Compact": the group last named. "it met", "which meets": the same where a group is the subject.
GROUP_ANAPHOR = re.compile(
    r"\b(?:[Tt]he parent body|(?:[Tt]he|[Tt]hat|[Tt]his) (?:[\w-]+[- ]){0,2}?(?:group|coalition|[Cc]ompact|"
    r"initiative|[Dd]ialogue|"
    r"[Pp]ool|platform|club|format)\b"
    r"(?! of|'s| for)|(?<=when )it\b|(?<=where )it\b|(?<=, )which\b|(?:(?<=^)|(?<=\. ))It\b)"
)
PRONOUN_STATE = Screened(
    r"\b(?:postponed|cancel(?:l?ed)|called off|rescheduled|put off) (?:it|that|this)\b|\b[Ii]t (?:will|was|is|"
    r"had been|has been|would) (?:\w+ ){0,2}?"
    r"(?:take place|held|be held|postponed|cancel(?:l?ed)|called off|scheduled|chaired|hosted|attended|opened)\b"
)
# "today's gathering", "Saturday's meeting", "last week's session" are owned by no person.
TIME_OWNER = re.compile(
    r"today|yesterday|tomorrow|week|month|year|autumn|spring|summer|winter|\w+day|january|"
    r"february|march|april|may|june|july|august|"
    r"september|october|november|december",
    re.I,
)
# "at the Contact Group on Jan. 9": the group's name stands for its meeting.
AS_EVENT = re.compile(
    r"\b(?:at|for|of|to|during|after|before|(?<=part )in|attend\w*|chair\w*|host\w*|of the \w+) (?:the |"
    r"a )?(?:[\w-]+ )?$"
)
# "will host the Contact Group next week", "at the Contact Group in Brussels".
HELD_AS = re.compile(
    r"\b(?:at|during|attend\w*|participat\w+ in|t(?:ook|ake|akes|aking) part in|host(?:s|ed|ing)?|"
    r"chair(?:s|ed|ing)?|conven(?:e|es|ed|ing)|ahead of|prior to|"
    r"(?:travel\w*|fl(?:y|ies|ew)|head\w*) to|outcomes of) (?:the |a |another )?(?:[\w.-]+ )?$"
)
# "Zelenskyy spoke to the Contact Group", "the minister briefed the group": whoever is spoken to has met.
ADDRESSED = re.compile(
    r"\b(?:spoke to|addressed|briefed|updated|reported to|spoke before|appeared before) (?:the |a )?(?:[\w.-]+ )?$"
)
_NEAR_TIME = (
    r"(?:(?:earlier |later )?(?:next|last|this) (?:week|month)|tomorrow|today|yesterday|(?:earlier|later) today|"
    r"(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
WHEN_OR_WHERE = re.compile(rf"(?: \([^)]*\))?,? (?:(?:in|at) (?:the )?[A-Z]\w+|{_NEAR_TIME}\b|virtually\b|in person\b)")
TIME_AT = re.compile(rf"\b{_NEAR_TIME},?(?: (?:in|at) (?:[A-Z]\w+,? ?){{1,3}})? (?:at|for|during) the $")
# "told the Contact Group in April": with a month only what is done at a meeting makes the name one.
AT_EVENT = re.compile(r"\b(?:at|during|told|tells|attend\w*|since|after|before) (?:the |a )?(?:[\w-]+ )?$")
IN_MONTH = re.compile(
    r"(?: \([^)]*\))? (?:in|last) (?:early |late |mid-)?(?:January|February|March|April|May|June|July|August|"
    r"September|"
    r"October|November|December)\b"
)
# What a body does every time is no meeting, nor is one that did not happen.
HABIT = re.compile(
    r"^[^.;]{0,25}?\b(?:twice a|once (?:a|every|per)|every|each|regularly|annually|monthly|weekly|quarterly|rarely|"
    r"seldom|often|usually|frequently|routinely|typically|"
    r"periodically|throughout the year|(?:two|three|four|several|many) times (?:a|per))\b(?! again)",
    re.I,
)
NEVER = re.compile(r"\b(?:never|not|n't|no longer|failed to|refus\w+ to|unable to)(?: yet| once)?(?: \w+)? $", re.I)
# In a headline a group that ends, opens or raises money stands for its meeting.
TITLE_EVENT = re.compile(
    r"^(?:'s)? (?:\w+ )?(?:ends?|concludes?|opens?|kicks? off|starts?|begins?|closes?|goes online|pledges?|raises?|"
    r"wraps? up|nets?|brings?|yields?|agrees?|agree|to focus|delivers?|vows?|backs?|promises?|gathers?|returns?)\b"
)
# "Remarks by Ann Lee to the Contact Group", "Hold a Post-Contact Group Press Conference"
SPOKEN_AT = re.compile(
    r"\b(?:Remarks|Speech|Statement|Address|Intervention|Press (?:Conference|Briefing|Availability))\b"
    r".{0,200}\b(?i:at|to|after|following) (?:the |NATO ){0,2}$"
)
POST_PRESS = re.compile(r"Post-.*? Press (?:Conference|Briefing|Availability)\b")
_ORD = (
    r"\d{1,2}(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
    r"fourteenth|fifteenth|first"
)
# "Their first, on 28 September, was", "the next is due in May", "the third one", "the next time the ministers sit".
ELLIPSIS = Screened(
    rf"(?<![Ff]or )\b(?:[Tt]he|[Tt]heir|[Ii]ts|whose|A(?= (?:second|third|fourth|fifth|sixth)\b)) "
    rf"(?:very )?(?P<which>one before|next|previous|last|latest|{_ORD})"
    r"(?: one| of (?:these|them|its kind)| time (?:the (?:ministers|group|allies|directors|leaders|members|coalition|"
    r"partners|chiefs)|they|we)\b[^,.;]{0,40}?)?"
    r"(?=,? (?:on|in|at|is (?:due|set|planned|scheduled|to|expected|pencilled)|"
    r"was (?:held|in|on|at|hosted|chaired|the)|"
    r"will (?:be|take|follow|come)|took place|falls|comes|came|followed|follows|had been|due|set for|planned for|"
    r"scheduled for|held|since|so far)\b|[.?!]?$)"
)
# "reconvene in Brno", "will meet again", "the talks will be continued in Odesa", "Paris followed on 12 March".
AGAIN = Screened(
    r"\b(?:[Rr]econvenes?|"
    # "to come together again each month" is a habit.
    r"(?:meet(?:s|ing)?|gathers?|convenes?|comes? together|sits?(?: down)?|gets? together) again(?! (?:each|every)\b)|"
    r"(?:will|to) (?:be )?(?:continued?|resumed?)(?= in)|"
    r"next meets?|(?:will|to) meet next|(?P<past>[Rr]econvened|met again|gathered again|last (?:met|gathered|"
    r"convened|"
    r"came together|got together|saw one another)|(?:got|came) together (?:last|in|on)|"
    r"(?:most recently|the last time)(?= (?:on|in|at|was|last)\b)|"
    r"(?<=[a-z] )followed(?= (?:on|in|at) [A-Z\d])))\b"
)
TIMES = re.compile(r"\b(?:two|three|four|five|several|\d+|no fewer than \w+) times\b|\btwice\b", re.I)
# "trilateral talks", "the three nations' ministers".
MANY_SIDED = Screened(r"\b(?:tri|quadri|multi|mini|pluri)lateral|\btrilaterals?\b|\bthree nations'|\bthree-way\b", re.I)
# What stands before the name of a town or building where something is.
PLACED = re.compile(r"\b(?:in|at|to|near|outside|aboard)\s(?:the\s)?(?:\w+\s)?$")
UNLISTED_TOWN = re.compile(r"\b(?:in|at) [A-Z][a-z\u00e0-\u017e]{3,}(?=[,.]| on\b| in\b)")
