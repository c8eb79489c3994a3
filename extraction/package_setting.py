"""Why a sum is no package for what the text around it is about: a tally of years of aid, a court case, a supposition.

`package_refusals` holds words that say so beside the sum; here it takes the article's head, the size of the sum, the
tense of its verb or the sentence that goes on about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.document import Sentence
from extraction.money import Money
from extraction.package_gifts import OF_OTHER_THINGS, own_phrase
from extraction.package_refusals import AIDS, GIFT, TRADE
from extraction.reading import Reading
from extraction.screening import Screened

_CIVIL_PURPOSE = Screened(
    r"\b(?:floods?|earthquakes?|relief|recovery|reconstruction|rebuild\w*|non-military|humanitarian|hospitals?|schools?|"
    r"refugees|climate|famine|drought|health|pandemic|housing|heating|(?:power |energy )?grid|railways?|wildfires?|"
    r"firefight\w+|grain|farm\w*|agricultur\w*|pensions|macro-?financial|budget (?:support|aid)|energy system|"
    r"displaced|(?:G7|ERA|World Bank) loans?|trade|tariffs?|food programme|nuclear (?:safety|power)|"
    r"Atomic Energy Agency)\b",
    re.I,
)
# Soldiers help after floods, too.
_ARMS_TOLD = re.compile(
    r"\b(?:weapons?|arms|arming|ammunition|munitions?|shells?|"
    r"(?<!non-)military(?! (?:hospital|clinic|doctor|medic|engineer))|"
    r"air.defen[cs]e|defen[cs]e|missiles?|drones?|security|armou?r\w*|artillery|tanks?|fighters?|jets|equipment|"
    r"howitzers?|rockets?|guns?|UDCG|Ramstein|Contact Group|coalition|warfare|frigates?)\b",
    re.I,
)
# Mines that are cleared away arm nobody.
CLEARED = re.compile(
    r"\b(?:clear\w*|remov\w*) (?:[\w]+ )?(?:of )?(?:the )?mines\b|\bdemining\b|\bmine clearance\b", re.I
)
# What a unit of a currency is worth, in about so many to the dollar; others are taken for one.
_TO_THE_DOLLAR = {
    "JPY": 150, "KRW": 1300, "NOK": 10, "SEK": 10, "DKK": 7, "CZK": 23, "ISK": 135, "PLN": 4, "HUF": 360, "RON": 4.5,
    "TRY": 30, "INR": 85, "TWD": 31, "UAH": 40, "RUB": 90, "PHP": 57, "THB": 35, "IDR": 16_000, "CNY": 7, "ILS": 3.6,
}  # fmt: skip
# More than this nobody has given at once, in dollars; from the other on a sum told in the perfect is of years.
_LARGEST = 1.5e11
_OF_YEARS = 1e10
# More than Congress has put into one law for Ukraine.
_OF_LAWS = 7e10
_PERFECT = Screened(
    r"\b(?:has|have|had|'ve)(?: (?:now|so far|already|also|together|since|\w+ly|as a whole)){0,2} "
    r"(?P<verb>pledged|committed|provided|given|allocated|made available|earmarked|spent|sent|received|contributed|"
    r"donated|set aside|supplied|disbursed|approved|appropriated)\b"
)
_AMOUNTS = re.compile(
    r"\b(?:aid|assistance|support|help|contributions?)\b[^.;,]{0,40} (?:now )?(?:amounts?|stands?|comes|adds up) "
    r"(?:to|at) (?:\w+ ){0,3}$"
)
# "Finland's military aid amounts to 2.8 billion euros": all of it by now, unless it is called new.
_THEIR_AID = re.compile(
    r"(?:'s|\b[Ii]ts|\b[Tt]heir|\b[Oo]ur|\b[Tt]otal|\b[Aa]ll) (?!new|latest|next|annual|yearly|planned)(?:\w+ ){0,2}"
    r"(?:aid|assistance|support|help) (?:to Ukraine |for Ukraine |for Ky[ii]v |to Ky[ii]v )?(?:now |already )?"
    r"(?:over the same (?:time|period) |in that time |since then )?"
    r"(?:amounts?|stands?|comes|adds up|totals?) (?:to |at )?(?:\w+ ){0,3}$"
)
_NEWS = re.compile(
    r"\b(?:new|additional|another|further|extra|today|this (?:week|month|year)|next (?:week|month|year)|"
    r"over the (?:next|coming)|a year|annual\w*|until|through(?= (?:to )?20)|by (?:the end of )?20\d\d|for 20\d\d|"
    r"in 20\d\d|multi-?year|(?:\w+|\d+)[- ]years?(?: programme| program| plan| package)?(?! of war)|[A-Z][a-z]+day)\b"
)
_DAY = re.compile(r"\b[A-Z][a-z]+day\b")
# Heads of reports that add up what others gave, and what shows that one sum of them is news all the same.
_TALLY = Screened(
    r"\b(?:[Tt]racker|Kiel Institute|SIPRI|[Tt]all(?:y|ied)|[Tt]hink ?-?tank|[Ss]tudy finds|statistics|reckons?|"
    r"calculat(?:es|ed|ions?)|[Tt]he figures|[Aa]n overview|by the numbers|in numbers|[Ii]nspector [Gg]eneral|"
    r"Accountability Office|(?:data|figures|analysis|report|estimates) (?:by|from|of|compiled by) the)\b"
)
_NEW_GIFT = re.compile(
    r"\b(?:announc\w+|pledg\w+|unveil\w+|promis\w+|new|additional|latest|largest|package|will|today|approv\w+)\b", re.I
)
_CASE = Screened(
    r"\b(?:courts?|sentenced|convict\w+|jail\w*|prosecutors?|embezzl\w*|brib\w+|corruption|detained|arrested|indict\w*|"
    r"on trial|fraud\w*|overpriced)\b",
    re.I,
)
_SUPPOSED = re.compile(r"(?:(?:^|[.;] )(?:If|Unless|Suppose|Imagine)|\b(?:[Pp]erhaps|[Mm]aybe))\b[^,;.]*$")
_IF_MAIN = re.compile(r"(?:If|Had|Were) [^;.]*, [^;.]*\b(?:would|could|might)\b")
# Money for whoever makes arms at home, and for what may become of arms one day.
_INDUSTRY = Screened(
    r"\b(?:research and development|R&D|defen[cs]e (?:research|innovation|technology)|research projects?|"
    r"start-?ups?|(?<!for )(?:arms|defen[cs]e|ammunition|munitions?|weapons) "
    r"(?:industr(?:y|ies)(?! minister)|plants?|makers?|manufacturers?|producers?|factor(?:y|ies))|"
    r"makers of (?:arms|ammunition|weapons|missiles|drones))\b",
    re.I,
)
_THEIRS = re.compile(r"\b(?:Ukrain\w*|Ky[ii]v)\b")
# "Ukraine will buy drones for $2.6 billion": the receiver pays.
_RECEIVER_PAYS = re.compile(
    r"(?:^|[.;,\"] |\b(?:that|says|said) )(?:Ukraine|Ky[ii]v|[Tt]he (?:Ukrainian )?(?:Rada|parliament in Ky[ii]v))"
    r"(?:'s (?:\w+ ){1,3})? (?:(?:will|would|has|had|is|to|plans?|wants?|intends?|also|already) ){0,3}"
    r"(?:buy|bought|spend|spent|order|ordered|purchase[sd]?|allot(?:s|ted)?|allocate[sd]?|vote[sd]?|budget(?:s|ed)?)\b"
)
# "Nobody in Berlin knows of such a fund", "There is no such plan", "The report is false".
_NOT_SO = re.compile(
    r"\b(?:[Nn]obody|[Nn]o one|[Nn]either)\b[^.;]{0,60}\bsuch (?:an? )?\w+|"
    r"\bno such (?:fund|package|plan|sum|gift|decision)\b(?! for)|"
    r"^(?:\W*)(?:That|This|It|The (?:report|figure|number|claim|story)) (?:is|was) "
    r"(?:not true|untrue|false|wrong|invented)\b"
)
# "It is part of a macro-financial assistance loan", "The money goes into the budget": what the sum before is for.
_GOES_ON = re.compile(
    r"(?:It|This|That|(?:One )?[Hh]alf|Most of it|Part of it|"
    r"The (?:money|sum|funds|loan|payment|tranche|cash|aid|grant|assistance))\b"
)
_FOR_CIVIL = Screened(
    r"\b(?:macro-?financial|budget(?:ary)? (?:support|needs|gap|deficit|assistance)|"
    r"(?:into|in|to) (?:the|its|Ukraine's) (?:state )?budget|salaries|pensions|wages|hospitals|"
    r"schools|humanitarian|reconstruction|rebuild\w*|"
    r"energy (?:grid|system|sector)|power (?:grid|plants|stations)|refugees|displaced|shelters?|food|medicines?)\b",
    re.I,
)
_FOR_ARMS = Screened(
    r"\b(?:military|weapons?|arms|ammunition|munitions|defen[cs]e|drones?|missiles?|soldiers|troops|army|"
    r"armed forces|artillery|shells?|tanks?)\b",
    re.I,
)

_FOR_STATES = re.compile(
    r" (?:more )?(?:in (?:military |security )?(?:aid|assistance|support) )?for (?:the )?"
    r"(?:(?P<set>(?:\w+ )?(?:Baltic|Nordic|allied|partner|frontline) (?:states|nations|countries)|allies|partners)\b|"
    r"(?P<who>[A-Z]))"
)


_YIELD = re.compile(
    r"\b(?:profits?|proceeds|interest|income|revenues?)\b[^.;]{0,40}\bRussian (?:\w+ )?(?:assets|funds|reserves)\b"
)
_CALLED_CIVIL = re.compile(r"\b(?:humanitarian|economic|budget|macro-?financial|reconstruction|energy)\b", re.I)
# Programmes that pay for armed forces and nothing else.
_FOR_ARMED_FORCES = (
    "Foreign Military Financing",
    "Presidential Drawdown Authority",
    "Ukraine Security Assistance Initiative",
    "European Peace Facility",
    "Official Security Assistance",
    "Prioritised Ukraine Requirements List",
)


def for_others(reading: Reading, money: Money) -> bool:
    """Rule package-in-bill: "$250 million for the three Baltic states" is theirs, whatever bill holds it."""
    match = _FOR_STATES.match(reading.view, money.end)
    if match is None:
        return False
    if match["set"]:
        return True
    hits = reading.hits_in(match.start("who"), match.start("who") + 24)
    return bool(hits) and hits[0].get("nation") is not None and reading.view[hits[0].end : hits[0].end + 1] != "'"


def from_assets(reading: Reading, sentence: Sentence) -> bool:
    """Rule package-of-assets: what frozen Russian assets yield and arms for Ukraine cost is given to it."""
    yields = _YIELD.search(sentence.text) and _FOR_ARMS.search(sentence.text)
    hits = reading.hits_in(sentence.start, sentence.end) if yields else []
    return any((e := h.get("nation", "demonym", "capital")) is not None and e.value == "UA" for h in hits)


def for_forces(reading: Reading, money: Money, sentence: Sentence, sums: list[Money]) -> bool:
    """Rule package-of-forces: bulldozers "for road building, paid for out of the Official Security Assistance" go to an
    army: the sentence's one sum, that is not called humanitarian itself, comes out of a programme for forces alone."""
    if sums != [money] or _CALLED_CIVIL.search(reading.view[money.end : money.end + 40]):
        return False
    hits = reading.hits_in(sentence.start, sentence.end)
    return any((e := h.get("programme")) is not None and e.value in _FOR_ARMED_FORCES for h in hits)


