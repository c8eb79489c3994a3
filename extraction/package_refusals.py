"""Words that say why a sum is no package: totals, budgets, contracts, loans, prices, crimes."""

from __future__ import annotations

import re

from extraction.screening import Screened

# Why a sum is no package, each with the reason it is refused for.
REFUSALS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "cumulative",
        re.compile(
            r"\bsince (?:the |its |their |his )?(?:start|beginning|outbreak|onset|full|invasion|war|Russia|February|"
            r"Moscow|20\d\d|last|taking)|"
            r"(?<!support provided )(?<!aid provided )(?<!assistance provided )(?<!support given )(?<!aid given )"
            r"\bso far\b|\bto date\b|"
            r"\bbring(?:s|ing)? (?:the |its |their |our )?(?:total|overall|combined)|\bcumulative\b|"
            r"\bin total since\b|\bover the (?:course of the )?(?:past|last)\b|"
            r"\bhas (?:now |already )?(?:provided|committed|given|sent|supplied|donated|contributed|"
            r"spent) (?:\w+ ){0,4}?(?:more than|over|about|some|nearly|almost|around|\W?\d(?!\d?(?:st|nd|rd|th)\b))|"
            r"\b(?:aid|assistance|support|help|contributions?) (?:\w+ ){0,3}(?:has|have) "
            r"(?:totall?ed|reached|exceeded|topped|amounted to|passed|surpassed)\b(?=[^.;,]{0,25}\d)|"
            r"\b(?:has|have) (?:now |already |so far |by now )(?:totall?ed|reached|exceeded|topped|amounted to|"
            r"come to)\b(?=[^.;,]{0,25}\d)|\bhad (?:by then )?come to\b(?=[^.;,]{0,12}\d)|"
            r"\b(?:total|combined|overall) (?:value|worth|cost|sum|amount) of (?:[\w-]+ ){0,6}(?:packages|deliveries|"
            r"donations|supplies)\b[^.;]{0,60}\b(?:amounts?|stands?|is|reach\w*|exceeds?)\b|"
            r"\b(?:has|have) (?:now|so far|already|by now) (?:\w+ )?(?:provided|committed|given|sent|supplied|donated|"
            r"contributed|spent)\b|\bcontributions (?:now )?(?:stand|amount|add up|come)\b|"
            r"\bhave (?:now |already )?(?:provided|committed|given|sent|supplied|donated|contributed|"
            r"spent) (?:\w+ ){0,4}?(?:more than|over|about|some|nearly|almost|around)|"
            r"\bin (?:the )?(?:\w+ )?(?:\w+ )?years of (?:the )?(?:full-scale )?(?:war|fighting|invasion)\b|"
            r"\b[Bb]y the time\b|\bon \d+ occasions\b|"
            r"\b(?:aid|assistance|support|help) (?:(?:to|for|from) [A-Z][\w ]{1,30} )?(?:now )?"
            r"(?:tops|topped|passes|passed|surpass\w*|exceed\w*|adds? up to|has hit|crosse[sd])\b|"
            r"\bcontributions of\b.*\bin total\b|\bsince then\b|\bsince (?:the |last )?(?:spring|summer|autumn|fall|"
            r"winter|January|March|April|May|June|July|August|September|October|November|December)\b|"
            r"\bup to now\b|\buntil now\b|\bthus far\b|\ball told\b|\bpassed the mark\b|"
            r"\btotal contributions\b|\baltogether since\b|\bin absolute terms\b|\bleads? the (?:table|list|ranking)\b|"
            r"\b(?:aid|assistance|support|help|contributions?)\b[^.;]{0,40}\bstands? at\b|"
            r"\b(?:comes|ranks|follows) (?:first|second|third|fourth|next)\b[^.;]{0,30}\bwith\b|"
            r"\b(?:aid|assistance|support|help|contributions?)\b[^.;]{0,60}"
            r"\bnow (?:amounts?|comes?|adds? up|stands?|totals?|runs?)\b|"
            r"\b(?:packages|tranches)\b[^.;]{0,60}\b(?:have|had) (?:already |now )?been \w+,? (?:and )?"
            r"(?:total+ing|worth|valued at)\b",
            re.I,
        ),
    ),
    # How much an authority may give is no gift: "raised the cap on this authority from $100 million to $11 billion".
    (
        "ceiling",
        re.compile(
            r"\b(?:rais|increas|lift|lower|set)\w* (?:\w+ )?(?:cap|ceiling|limit)\b|"
            r"\b(?:cap|ceiling|limit) on\b(?=[^.;]{0,60}\bauthorit)|"
            r"\b(?:cap|ceiling|limit)\b[^.;]{0,40}\b(?:raised|increased|lifted|stands|lies|set) (?:to|at)\b",
            re.I,
        ),
    ),
    (
        "own forces",
        re.compile(
            r"\b(?:for|on) (?:its|their|our|his|her|the country's) own (?:armed )?(?:forces|army|navy|military|"
            r"stocks?|use|defen[cs]e)\b|\bown \w+(?: \w+)? (?:programme|program),|"
            r"\bfor (?:the )?(?:national|homeland|its|their) defen[cs]e\b|"
            r"\bspend\w*\b[^.;]{0,60}\bon (?:its|their) (?!support|aid|help|contribution)\w+ (?:programme|program|"
            r"fleet|forces?|army|navy)\b|"
            r"\bspend\w*\b[^.;]{0,60}\bon (?:its |the |their )?(?:armed forces|defen[cs]e|military|army|navy)\b|"
            r"\beconomic output\b",
            re.I,
        ),
    ),
    (
        "finance",
        re.compile(
            r"\bbond market\b|\bstock market\b|\bvoted down\b|\bconscript\w*|\bopposition motion\b|"
            r"\binsur(?:ance|ers?|ed)\b|\bshares? the risk\b",
            re.I,
        ),
    ),
    (
        "borrowing",
        re.compile(
            r"\bbonds?\b|\bborrow\w*|\bdebts?\b|"
            r"\b(?:defen[cs]e|military|rearmament|low-interest|cheap) loans?\b|"
            r"\bloans? (?:packages?|schemes?|facilit\w+|"
            r"programmes?|program|instrument)\b",
            re.I,
        ),
    ),
    ("own forces", re.compile(r"\b(?:Pacific|European) Deterrence Initiative\b")),
    (
        "cut",
        re.compile(
            r"\b(?:cuts?|cutting|trim\w*|slash\w*|saves?|saved)\b|"
            r"\b(?:is|are|was|were|be|been) (?:dropped|put off|shelved|scrapped)\b",
            re.I,
        ),
    ),
    (
        "budget",
        re.compile(
            r"(?<!from )(?<!out of )\b(?:draft|record|lay(?:s|ing)?|laid|the|next year's) budget\b(?! committee)|"
            r"\b(?:defen[cs]e|military|annual|national|federal|state) (?:budget\w*|spending|expenditure|outlays)\b|"
            r"\bappropriation\w* for defen[cs]e\b|\bspend(?:ing)? on defen[cs]e\b|"
            r"(?<!from the )(?<!out of the )\bbudget (?:of|for|rose|will)\b|\bown budget\b",
            re.I,
        ),
    ),
    (
        "crime",
        re.compile(
            r"\bembezzl\w*|\bbrib\w+|\bfraud\b|\bkickbacks?\b|\blaunder\w*|\bransom\b|\breward of\b|\bfroze\b|"
            r"\b(?:was|were|been) fined\b|\bstolen\b|\bsmuggl\w*",
            re.I,
        ),
    ),
    (
        "industry",
        re.compile(
            r"\b(?:ship)?yards?\b|\bshipbuild\w*|\bindustrial base\b|\b(?:building|construction) of submarines\b|"
            r"\bsubmarine (?:industr\w+|building|construction|production)\b",
            re.I,
        ),
    ),
    ("gdp", re.compile(r"\bGDP\b|\bgross domestic product\b", re.I)),
    (
        "contract",
        re.compile(
            r"\bcontracts?\b|\bdeal with\b|\bawarded\b|\border book\b|\bbooked\b|"
            r"\b(?:the|its|their) books (?:hold|are)\b|\bdividends?\b|\brevenues?\b(?! (?:of|from) )|"
            r"\bprofits?\b(?! (?:of|from|generated) )|\bsales?\b|\bturnover|\bshares? (?:price|rose|fell)|"
            r"\binvestors\b|"
            r"\bframework agreement\b|\bcall-off\b|\bpossible sale|\bin a deal\b|\bnotified\b|"
            r"\bfortune\b|\bforeign military sale|\border's value\b|\b(?:order|one) over\b|"
            r"\b(?:lets?|allows?|enables?|clears?) (?:Ukraine|Ky[ii]v) (?:to )?buy\b|"
            r"\b(?:arms|armaments|defen[cs]e) (?:concern|maker|manufacturer|company|firm|giant|contractor) "
            r"(?:said|announced|reported|confirmed)\b",
            re.I,
        ),
    ),
    # What works make and states let be sold is nobody's gift, nor is what a maker puts into works of its own.
    (
        "output",
        re.compile(
            r"\b(?:turn(?:s|ed)? out|churn(?:s|ed)? out|produc(?:e|es|ed)|manufactur(?:e|es|ed)|export(?:s|ed)?|"
            r"exports of|(?:can|could|to) (?:make|build))\b[^.;,]{0,50}\b(?:for|worth|of|valued at) "
            r"(?:about |some |around |over |nearly |more than |almost |up to )?"
            r"(?=[$\u20ac\u00a3\d]|[A-Z]{2,3}[$ ]|an? (?:m|b)illion)|"
            r"\b(?:by way of|through|via) third countries\b|"
            r"\b(?:maker|firm|company|manufacturer|start-?up|concern|producer)\b[^.;]{0,40}"
            r"\b(?:invest\w*|puts?|spends?)\b[^.;]{0,60}\b(?:factory|plant|works|line)\b",
            re.I,
        ),
    ),
    # "A package of 100 million dollars may be a lorry of missiles": any such package.
    (
        "in general",
        re.compile(r"\b[Aa]n? (?:\w+ )?(?:package|pledge|tranche|gift) of [^.;]{3,40} (?:may|might|can) (?:be|mean)\b"),
    ),
    (
        "denied",
        re.compile(
            r"\b(?:denied|denies|dismissed|rejected) (?:an? |the |these )?(?:\w+ )?(?:reports?|claims?|rumou?rs)\b|"
            r"\b[Nn]obody (?:[\w,]+ ){0,8}knows of such\b|"
            r"\b(?:imagine|could have (?:bought|paid|given|had))\b",
            re.I,
        ),
    ),
    (
        "civil",
        re.compile(
            r"\b(?:humanitarian (?:aid|assistance|support|relief|work|help|needs|purposes|efforts|operations)|"
            r"reconstruction|budget(?:ary)? support|"
            r"macro-?(?:financial|economic)|USAID|"
            r"(?<!military and )(?<!defen[cs]e and )financial (?:aid|assistance|support|help)\b(?! and military)|"
            r"civil(?:ian)? (?:needs|support|aid|assistance|purposes)|"
            r"energy (?:aid|support|sector|infrastructure|grid|system|equipment)|"
            r"(?:natural |for |buy |buy more )gas|gas (?:purchases|imports)|"
            r"(?:border )?crossings?(?! (?:equipment|gear|systems?))|railways?|"
            r"grain|refugees|displaced|psycholog\w+|roads?|motorways?|pensions?|farmers?|schools?|hospitals?|"
            r"prosthe\w+|artificial limbs|clinics?|amputees|cemeter(?:y|ies)|memorials?|museums?|"
            r"fire engines|(?:rescue|emergency) (?:service|workers|teams?)|"
            r"medicines?|incubators|shelters?|police (?:forces?|officers)|chaplains|"
            r"rebuild\w*|frozen assets|damages?|sanctions|trade|"
            r"economic (?:aid|assistance|support|help)(?! and military)|"
            r"demining of farmland|farmland|mines from (?:\w+ )?fields)\b",
            re.I,
        ),
    ),
    (
        "unit-price",
        re.compile(
            r"\bcosts? (?:Ukraine|Ky[ii]v)\b|\b(?:hall|building|crane|tower|runway|bridge|camp)s? costs?\b|"
            r"\bwould (?:yield|cost)\b|"
            r"\b(?:apiece|per (?:unit|round|shell|missile|drone|day|hour|month|year)|"
            r"a month(?! (?:later|ago|earlier|before|after))|price)\b|"
            r"\b(?:exercises?|drills?|manoeuvres|parade|ceremony)\b[^.;]{0,60}\bcosts?\b|"
            r"\b(?:shells?|rounds?|missiles?|drones?|rockets?|interceptors?|jets?|tanks?)\b[^.;,]{0,40}\beach\b",
            re.I,
        ),
    ),
    (
        "restated",
        re.compile(
            r"\b(?:converted|at current exchange rates?|exchange rate|works out at|in U\.?S\.? dollars)\b", re.I
        ),
    ),
)
# The words before a sum that make it the sum of all that was given: "takes Canberra's total contribution to".
ALL_GIVEN = Screened(
    r"(?:\b(?:tak|bring|rais|push|lift)\w* [^.;:]{0,60}\b(?:total|overall|combined)\b[^.;:]{0,80}\bto|"
    r"\btotal (?:support|aid|assistance|contributions?) (?:over|across|for|during) [^.;:]{0,30}"
    r"\b(?:reach\w*|to|is|was)|"
    r"\bsince [^.;:]{0,60}, for a total of|\b(?:support|aid|assistance|help) from 20\d\d (?:to|until) 20\d\d comes to|"
    r"\b(?:value|worth|cost|sum) of all [^.;:]{0,100}\b(?:is|was|to|at|reach\w*|exceeds?|now)|"
    r"\b(?:will|would|does|should) now total|\bmaking (?:this|it|that) a total of|"
    r"\b(?:tak(?:es?|ing)|bring(?:s|ing)?|lift(?:s|ing)?|rais(?:es?|ing)) "
    r"(?:(?:[A-Z][\w.]*(?: [A-Z]\w+)?'s?|its|their|our) )?(?:\w+ ){0,2}"
    r"(?:support|aid|assistance|contributions?|commitments?)\b[^.;:]{0,60} to|"
    r"(?:'s|\bits|\btheir|\bour) (?:total|overall) (?:\w+ ){0,3}(?:support|aid|assistance|contributions?|help|"
    r"commitments?)\b[^.;:]{0,60}\b(?:to|reach\w*|at|exceeds?|is|are|now|past|total\w*))"
    r" (?:about |over |around |almost |nearly |some |more than |a )?$",
    re.I,
)
# "The more than $60 billion provided in military aid": what has been given by now, told as known.
GIVEN_BEFORE = re.compile(r"\b[Tt]he (?:more than |over |nearly |almost |about |around |some |roughly )?$")
GIVEN_AFTER = re.compile(
    r" (?:(?:already|so far) )?(?:provided|given|sent|supplied|donated|disbursed|delivered)\b"
    r"(?! (?:by|under|through)\b)"
)
# "which includes at least $23 billion of weapons": parts of what was given, unless they are news.
PART_OF_GIVEN = re.compile(
    r"\b(?:includ(?:es|ed|ing)|of which|of that|of it) (?:at least |about |some |more than |nearly |around |over )?$"
)
# "Its largest package since the invasion", "the biggest so far": one package, set against those before it.
RECORD = re.compile(
    r"\b(?:largest|biggest|highest|greatest|most \w+|first|second|third|\d+(?:st|nd|rd|th)|"
    r"(?:\w+ty-)?(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|\w{3,6}teen|\w{3,6}tie)th|"
    r"\w+ty-(?:first|second|third))\b(?:,? (?!whose\b|which\b)[\w'.-]+){0,14},? $",
    re.I,
)
# "to which no Asian country had paid until now", "which has given no arms so far": nothing has come together.
_NOTHING_YET = re.compile(r"\b(?:no|not|n't|never|none|nobody|nothing|neither|hardly|without)\b[^,.;]{0,60}$", re.I)
# "$11 million more than last year": how far two sums are apart. "The $838 billion defence package": a state's outlays.
DIFFERENCE_AFTER = re.compile(
    r" (?:(?:more|less) than\b|higher\b|lower\b)|"
    r" (?:increase|rise|decrease|drop|gap|shortfall)\b|"
    r" (?:\w+ )?(?:is|are|was|were) (?:still )?(?:left|unspent)\b"
)
OUTLAYS_AFTER = re.compile(
    r" (?:\w+ )?(?:defen[cs]e|spending|government funding|appropriations?) (?:package|bill|act|law)\b", re.I
)
# "brings the total to $6.3 billion since 2021 and consists of $350 million": what it consists of is told anew.
CONSISTS = re.compile(r"\b(?:consist\w* of|compris\w+|is made up of|made up of|split into|includ(?:es|ing))\s", re.I)
# "Today's drawdown of $800 million brings to more than $2 billion the total since …": only the second is the total.
BRINGS = re.compile(
    r"\b(?:bring|tak|lift|rais|push)(?:e?s|ing)? (?:to\b|the\b|its\b|their\b|our\b|total\b|overall\b|[A-Z])"
)
# "from 2018 to 2024": years that have gone by when the article is written, so that all their money is one total.
YEARS = Screened(r"\b(?:from|between) (?P<first>20\d\d) (?:to|and|through|until) (?P<last>20\d\d)\b")
# "Lebanon says it needs $400 million": nobody has given it.
NEEDED = re.compile(r"\b(?:needs?|requires?|lacks?|is short of) (?:about |around |some |at least |another |up to )?$")
# A sum of which there are to be several is the size of each: "$500 million tranches", "packages of $5 million each".
SIZE_AFTER = re.compile(r"[ -](?:tranches|packages|batches|instal?lments|portions|chunks)\b")
SIZE_EACH = re.compile(
    r"\bin (?:[a-z]+ )?(?:packages|tranches|batches|instal?lments|portions|lots|chunks|parcels)"
    r" (?:of|worth) (?:about |around |roughly |approximately |some |up to )?$",
    re.I,
)
SIZE_BEFORE = Screened(
    r"(?<!two )(?<!three )(?<!four )(?<!five )\b(?:packages|tranches|batches|instal?lments|drawdowns)"
    r"(?: [a-z]+){0,3} (?:of|worth) (?:about |around |roughly |approximately |some |up to )?$",
    re.I,
)
# Nobody gives these away: what is counted in them is what their states spend.
RECEIVERS_MONEY = ("UAH", "RUB")
# "Russia has squandered up to $211 billion", "has cost the Kremlin $30 billion": what the war costs its aggressor.
AGGRESSORS = re.compile(
    r"\b(?:Russia|Moscow|[Tt]he Kremlin|Putin)\b(?!')(?: [\w-]+){0,3} (?:spen[dt]|squander|wast|lost|lose|pa[iy]d?|"
    r"invest|earn|earmark|allocat)\w*\b[^.;]{0,40}$|\bcost\w* (?:Russia|Moscow|the Kremlin|Putin)\b[^.;]{0,40}$"
)
# What is refused with its parts.
WHOLES = ("own forces", "budget", "borrowing", "cut", "gdp", "part of a refused sum")
# What is bought and sold, as are the other sums of its sentence.
TRADE = ("contract", "output", "finance", "investors", "sale")
# An article about these tells prices: of what one state sells to another, what firms raise, what members may borrow.
ABOUT: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "sale",
        re.compile(
            r"\bforeign military sales?\b|\bFMS\b|\b(?:possible|potential|proposed|arms|weapons) sales?\b|"
            r"\bsales? of\b|\b(?:to|will|would) sell\b|\bexport (?:agreement|contract|deal)s?\b|"
            r"\b(?:tank|arms|jet|fighter|missile|howitzer|weapons|submarine) deals?\b|"
            r"\bsign(?:s|ed)? an? (?:deal|contract)\b",
            re.I,
        ),
    ),
    (
        "investors",
        re.compile(
            r"\binvestors?\b|\bventure\b|\bstart-?ups?\b|\bfunding round\b|\bvaluation\b|\bshareholders?\b|"
            r"\border (?:book|backlog)\b|\bstock exchange\b|\bhalf-year figures\b|\bquarter(?:ly|s)\b",
            re.I,
        ),
    ),
    ("borrowing", re.compile(r"\b(?:defen[cs]e|rearmament|SAFE|low-interest) loans?\b|\bloan package\b", re.I)),
    (
        "infrastructure",
        re.compile(
            r"\bmilitary mobility\b|\b(?:bridges|tracks?|ports|roads|runways?)\b[^.]*\bstrengthen\w*",
            re.I,
        ),
    ),
    ("research", re.compile(r"\b(?:arms|defen[cs]e|military) research\b|\bprojects of [^.]{0,20}\bresearch\b", re.I)),
    (
        "own forces",
        re.compile(
            r"\bspend\w*\b[^.;]{0,40}\bon (?:its|their) (?:armed )?forces\b|\bdefen[cs]e (?:plan|budget)\b|"
            r"\b(?:House|Senate|Congress|parliament)\b[^.;]{0,40}\bfor defen[cs]e\b",
            re.I,
        ),
    ),
)
HEAD_OF_AID = re.compile(
    r"\b(?:aid|assist\w*|support\w*|packages?|donat\w+|pledg\w+|contribut\w+|grants?|gift|drawdowns?|Ukrain\w*|Ky[ii]v)\b",
    re.I,
)
BUYS = Screened(
    r"\b(?:procurement|procur(?:e|es|ed|ing)|purchas(?:e|es|ed|ing)|buy(?:s|ing)?|bought|acqui(?:re|res|red|ring|sition)"
    r"|moderni[sz]\w+|order(?:s|ed)|factor(?:y|ies)|plants?|shipyards?|barracks|infrastructure|warheads?|submarines?)\b",
    re.I,
)
AIDS = re.compile(r"\b(?:aid|assistance|donat\w+|grants?|gift|drawdowns?|for (?:Ky[ii]v|Ukraine))\b", re.I)
GIFT = re.compile(
    r"\b(?:aid|assist\w*|support\w*|packages?|donat\w+|pledg\w+|contribut\w+|grants?|gift|for (?:Ky[ii]v|Ukraine)|"
    r"allies|partners?|coalition|tranches?|drawdowns?)\b",
    re.I,
)

# Reasons that say what is not there; words that are there may outweigh them.
MISSING_WORDS = ("no commitment", "not military", "no receiver", "purchase")


def no_tally(told: str, position: int) -> bool:
    """Do the words before "so far" tell of a record, or of nothing at all?"""
    return RECORD.search(told, 0, position) is not None or _NOTHING_YET.search(told, 0, position) is not None
