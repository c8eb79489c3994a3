"""The words that name meetings: nouns, bodies of people, verbs of gathering, and what sets one apart from another."""

from __future__ import annotations

import re

from extraction.lexicon import ORDINAL_WORDS

NOUN = re.compile(
    r"\b(?:(?P<noun>meetings?|sessions?|summits?|gatherings?|huddle|ministerials?|conferences?|talks|plenar(?:y|"
    r"ies)|(?<=the )launch(?= of)|"
    r"(?:video|tele)[- ]?conferences?|get-together|consultations|forum|discussions|rounds?|meet-up|event|"
    r"[Rr]amstein-\d{1,2})|(?<=next )(?P<ramstein>Ramstein)|Ramstein(?= (?:was|is|took|takes|will|has|had|on|"
    r"in)\b))\b(?!-)",
    re.I,
)
# Only these say "meeting" by themselves; "talks", "forum", "event" need a body or group with them.
PLAIN = re.compile(
    r"meetings?|sessions?|summits?|gatherings?|huddle|ministerials?|plenary|video.?conferences?|ramstein.*", re.I
)
LEFT_STOP = re.compile(
    r"[,;:.\u2014?!]|\s-\s|\b(?:in|at|during|after|before|following|of|to|for|with|on|by|from|that|which|when|"
    r"will|would|while|"
    r"hold|holds|held|attend|attends|attended|attending|host|hosts|hosted|hosting|chair|chairs|chaired|is|was|"
    r"are|were|be|"
    r"said|announced|ahead|since|until|about|as|opened|joined|and then|called|calls|have|has|had|organi[sz]ed?|into|"
    r"took part|convened?|(?<!-)led|between|under|if|whether|than|through|against|chairing|co-chaired|preparing|"
    r"postponed?|"
    r"addressed|addressing|leads|leading|lead|visited|seeing|scheduled|told|tells|whose|who)\b(?!-)"
)
RIGHT_STOP = re.compile(
    r"[;.?!\u2014]|, (?!Germany|the )|\b(?:will|would|is|was|are|were|has|had|have|said|says|took|takes|that|"
    r"which|when|where|"
    r"who|to discuss|to be|can|could|may|should|began|ended|opened|focused|agreed|due|set for|scheduled|she|he|they)\b"
)
DETERMINER = re.compile(
    r"\b(?P<det>the|this|that|these|those|a|an|its|their|his|her|our|another|both|every|such)\b", re.I
)
BODIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "armaments_directors",
        re.compile(
            r"\b(?:[Nn]ational )?(?:[Aa]rm(?:s|ament|aments)|[Ww]eapons) (?:[Dd]irectors?|[Cc]hiefs|[Bb]uyers)\b|"
            r"\bNADs?\b|(?<=the )directors\b"
            r"|\b[Dd]irectors of (?:[Nn]ational )?[Aa]rmaments\b|\b[Dd]efen[cs]e procurement (?:chiefs|directors)\b"
        ),
    ),
    (
        "chiefs_of_defence",
        re.compile(
            r"\b(?:[Cc]hiefs of (?:the )?(?:[Dd]efen[cs]e|[Gg]eneral|[Ss]taff)(?: [Ss]taffs?)?|[Mm]ilitary (?:chiefs|"
            r"[Cc]ommittee)|"
            r"[Aa]rmy chiefs|[Tt]op (?:military )?(?:commanders|generals)|[Cc]HODs?|[Mm]ilitary commanders)\b"
        ),
    ),
    (
        "ministers",
        re.compile(
            r"\b(?:[Ff]oreign and )?[Dd]efen[cs]e(?: and [Ff]oreign)? (?:[Mm]inisters|[Cc]hiefs|[Ss]ecretaries|"
            r"[Ll]eaders|[Mm]inisterials?|[Oo]fficials|[Hh]eads)"
            r"(?:' ?)?|\b[Mm]inisters of (?:[Nn]ational )?[Dd]efen[cs]e\b|"
            r"\b[Dd]efen[cs]e [Mm]inister(?:ial)? (?:[Mm]eeting|[Ss]ession|level)"
            r"|\b[Mm]inisterials?\b|\b[Ff]oreign [Mm]inisters\b|\b[Dd]efen[cs]e counterparts\b|\b[Mm]inisters\b"
        ),
    ),
    ("steering", re.compile(r"\b(?:[Jj]oint )?[Ss]teering (?:[Gg]roups?|[Bb]oards?|[Cc]ommittees?)\b")),
    (
        "leaders",
        re.compile(
            r"\b(?:[Ll]eaders?(?:'s?)?(?:[- ][Ll]evel)?|[Hh]eads of (?:[Ss]tate|[Gg]overnment)|[Ss]ummits?|"
            r"[Pp]residents|[Pp]rime [Mm]inisters)\b"
        ),
    ),
    (
        "council",
        re.compile(r"\b(?:NATO-Ukraine|Ukraine-NATO|North Atlantic|European|Foreign Affairs) Council\b"),
    ),
    (
        "working",
        re.compile(
            r"\b[Tt]echnical [Gg]roups?\b|\b[Ww]orking (?:[Gg]roups?|[Ll]evel)\b|"
            r"\b[Ee]xpert[- ][Ll]evel\b"
        ),
    ),
)
BODY_SUBJECT = re.compile(
    r"\b(?:(?:[Ff]oreign and )?[Dd]efen[cs]e (?:[Mm]inisters|[Cc]hiefs|[Ll]eaders|[Ss]ecretaries)|"
    r"[Mm]inisters of (?:[Nn]ational )?[Dd]efen[cs]e|"
    r"(?:[Nn]ational )?(?:[Aa]rm(?:s|ament|aments)|[Ww]eapons) (?:[Dd]irectors|[Cc]hiefs)|"
    r"[Cc]hiefs of [Dd]efen[cs]e|[Jj]oint [Ss]teering [Gg]roup|"
    r"[Ss]teering (?:[Gg]roup|[Cc]ommittee|[Bb]oard)|[Tt]echnical [Gg]roup|[Ww]orking [Gg]roup|(?:NATO-Ukraine|"
    r"North Atlantic|Foreign Affairs) Council|"
    r"[Ff]oreign [Mm]inisters|[Mm]inisters|[Ll]eaders|"
    r"[Mm]ilitary chiefs|(?<=the )directors)\b"
)
MEET_VERB = re.compile(
    r"\b(?:met|meets?|meeting|convene[sd]?|gather(?:s|ed|ing)?|assemble[sd]?|assembling|sit(?:s|ting)?(?: down)?|"
    r"sat(?: down)?|reconvene[sd]?|huddle[sd]?|"
    r"(?:hold|holds|held|holding) (?:a |an |its |their |the )?(?:\w+[- ]){0,4}?(?:meeting|session|talks|video|"
    r"summit|conference)|"
    r"due in|come together|came together|confer(?:s|red)?|(?:are|is|was|were) in session)\b",
    re.I,
)
HOST_VERB = re.compile(
    r"\b(?:will host|to host|hosts|hosted|is hosting|hosting|convened|brought together|brings together|gathered|"
    r"will convene|"
    r"will gather|will bring together|invited|summoned|joins?|joined|met(?: with)?|meets?(?: with)?|see|to chair|"
    r"will chair|chaired|chairs|"
    r"attend(?:s|ed|ing)?|addressed|addresses|opened|received|welcomed|receives|take part in|"
    r"took part in)\b[^.;,]{0,50}$",
    re.I,
)
REJECT = re.compile(
    r"\b(?:press|news|bilateral|trilateral call|cabinet|peace|ceasefire|cease-fire|truce|negotiat\w+|exercise|drill|"
    r"town hall|shareholders?|annual general|climate|trade|economic|finance ministers?|emergency session of parliament|"
    r"parliamentary|phone|telephone|one-on-one|private|staff|security council|general assembly|training|photo|question|"
    r"investors?|budget|business|recovery|reconstruction|cup|league|games|match|working lunch|tabletop|table-top|"
    r"energy|agricultur\w+|health|culture|interior)\b",
    re.I,
)
WITH_PERSON = re.compile(
    r"^\s?(?:\w+ ){0,2}?(?:with|between)\s(?!(?:the )?(?:defen[cs]e|other|allied|nato|eu|jef|more|some|about|represent|"
    r"ministers|leaders|allies|partners|members|counterparts|officials|\d))",
    re.I,
)
ORDINAL = re.compile(
    r"\b(?P<ordinal>\d{1,3}(?:st|nd|rd|th)|(?:twenty|thirty|forty)[- ](?:first|second|third|fourth|fifth|sixth|"
    r"seventh|eighth|ninth)|"
    + "|".join(sorted((w for w in ORDINAL_WORDS if "-" not in w and w != "zeroth"), key=len, reverse=True))
    + r")\b(?! (?:day|time|year|week|half|package|anniversary|term|of \w+ day|quarter|century|round of sanctions))",
    re.I,
)
FOR_TIME = re.compile(r"\bfor (?:the|its|their|an?) (?P<ordinal>[\w-]+) time\b", re.I)
PREVIOUS = re.compile(
    r"\b(?:last|latest|previous|prior|preceding|earlier|most recent|past|first met|had first met|last met|inaugural)\b",
    re.I,
)
NEXT = re.compile(r"\b(?:next|upcoming|coming|following|forthcoming|future)\b", re.I)
ALLIED = re.compile(
    r"\b[Aa]lliance's (?:own )?[Dd]efen[cs]e [Mm]inisters\b|\bAllied (?:[Dd]efen[cs]e )?[Mm]inisters\b|"
    r"\b[Mm]inisters (?:of [Dd]efen[cs]e )?of the [Aa]lliance\b"
)
VIRTUAL = re.compile(
    r"\b(?:virtual(?:ly)?|online|video[- ]?(?:conference|link|call)|teleconference|remote(?:ly)?|via video)\b", re.I
)
HYBRID = re.compile(r"\bhybrid\b", re.I)
IN_PERSON = re.compile(r"\b(?:in person|in-person|face-to-face)\b", re.I)
# "the coalition", "the Compact": the group last named. "it met", "which meets": the same where a group is the subject.
GROUP_ANAPHOR = re.compile(
    r"\b(?:(?:[Tt]he|[Tt]hat|[Tt]his) (?:[\w-]+[- ]){0,2}?(?:group|coalition|[Cc]ompact|initiative|[Dd]ialogue|"
    r"[Pp]ool|platform|club|format)\b"
    r"(?! of|'s| for)|(?<=when )it\b|(?<=, )which\b|(?:(?<=^)|(?<=\. ))It\b)"
)
PRONOUN_STATE = re.compile(
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
    r"\b(?:at|for|of|to|during|after|before|attend\w*|chair\w*|host\w*|of the \w+) (?:the |a )?(?:[\w-]+ )?$"
)