def no_reason(
    reading: Reading, money: Money, sentence: Sentence, clause: str, reason: str, match: re.Match[str]
) -> bool:
    """Do the words around one that speaks of firms and prices show that it is no reason to refuse a sum?

    "Moldova's soldiers were awarded 40 million euros" won no order, Congress is "notified" of aid as well as of sales,
    what "had been saved" pays for aid, and "at a price of" is of all that Ukraine gets.
    """
    gift = own_phrase(reading, money, sentence) if reason in OF_OTHER_THINGS else None
    if gift is not None and match.re.search(gift) is None:
        return True
    word, subject = match.group(), clause[: match.start()]
    start = sentence.start + max(0, sentence.text.find(subject))
    if word == "awarded":
        hits = reading.hits_in(start, start + match.start())
        passive = re.search(r"\b(?:was|were|been|is|are) $", subject) is not None
        return passive and bool(hits) and hits[-1].get("nation", "demonym") is not None
    if word == "apiece":
        return match.end() < clause.find(money.text)
    if word.startswith("profit"):
        return "Russian assets" in reading.view
    if word == "notified":
        hits = reading.hits_in(sentence.start, sentence.end)
        return any(h.get("programme") for h in hits) or AIDS.search(clause) is not None
    if word == "saved":
        return subject.endswith("been ") and AIDS.search(clause) is not None
    if word == "price" and subject.endswith("at a "):
        return any(
            (e := h.get("nation", "capital")) is not None and e.value == "UA"
            for h in reading.hits_in(sentence.start, sentence.end)
        )
    return False


