"""What shows that a state or organisation takes part in a meeting: patterns over folded sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.absence import elsewhere, preparing
from extraction.folded_offices import CAPITAL, DEMONYM, GROUP, MEETING, NATION, OFFICE, ORGANISATION, PERSON
from extraction.folding import Fold
from extraction.screening import Screen

# Never parties to such a meeting, however often an article names them.
ADVERSARIES = frozenset(["RU", "BY", "KP", "IR"])
AGENT = "[\ue000-\ue9ff]"
_LINK = (
    r"(?:,? and | ?, |; |,? as well as |,? alongside |,? together with |,? along with |,? plus |,? or | / )"
    r"(?:also |then |later |)(?:representatives |officials |)(?:from |of |for |by |that of |those of |)"
    r"(?:the |a |an |its |his |her |my |our |)"
)
CHAIN = rf"{AGENT}(?:{_LINK}{AGENT})*"
LONG_CHAIN = rf"{AGENT}(?:{_LINK}{AGENT}){{2,}}"
AUX = (
    r"(?:'(?:m|ve|ll|d|re|s)\b)?(?:,? (?:delighted|pleased|happy|glad|proud|honou?red|privileged|will|would|is|"
    r"are|was|were|has|have|had|be|been|being|to|also|all|each|both|again|then|likewise|too|"
    r"himself|herself|set|due|expected|scheduled|planning|plans|intends|going|among those|by video|in person|"
    r"there|as well|in turn|jointly|now|currently|still|usually|together|this year|"
    r"today|this week|yesterday|himself in person|for the \w+ time|once again|once more|earlier|later|personally|"
    r"formally|just|(?:great |distinct )?(?:honou?r|privilege|pleasure)(?= to\b)|"
    r"for (?:his|her|"
    r"its|their) part|(?!on)\w+ly|"
    # "Norway on Wednesday hosted", "Austin on Feb. 12 will host": when it was said or happens.
    r"on (?:[A-Z][a-z]+day|(?:[A-Z][a-z]+\.? )?\d{1,2}(?:st|nd|rd|th)?(?: [A-Z][a-z]+)?))\b)*,?"
)
_JOIN_VERB = (
    r"(?:attend(?:s|ed|ing)?|took part|tak(?:e|es|ing) part|participat(?:e|es|ed|ing)|join(?:s|ed|ing)?|"
    r"present\b(?! an? (?!observer|guest))|represented|at the table|in the room|in attendance|"
    r"on (?:the )?(?:line|screen|hand|call)|connected|logged in|dial(?:l?ed|s) in|dial in|sat\b|"
    r"came\b|come\b|coming\b|gather(?:s|ed)?|met\b|meet\b|"
    r"among (?:those|them|the (?:participants|attendees|guests|speakers|attending|countries|nations|states))\b|"
    r"address(?:es|ed)?|brief(?:s|ed)?|listened|deputised|stood in|spoke\b(?! (?:with|by|of|about|out|to (?:reporters|"
    r"journalists|the press))\b)|speaks?\b|"
    r"following\b|sen(?:ds?|t|ding) (?:observers|officials|[a-z-]+ ministers|[a-z-]+ officials|deput(?:y|ies)|"
    r"delegations|representatives|people|a |their|its)|follow(?:s|ed)|flew|travel(?:s|led|ed)? "
    r"to|"
    r"went|seated|another speaker|guests?\b|observers?\b(?! status)|appear(?:s|ed)|intervened|dropped in|"
    r"looked in|arrived|"
    r"report(?:s|ed)(?= (?:on|to|about|back|from|by|the)\b)|present(?:s|ed) |listen in|there\b|debut)"
    # "will participate in the programme", "joined the war": not the meeting.
    r"(?! (?:in |to |of )?(?:the |this |that |an? |its |their )?(?:[\w'-]+ ){0,3}?(?:programmes?|programs?|"
    r"initiatives?|coalitions?|projects?|schemes?|missions?|operations?|exercises?|wars?|arguments?|"
    r"invasion|procurement|purchases?|funds?|"
    r"production|investments?|elections?|alliance|union|bloc)\b)"
)
# "the US presidential election", "the convention" host nothing.
_HOST_VERB = r"(?:host\w*|chair\w*|conven(?:e[sd]?|ing)\b|presid(?:e[sd]?|ing)\b|lead(?!er)\w*|led\b)"
_PLEDGE_VERB = (
    r"(?:pledg\w+|promis\w+|announc\w+|offer\w*|contribut\w+|brought|brings?|adds?|added|commit\w*|donat\w+|"
    r"provid\w+|give[sn]?|gave|send(?:s|ing)?|sent|deliver\w*|spend|puts? (?:in|up|down|the|another|an?|\S?\d)|"
    r"put (?:in|up|down)|pay(?:s|ing)?|paid|supply|suppl\w+|earmark\w*|allocat\w+|financ\w+|fund(?:s|ed)?|invest\w*|"
    r"transfer\w*|hand(?:s|ed|ing)? over|chip\w* in|com(?:es?|ing) (?:up )?with|came (?:up )?with|led off|set aside|"
    r"unveil\w*|presented|made available|makes? available|ready to|stump\w* up|takes?|doubl\w+|rais\w+|carry)"
)
# "Sweden is preparing a new package of air defence", "Latvia will focus on supplying shells": help under way.
_AID = (
    r"(?:prepar(?:es?|ed|ing)|plan(?:s|ned|ning)?|work(?:s|ed|ing)? on|focus(?:es|ed|ing)? on|support(?:s|ed|"
    r"ing)?|train(?:s|ed|"
    r"ing)?|equip\w*|buy(?:s|ing)?|bought|purchas\w+|order(?:s|ed|ing)?|procur\w+|join(?:s|ed|ing)?|increas\w+|"
    r"expand\w*|"
    r"consider(?:s|ed|ing)?|participat(?:es?|ed|ing) in|boost\w*|step(?:s|ped|ping)? up|assist(?:s|ed|ing)?|"
    r"help(?:s|ed|ing)?|"
    r"will be(?:come)?|is to|are to)\b[^.;]{0,70}\b(?:packages?|ammunition|shells?|rounds|missiles?|"
    r"air[ -]defen[cs]e|systems?|"
    r"vehicles|tanks|drones?|artillery|howitzers|jets|aircraft|training|brigade|equipment|initiative|deliver\w+|"
    r"contributions?|weapons|support|aid|defen[cs]e industry|million|billion)\b"
)
_SPEECH_VERB = (
    r"(?:said|says|told|tells|added|adds|stressed|noted|explained|stated|declared|confirmed|warned|urged|recalled|"
    r"argued|insisted|remarked|cautioned|conceded|admitted|acknowledged|replied|answered|reiterated|underlined|"
    r"underscored|revealed|disclosed|thanked|praised|hailed|called|described|asked|welcomed|emphasi[sz]ed|commented|"
    r"put)\b"
)
# Who is said not to be there, whatever else the sentence lets him do.
_AWAY = (
    r"(?:stayed away|stays? away|absent|declined|dropped out|skip\w*|miss(?:ed|es)?|unable|no longer|put off|"
    r"cancel\w*|withdr\w+|refus\w+|had been invited|w(?:as|ere) invited|is no member|walk\w* out|"
    r"(?:not|never|n't)(?: \w+){0,2} (?:attend\w*|com(?:e|ing)|came|tak(?:e|ing) part|participat\w+|join\w*|there|"
    r"present|"
    r"represented|sen[dt]|send\w*|travel\w*|invited|among|able|a member|members?))"
)
_DENIAL = r"(?:not|never|n't)"
_OF_GROUP = (
    rf"(?:{GROUP}|(?:(?!(?:meeting|talks|session|call)\b)[\w-]+ ){{0,3}}"
    r"(?:coalition|initiative|group|alliance|programme|program|project|partnership)s?\b(?! meeting| session| talks))"
)
_BODIES = (
    r"(?i:representatives|ministers|officials|delegat\w+|directors|leaders|chiefs|colleagues|counterparts|envoys|"
    r"observers|commanders|ambassadors|people(?! of)|experts|participants|guests|partners|secretaries|those|heads|"
    r"advis[eo]rs|presidents|premiers|chancellors|generals|admirals|diplomats|dignitaries)"
)
# (name, pattern, whether relative clauses are left out first); `who` holds the parties.
_PATTERNS: tuple[tuple[str, re.Pattern[str], bool], ...] = tuple(
    (name, re.compile(pattern), core)
    for name, pattern, core in (
        # "Bulgaria and Japan also took part", "Austin, who attended"
        ("attends", rf"(?P<who>{CHAIN}){AUX} {_JOIN_VERB}", True),
        ("attends", rf"\b[Tt]he (?P<who>{DEMONYM}){AUX} {_JOIN_VERB}", True),
        ("attends-clause", rf"(?P<who>{AGENT}),? (?:who|which|whose [\w ]{{3,30}}?){AUX} {_JOIN_VERB}", False),
        # "Pistorius came for Germany, Lecornu for France"
        ("attends", rf"(?P<who>{PERSON}|{OFFICE}) for (?:the )?(?:{NATION}|{CAPITAL})", True),
        ("attends", rf"(?:together|along) with (?:the )?(?P<who>{CHAIN}),? {_JOIN_VERB}", False),
        ("pledges", rf"\b[Tt]he (?P<who>{DEMONYM}){AUX} {_PLEDGE_VERB}", True),
        ("hosts-clause", rf"(?P<who>{PERSON}|{OFFICE}),? who{AUX} (?:co-?)?{_HOST_VERB}", False),
        ("away", rf"(?P<who>{CHAIN})(?: -)?(?: (?!{_SPEECH_VERB})[\w']+){{0,4}}? ?{_AWAY}\b", True),
        ("absent", rf"(?P<who>{CHAIN})(?: -)?(?: (?!{_SPEECH_VERB})[\w']+){{0,4}}? ?{_DENIAL}\b", True),
        ("apart", rf"(?P<who>{CHAIN}){AUX} (?:consulted|informed|asked for|applied|no member|not members|affected|"
         r"considering (?:joining|membership|an? (?:bid|application)|whether)|interested|belongs?|eligible)", True),
        # "After the summit, the president spoke with", "prior to the meeting he met": not at the table either
        ("telephoned", rf"\b(?:[Aa]fter|[Bb]efore|[Ff]ollowing|[Aa]head of|[Pp]rior to) (?:the |this |that |today's )?"
         rf"(?:(?:[\w'-]+|{AGENT}|{GROUP}) ){{0,4}}?{MEETING},[^.;]{{0,40}}?\b(?:spoke|talked|met) with "
         rf"(?:the |his |her )?(?P<who>{AGENT})|"
         # "Before that he had spoken with"
         rf"\bhad (?:\w+ )?(?:spoken|talked|conferred) with (?:the |his |her )?(?P<who2>{AGENT})", False),
        # "spoke by telephone with": not at the table
        ("telephoned", rf"\b(?:(?:spoke\w*|talk\w*|call\w*)[^.;\ue000-\uebff]{{0,12}} by (?:tele)?phone|"
         rf"(?:tele)?phone (?:call|conversation|talks)) with (?:the |his |her )?(?P<who>{AGENT})", False),
        ("away", rf"\b(?:without|except(?: for)?|instead of|rather than|absence of|apart from) (?:the "
         rf")?(?P<who>{CHAIN})",
         True),
        # "attended by", "representatives of", "with him were", "as did Belgium"
        # "attended by more than 40 nations, NATO and the European Union"
        ("led-in", rf"\b(?:attended by|joined by|representatives of|representatives from|"
         rf"delegations from)[^.;,\ue000-\ue9ff]{{0,24}} "
         rf"(?:nations|countries|states|allies|partners)(?:,| and|, and|,? as well as|"
         rf",? plus) (?:the )?(?P<who>{CHAIN})", False),
        ("led-in", rf"\b(?:attended by|joined by|participation of|presence of|flanked by|attendance of|"
         rf"accompanied by|addressed by|briefed by|(?<!was )(?<!been )hear[ds]? from|represented by|opened by|"
         rf"remarks by|speech by|invited)(?: also)? "
         rf"(?:the |{_BODIES} (?:of|from) (?:the )?)?(?P<who>{CHAIN})", False),
        ("bodies-of", rf"\b{_BODIES} (?:of|from) (?:[a-z-]+ ){{0,3}}(?:countries|nations|states)(?:,|:|,? including) "
         rf"(?P<who>{LONG_CHAIN})", True),
        ("bodies-of", rf"\b{_BODIES}(?: of (?:national )?(?:defen[cs]e|state|government|staff|delegation))?(?: "
         rf"(?:and|or) (?:of )?(?:defen[cs]e|government))? (?:of|from|for) (?:the )?(?P<who>{CHAIN})", True),
        ("with", rf"\bwith (?:the |his |her |{_BODIES} (?:of|from) (?:the )?)*(?P<who>(?:{PERSON}|{OFFICE})"
         rf"(?:{_LINK}{AGENT})*|{CHAIN}(?= (?:attending|taking part|observing|joining|present|as (?:an "
         rf")?(?:observers?|"
         r"guests?)|in attendance|represented)))", True),
        ("beside", rf"(?:{MEETING} between|\b(?:alongside|beside|besides|joined|met|meeting|meet|hosted|received|"
         rf"welcomed|hosting|"
         rf"(?:meeting|talks|session|place|held|consultations) between|among|brought together|includes?|"
         rf"(?<!members )including|among them|such as|namely|involving|thank(?:ed|ing)?)) "
         rf"(?:the |also |{_BODIES} (?:of|from) (?:the )?|representatives of |his |her |their |its |"
         rf"any )*(?P<who>{CHAIN})", True),
        ("inverted", rf"\b(?:[Pp]resent|[Tt]here|[Aa]ttending|[Aa]round the table|[Ww]ith (?:him|her|them|{PERSON})|"
         rf"[Ss]o|[Aa]s|table|part|room|down with {AGENT}|attendance|[Pp]articipants|[Gg]uests|[Ss]peakers)"
         rf"(?: \w+)? (?:were|was|is|are|did|had|sat|do|does)(?: \w+ (?:from|of))? (?:the )?(?P<who>{CHAIN})", True),
        # "Among those who looked in were the United States and Japan", "and so have the heads of government of Norway"
        ("inverted", rf"\b[Aa]mong (?:the |those |them|others)[^.;\ue000-\uebff]{{0,60}} (?:were|was|are|is)(?: "
         rf"also)? (?:the )?"
         rf"(?P<who>{CHAIN})|\b[Ss]o (?:have|has|will|would|can|does) (?:the |{_BODIES}(?: of (?:state|government))? "
         rf"(?:of|from) )*(?P<who2>{CHAIN})", True),
        # "Norway was host to Denmark and Estonia", "had the ministers of Latvia and Poland as his guests"
        ("beside", rf"\bhosts? to (?:the |{_BODIES} (?:of|from) (?:the )?)*(?P<who>{CHAIN})|"
         rf"\bha[ds] (?:the |{_BODIES} (?:of|from) (?:the )?)*(?P<who2>{CHAIN}),? as (?:his|her|its|their) guests?\b",
         True),
        # "connected by video link", "spoke to them online": from afar, but there
        ("attends", rf"(?P<who>{CHAIN})(?!'s? ){AUX} "
         rf"(?:(?!{_SPEECH_VERB})[\w-]+ ){{1,5}}?(?:(?:by|via|over|on|through) "
         rf"(?:an? |the )?(?:secure |live )?"
         rf"video\w*|virtually|remotely|online|from afar)\b", True),
        # "Around the table with the United Kingdom were Denmark and Estonia"
        ("inverted", rf"\b(?:[Aa]round|[Aa]t) (?:the|one) (?:[\w-]+ )?table (?:with|beside|alongside) "
         rf"(?:the )?(?P<who>{CHAIN}(?: (?:were|was|sat)(?: also)? (?:the )?{CHAIN})?)", True),
        ("pledges", rf"(?P<who>{CHAIN}){AUX} {_PLEDGE_VERB}(?! no\b)", True),
        ("pledges", rf"(?<!give )(?<!gives )(?<!given )(?<!giving )(?<!gave )(?<!send )(?<!sent )(?<!offer "
         rf")(?<!hand )"
         rf"(?P<who>{NATION}|{CAPITAL})(?: (?:a (?:further|new)|another|about|some|around|nearly|over|more than|"
         rf"up to))? [\u20ac$\xa3A-Z]{{0,3}}[\u20ac$\xa3]?\d[\d.,]*", True),
        # "Norway sets aside 150 million kroner", "The Hague has 325 million euros in two parcels"
        ("pledges", rf"(?P<who>{CHAIN}){AUX} (?!(?:will )?(?:receiv|get|need|block|continu|seek|want|ow|lack|obtain|"
         rf"fac|{_SPEECH_VERB})\w*)"
         r"(?:[a-z]{2,}(?:s|ed)|ha[sd]|have|will [a-z]+)\b(?: aside)? (?:[^\s.;,\ue000-\uebff]+ "
         r"){0,3}?[\u20ac$\xa3A-Z]{0,3}"
         r"[\u20ac$\xa3]?\d[\d.,]*[- ]?(?:million|billion|bn|mln|bln|m)\b", True),
        # "Spain promised two launchers, Sweden a package of 3 billion kronor and Canada another 500 million"
        ("pledges", rf"[,;] (?:and )?(?P<who>{NATION}|{CAPITAL}) (?:(?:a|an|another|its|some|about|nearly|up to|one|"
         r"two|three|four|five|six|ten|twelve) [a-z\d]|\S?\d)", True),
        # "Denmark and Estonia were represented by their ministers, Iceland by its ambassador"
        ("attends", rf"[,;] (?:and )?(?P<who>{NATION}) by (?:its|an?|the) ", True),
        ("pledge-of", rf"(?P<who>{NATION}|{CAPITAL})'s? (?:own )?(?:[\w-]+[ ,]){{0,4}}?(?:package|contribution|offer|"
         r"share|money|pledge|donation|aid|part|tranche|figure|billion|million|drawdown|gift|support)", True),
        ("pledge-of", rf"(?P<who>{DEMONYM}) (?:[\w-]+[ ,]){{0,4}}?(?:package|contribution|offer|share|money|pledge|"
         r"donation|aid|part|tranche|drawdown|gift)", True),
        ("aids", rf"(?:^|[.;:,] |while |and )(?:[Tt]he )?(?P<who>{NATION}|{CAPITAL}){AUX} {_AID}", True),
        ("pledge-from", rf"(?:\d|million|billion|bn|m|euros?|pounds|dollars|kron\w+|package|contribution|money|"
         rf"pledges?|"
         rf"offers?|tanks|jets|systems)\b[^.;\ue000-\uf002]{{0,30}} (?:from|by) (?:the )?(?P<who>{CHAIN})", True),
        # "From Lithuania come 20 million euros and from Iceland five million"
        ("pledge-from", rf"\b[Ff]rom (?:the )?(?P<who>{CHAIN})(?: (?:will )?(?:comes?|came|there (?:is|are|was|were))|"
         rf"(?: (?:another|some|about|up to|an?))? (?:[\u20ac$\xa3]?\d|\w+ (?:million|billion)))", True),
        ("pledge-listed", rf"(?:(?:^|[;\n] ?)-?|[•*✅] ?|\([a-z]\) |"
         rf"\b[a-z]\) )(?:the )?(?P<who>{CHAIN}) ?[:\u2014\u2013-]",
         True),
        ("speaks", rf"(?P<who>{PERSON}|{OFFICE}){AUX}(?:, [^,]{{0,60}},)? {_SPEECH_VERB}", True),
        ("speaks", rf"\b{_SPEECH_VERB} (?P<who>{PERSON})(?=[,.]|$)", True),
        # "Norway said it would send 20 tanks", "Berlin confirmed that"
        ("state-speaks", rf"(?P<who>{NATION}|{CAPITAL}){AUX} {_SPEECH_VERB}", True),
        ("acts", rf"(?P<who>{PERSON}|{OFFICE}){AUX} (?:[a-z]+(?:ed|es|s)\b|(?:will|is to|due to) [a-z]+\b)", True),
        ("at-meeting", rf"(?P<who>{CHAIN})[^.;]{{0,80}}?\b(?:at|in|to|for|during|into|of|on) (?:the |this |that |a |"
         rf"an |"
         rf"its |\w+ |\d+\w+ ){{0,5}}(?:{GROUP} )?{MEETING}", True),
        ("list", rf"(?P<who>{LONG_CHAIN})", True),
        # "the ministers of the group (A, B and C) met", "met in Oslo: A, together with B": those who met.
        ("assembled", rf"\b(?:[Mm]inisters|[Cc]hiefs|[Ll]eaders|[Dd]irectors|[Rr]epresentatives)\b[^.;(]{{0,80}}\("
         rf"(?:[a-z]+ (?:of )?)?(?:the )?(?P<who>{LONG_CHAIN})[^)]*\) (?:\w+ )?(?:met|meet|gathered|convened|held)\b|"
         rf"\b(?:met|gathered|convened|meeting)\b[^.;]{{0,80}}(?::| -| \u2013|"
         rf" \u2014) (?:the )?(?P<who2>{LONG_CHAIN})|"
         rf"\b(?:participating|attending) (?:countries|nations|states) ?(?:were|are|:|\u2014|\u2013|-|,) ?(?:the )?"
         rf"(?P<who3>{LONG_CHAIN})", False),
        ("members", rf"(?:groups|comprises?|compris\w+|members?(?: are|:|,? including)?|[Mm]ember (?:nations|"
         rf"states|countries)"
         rf"(?: are)?:?|made up of|consists? of|consisting of|composed of|also includes?|[Tt]hese are|unites|counts|"
         rf"belong|leads?|includes?) ?(?:the )?(?P<who>{CHAIN})|\((?:[a-z]+ (?:of )?)?(?P<who3>{LONG_CHAIN})|"
         rf"(?P<who2>{LONG_CHAIN}) (?:make up|belong|are (?:all )?(?:among )?(?:its |the |their )?(?:other |"
         r"founding |current )?members|formed|founded|have (?:already |so far )?signed)", False),
        # "Spain and Estonia have joined this initiative", "Latvia and Britain lead the drone coalition"
        ("joins-group", rf"(?P<who>{CHAIN}){AUX} (?:newly |since |formally |"
         rf"(?:want|wish|plan|hope|intend|ask|appl)\w* to )*(?:join\w*|(?:co-?)?(?:lead|leads|led)) "
         rf"(?:this |the |a |an |its |that )?{_OF_GROUP}|"
         rf"\b(?:countries|states|nations) (?:have |has )?(?:already |now |so far )*joined(?: it)?:? ?"
         rf"[\u2014\u2013:-]+ ?(?P<who2>{CHAIN})|"
         rf"\b(?:wish|desire|request|bid|application|decision)s? (?:of|by|from) (?P<who3>{CHAIN}) to join\b|"
         rf"\b(?:[Ii]nitiative|[Cc]oalition|{GROUP}) includes?\b[^.;\ue000-\uebff]{{0,50}}[\u2014\u2013:-]+ ?"
         rf"(?P<who4>{CHAIN})", False),
        ("possessor", rf"(?P<who>{PERSON}|{NATION}|{CAPITAL}|{ORGANISATION})'s?\b", True),
        ("of-hosting", rf"(?P<who>{CHAIN}){AUX} (?:co-?)?{_HOST_VERB}", True),
        ("receives", rf"\b(?:for|to|support|supporting|help|helps|helping|arm|arming|back|of|aid|in|against|on) "
         rf"(?:the )?(?P<who>{CHAIN})", True),
        # "told by Malta", "one of those with Spain": in whose company.
        ("company", rf"(?<!ties )(?<!relations )(?<!border )(?<!war )(?<!cooperation )\b(?:with|between|among|(?:told|"
         rf"joined|attended|signed|presented|given|announced|represented|followed|introduced|briefed|opened|said|"
         rf"shared|met) by) "
         rf"(?:the |its |their )?(?P<who>{CHAIN})", True),
        # "to visit China", "ties with China", "threats from China": of whom something is said, or to whom it is done.
        ("object", rf"\b(?:visit(?:s|ed|ing)?|about|over|into|towards?|beyond|like|than|off|"
         rf"(?:ties|relations|relationship|borders?|war|dispute|trade|cooperation|agreement|deal|contract)s? (?:with|"
         rf"between|"
         rf"among)|(?:threats?|aggression|pressure|provocations?|purchase[sd]?|imports?|bought|ordered)(?: "
         rf"\w+){{0,4}}? from|"
         rf"(?:accus|attack|invad|threaten|condemn|criticis|criticiz|urg|sanction|deter|defend|protect|leav|enter|"
         rf"border)\w*) "
         rf"(?:the |its |their )?(?P<who>{CHAIN})", True),
        # "The meeting came as Blinken prepared to visit China": what went on meanwhile.
        ("meanwhile", rf"(?:{MEETING}|\b(?:met|meet|gathered|convened|took place|was held|were held|comes?|"
         rf"came)\b)[^.;]*?\b(?:"
         rf"(?<!such )as|while|amid|although|because|days after|hours after|weeks after|a (?:day|week) after|in "
         rf"response to)\b"
         rf"[^.;\ue000-\uebff]{{0,60}}?(?P<who>{AGENT}[^.;]*)", True),
        # "The gathering comes after officials travelled to Kyiv for talks with", "The meeting follows a visit by": no
        # part of it either.
        ("circumstance", rf"^(?:(?!After|Before|Following)[\w-]+ ){{0,3}}?(?:{MEETING}|{GROUP}|[Ii]t|"
         r"(?i:gathering|meeting|session|summit|talks))[^.;,\ue000-\uebff]{0,40}? "
         r"(?:(?:comes?|came|is coming|takes place|took place|was held|is being held) "
         r"(?:just |only |barely |shortly |[\w-]+ (?:days?|hours?|weeks?|months?) )?"
         r"(?:after|as|amid|before|ahead of|while|in response to)|(?:follow(?:s|ed)|preced(?:es|ed)) "
         r"(?:an?|the|his|her|last)) [^.;\ue000-\uebff]{0,80}?(?P<who>[\ue000-\uebff][^.;]*)", False),
        # "in Poland", "the U.S. air base"
        ("located", rf"\b(?:in|at|near|to|for) (?:[Tt]he )?(?:(?:north|south|east|west|central)\w* "
         rf")?(?P<who>{NATION}|{CAPITAL})|"
         rf"(?P<who2>{NATION}|{CAPITAL}) (?:air |military |naval )?base\b|"
         # "in Toledo, Spain", "the Vilnius Summit", "the Brussels meeting"
         rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Tt]o|[Oo]utside) (?:the )?[A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*, "
         rf"(?P<who3>{NATION})|"
         rf"(?P<who4>{CAPITAL}) (?:(?:[A-Z][\w-]+|{MEETING}|\uf001)(?=\W|$))", True),
        # "Ukrainian regions", "the U.S.-led allies", "American weapons": what is only called after a state.
        ("modifier", rf"(?P<who>{DEMONYM})|(?P<who2>{NATION}|{CAPITAL})(?:-[\w\ue000-\uebff]|(?: [a-z-]+)? "
         r"(?:efforts?|forces|troops|weapons|arms|support|aid|war|invasion|aggression|membership|territory|soil|people|"
         r"air defen[cs]es?|military|army|navy|priorities|economy|industry|relations|ties|alliance|strategy|policy|"
         r"commitment|state visit|election|administration)\b)", True),
        # "Italy and Spain may be asked to join later", "Poland has in recent weeks bought": not there and then.
        ("hypothetical", rf"(?P<who>{CHAIN}) (?:may|might|could|would|should|if)\b", True),
        ("earlier", rf"(?P<who>{CHAIN})(?:'s)?(?: [\w']+){{0,3}}? (?:recently|lately|previously|long|in recent "
         rf"(?:days|weeks|months|years)|"
         r"(?:in|over|during) the (?:past|last) |earlier (?:this|in) )", True),
        # "announced that Türkiye had applied to join", "said that": of whom something is told.
        ("reported", rf"\b(?:{_SPEECH_VERB}|announc\w+|stat(?:es|ing)|declares|assured|not(?:es|ing)|recogni[sz]\w+|"
         rf"agreed|"
         rf"discuss\w*|concern\w*|about) [^.;]{{0,40}}?\b(?:that|how|whether|what) [^.;\ue000-\uebff]{{0,40}}?"
         rf"(?P<who>{AGENT}[^.;]*)", True),
        ("agrees", rf"(?P<who>{CHAIN}){AUX} (?:agree|decide|discuss|approve|establish|launch|adopt|review)\w*",
         True),
        ("speaks-for", rf"\b(?:according to|quoted|cited) (?P<who>{PERSON}|{OFFICE})", True),
    )
)  # fmt: skip


_SCREEN = Screen([pattern for _, pattern, _ in _PATTERNS])
_DENIABLE = frozenset(["beside", "led-in", "with", "bodies-of"])
_DENIED = re.compile(r"(?:\bnot|n't|\bnever|\bwithout)(?: \w+)? $")
# In these the party is the subject: "in Brussels on Friday will gather" has another.
_SUBJECT = frozenset(["attends", "at-meeting", "pledges", "aids", "away", "absent", "apart", "of-hosting", "agrees"])
# "sites in Belgium, Denmark and Norway", "half of it for Latvia, Spain and Malta": a list of those who are not there.
_NO_LIST = re.compile(
    r"\b(?i:in|to|for|against|across|near|on|around|through|throughout|support(?:s|ed|ing)?|help(?:s|ed|ing)?|arm(?:s|"
    r"ed|"
    r"ing)?|(?:congratulat|prais|commend|applaud|condemn|urg|accus|deter|defend)\w*) (?:the )?$"
)
# What a preposition leads in is no subject, but for the states of "the ministers of Latvia and Spain".
_LED_IN = re.compile(
    r"(?:\b(?P<body>[\w-]+) (?:here |there |today |present )?)?"
    r"\b(?P<by>[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ii]nto|[Ww]ithin|[Tt]o|[Tt]owards?|[Aa]gainst|"
    r"[Bb]etween|[Vv]ia|"
    r"[Ff]or|[Oo]n|[Aa]bout|[Oo]ver|[Ff]rom|[Oo]f|[Aa]cross|[Tt]hrough|[Uu]nlike|[Dd]espite|[Ww]ith|[Ww]ithout|"
    r"(?:[Ss]upport|[Hh]elp|[Aa]rm|[Aa]id|[Bb]ack|[Ss]uppl[yi]|[Aa]ssist|[Ee]quip|[Ii]nvad|[Aa]ttack|[Dd]efend|[Gg]iv|"
    r"[Ss]end|[Ss]ent|[Gg]ave|[Oo]ffer|[Pp]romis|[Pp]ledg|[Gg]rant|[Hh]and|[Ll]end)(?:e?[sd]|ed|ing|e|en|y)?) "
    r"(?:[Tt]he )?$"
)
_BODY = re.compile(
    rf"{_BODIES}|state|government|defen[cs]e|ministers?|secretary|chief|all|both|most|each|some|one|none|half"
)
# "With Germany behind it, Poland pledged", "In Berlin, Poland announced": after a comma the next is the subject.
_FRESH = re.compile(rf"(?P<one>{AGENT}), (?:the )?(?P<last>{AGENT})$")
# "In Brussels, Germany, Norway and Poland announced": states after a town are the subject, and all of them.
_AFTER_TOWN = re.compile(rf"(?P<one>{CAPITAL}), (?:the )?(?P<rest>(?!{CAPITAL}){AGENT}.*)")


def _subject(fold: Fold, text: str, start: int, who: str) -> str:
    """The parties of a chain that may be the subject of the verb after it: all, the last ones, or none."""
    led = _LED_IN.search(text, max(0, start - 40), start)
    if led is None or (led["by"].lower() in ("of", "from") and _BODY.fullmatch((led["body"] or "").lower())):
        return who
    fresh = _AFTER_TOWN.fullmatch(who) or _FRESH.search(who)
    if fresh is None:
        return ""
    subjects = fresh["rest"] if fresh.re is _AFTER_TOWN else fresh["last"]
    # "to Vilnius, Lithuania, to attend": a town and its state.
    first = next(c for c in subjects if c in fold.parties)
    return "" if fold.parties[fresh["one"]].value == fold.parties[first].value else subjects


def _of_adversaries(fold: Fold, who: str) -> bool:
    """Are those feared among the listed: "China, Iran and Russia"?"""
    return any(fold.parties[c].value in ADVERSARIES for c in who if c in fold.parties)


def signs(fold: Fold) -> Iterator[tuple[str, str]]:
    """(character of the party, name of the pattern) for each pattern that a party of the segment stands in."""
    if not fold.parties:
        return
    absent = preparing(fold.text)
    yield from ((character, "away") for character in absent if character in fold.parties)
    in_text = _SCREEN.possible(fold.text)
    in_core = in_text if fold.core == fold.text else _SCREEN.possible(fold.core)
    for index in sorted(in_text | in_core):
        name, pattern, without_relatives = _PATTERNS[index]
        if index not in (in_core if without_relatives else in_text):
            continue
        text = fold.core if without_relatives else fold.text
        for match in pattern.finditer(text):
            if name == "list" and _of_adversaries(fold, match["who"]):
                continue
            if name == "list" and _NO_LIST.search(text, max(0, match.start() - 20), match.start()):
                town = _AFTER_TOWN.fullmatch(match["who"])
                for character in town["rest"] if town is not None else ():
                    if character in fold.parties:
                        yield character, name
                continue
            # "talks that did not include their American counterparts"
            denied = name in _DENIABLE and _DENIED.search(text, max(0, match.start() - 12), match.start()) is not None
            who = next((group for group in match.groups() if group), "")
            if name in ("list", "beside") and elsewhere(text, match.span("who")):
                continue
            if name in _SUBJECT:
                who = _subject(fold, text, match.start("who"), who)
            for character in who:
                if character in fold.parties and character not in absent:
                    yield character, "away" if denied else name