def in_dollars(money: Money) -> float:
    """About how much a sum is, in dollars."""
    return money.amount / _TO_THE_DOLLAR.get(money.currency, 1.0)


def reason(reading: Reading, money: Money, sentence: Sentence, clause: str, head: str) -> str | None:
    """Why the setting of a sum shows that it is no package; None when it does not.

    `clause` is the sum's own, `head` the headline with the first two sentences.
    """
    before = reading.view[sentence.start : money.start]
    worth = in_dollars(money)
    if worth >= _LARGEST:
        return "outlays"
    if _SUPPOSED.search(before) or _IF_MAIN.match(sentence.text):
        return "supposed"
    if _THEIR_AID.search(before):
        return "cumulative"
    if worth >= _OF_YEARS and _of_years(worth, before, clause):
        return "cumulative"
    if _TALLY.search(head) and not _NEW_GIFT.search(clause):
        return "cumulative"
    if _CASE.search(clause) or (_CASE.search(head) and not GIFT.search(clause)):
        return "crime"
    if _INDUSTRY.search(clause) and not _THEIRS.search(clause) and not AIDS.search(clause):
        return "industry"
    if _RECEIVER_PAYS.search(before):
        return "own currency"
    following = next((s for s in reading.sentences[sentence.index + 1 : sentence.index + 2]), None)
    if following is not None and _NOT_SO.search(following.text):
        return "denied"
    if following is not None and _GOES_ON.match(following.text) and _for_civil(following.text):
        return "civil" if not _FOR_ARMS.search(sentence.text) else None
    return None


def is_civil(head: str) -> bool:
    """Do headline and first sentence speak of relief or rebuilding and of no arms?"""
    return bool(_CIVIL_PURPOSE.search(head)) and not _ARMS_TOLD.search(head)


_AID_TOLD = Screened(
    r"\b(?:aid|assistance|packages?|donat\w+|pledg\w+|grants?|gifts?|weapons?|arms|ammunition|munitions?|shells|kit|"
    r"military|army|armed forces|defen[cs]e|equipment|peace facility)\b|"
    r"\b(?:to|for) (?:Ukraine|Ky[ii]v)\b",
    re.I,
)
# Beside a sum, what is given; a headline names it for much else.
_ARMS_BESIDE = Screened(
    r"\b(?:drones?|missiles?|howitzers?|tanks?|air defen[cs]e|interceptors?|radars?|support|forces)\b", re.I
)


def tells_of_aid(text: str, headline: bool) -> bool:
    """Does a sentence name aid or arms?"""
    return _AID_TOLD.search(text) is not None or (not headline and _ARMS_BESIDE.search(text) is not None)


def of_trade(refused: Sequence[tuple[Money, str]], sentence: Sentence, words: str) -> bool:
    """Rule refused-trade: "orders of 31 billion, among them 5 from Berlin": so are the other sums of the sentence.

    `refused` are the sums left out so far with the reason, `words` those of this sum alone.
    """
    last = refused[-1] if refused and refused[-1][0].start >= sentence.start else None
    return last is not None and last[1] in TRADE and GIFT.search(words) is None


def follows_civil(reading: Reading, sentence: Sentence) -> bool:
    """Is the sentence before, of the same paragraph, about relief or mines that are cleared, and not about arms?"""
    before = reading.sentences[sentence.index - 1] if sentence.index else sentence
    if before.is_title or before.paragraph != sentence.paragraph or before is sentence:
        return False
    civil = CLEARED.search(before.text) is not None or _CIVIL_PURPOSE.search(before.text) is not None
    return civil and not _ARMS_TOLD.search(CLEARED.sub("", before.text))


def _of_years(worth: float, before: str, clause: str) -> bool:
    """Rule refused-of-years: "has pledged £12.8 billion in support": so much comes together in years."""
    perfect = _PERFECT.search(clause)
    if perfect is not None and worth >= _OF_LAWS and not _NEWS.search(_DAY.sub("", clause)):
        return True
    if _NEWS.search(clause):
        return False
    if perfect is not None:
        return not perfect["verb"].startswith("appro")
    return _AMOUNTS.search(before) is not None


def _for_civil(text: str) -> bool:
    return _FOR_CIVIL.search(text) is not None and _FOR_ARMS.search(text) is None
