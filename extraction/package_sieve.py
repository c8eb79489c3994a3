"""Is this sum a gift of arms at all? A logistic model over what stands around it, after the stated refusals.

Reasons to refuse a sum (`package_scope.REFUSALS`) are words that an author may replace by others; what a sum is for
shows in many small signs at once. `package_sieve.csv` holds their weights, made by
`python -m extraction.package_sieve_fit` from the tuning articles.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.document import Sentence
from extraction.logistic import Model
from extraction.money import Money
from extraction.screening import Screen, Screened

if TYPE_CHECKING:
    from extraction.package_scope import PackageScope

WEIGHTS = Path(__file__).with_name("package_sieve.csv")
_MODEL = Model(WEIGHTS)
# Under this chance a sum is left out. Low, as a sum that passed the stated refusals mostly is a package.
THRESHOLD = 0.3
# Where no sum of an article reaches this chance, aid or arms must be named.
IN_DOUBT = 0.6
# From this chance on what speaks for a sum outweighs that a word of giving, arms or a receiver is missing beside it.
CERTAIN = 0.75
# Under this chance a sum that nobody is said to get is left out.
RECEIVED = 0.55
# How much of a sentence on either side of the sum says what it is, in characters.
_REACH = 70


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.I)


_CLASSES = {
    "aid": _any(
        r"aid|assistance|support\w*|packages?|tranches?|drawdowns?|donat\w+|pledg\w+|gift\w*|grants?|initiative|"
        r"programme|program|fund|coalition|help\w*"
    ),
    "give": _any(
        r"giv\w+|gave|provid\w+|contribut\w+|commit\w*|allocat\w+|earmark\w*|sen[dt]\w*|deliver\w*|hand\w* over|"
        r"transfer\w*|promis\w+|set(?:ting|s)? aside|offer\w*|put(?:s|ting)?|add(?:s|ed|ing)?|brought|brings?|"
        r"chip\w*|announc\w+|unveil\w+|approv\w+|releas\w+"
    ),
    "buy": _any(
        r"buy\w*|bought|purchas\w+|order(?:s|ed)?|sale|sales|sell\w*|sold|deal|contracts?|agreement|tender|supplier|"
        r"signed"
    ),
    "firm": _any(
        r"compan\w+|firms?|maker|makers|manufacturer|shares|investors?|plant|factory|jobs|profit|turnover|shipyard|"
        r"yards?|start-up|stock exchange|analysts?|chief executive|CEO|bank"
    ),
    "borrow": _any(r"loans?|borrow\w*|bonds?|debt|lend\w*|credit"),
    "budget": _any(
        r"budgets?|appropriation\w*|spending|expenditure|outlays?|taxes|finance minist\w+|deficit|parliament\w*"
    ),
    "own": _any(
        r"own (?:army|forces|stocks|defen[cs]e|arsenal|military)|national defen[cs]e|the army is|armed forces|navy|"
        r"rearm\w*|its army|for defen[cs]e"
    ),
    "share": _any(r"GDP|gross domestic product|per cent|percent|per capita"),
    "total": _any(
        r"so far|since|to date|altogether|in total|all in all|all told|total\w*|years|stand(?:s|ing)? at|"
        r"(?:has|have) (?:now )?(?:given|provided|contributed|spent|sent|committed)|reach(?:es|ed)|amounts? to|"
        r"grown|brings? the|value of|combined"
    ),
    "cost": _any(r"costs?|price\w*|damage\w*|losses|estimated|worth|valued|reconstruction|repair\w*"),
    "civil": _any(r"humanitarian|reconstruction|energy|economic|civilian|refugees|housing|IMF|World Bank|pensions"),
    "need": _any(r"needs?|request\w*|asks?|asked|wants?|requires?|seek\w*"),
    "year": _any(r"a year|this year|next year|(?:until|by|in) 20\d\d|annual\w*|per year|yearly"),
    "arms": _any(
        r"weapons?|arms|ammunition|shells?|missiles?|drones?|tanks?|air defen[cs]e|artillery|howitzers?|equipment|"
        r"vehicles|interceptors?|military|security assistance"
    ),
}
_NAMES = tuple(_CLASSES)
_SCREEN = Screen(tuple(_CLASSES.values()))
_UKRAINE = Screened(r"\b(?:Ukrain\w*|Ky[iy]v)\b")


def features(scope: PackageScope, money: Money, sentence: Sentence) -> set[str]:
    """What is said before and after a sum, in its clause, in the sentence before and in the article's head."""
    view = scope.view
    before = scope.reading.sentences[sentence.index - 1].text if sentence.index else ""
    clause = scope.clause(money, sentence)
    places = {
        "before": view[max(sentence.start, money.start - _REACH) : money.start],
        "after": view[money.end : min(sentence.end, money.end + _REACH)],
        "clause": clause,
        "head": scope.head,
        "sentence before": before,
    }
    found = {
        f"{_NAMES[index]} {place}"
        for place, text in places.items()
        for index in _SCREEN.possible(text)
        if _CLASSES[_NAMES[index]].search(text)
    }
    near = next(
        (
            place
            for place in ("clause", "sentence", "sentence before")
            if _UKRAINE.search({"sentence": sentence.text, **places}[place])
        ),
        "nowhere near",
    )
    found |= {f"Ukraine {near}", "Ukraine head" if _UKRAINE.search(scope.head) else "Ukraine not in head"}
    found.add(f"digits {min(int(math.log10(money.amount)), 10)}")
    if money.currency in ("UAH", "RUB"):
        found.add("currency of a receiver")
    if money.qualifier:
        found.add(f"qualified {money.qualifier}")
    hits = scope.reading.hits_in(sentence.start, sentence.end)
    named = any(sentence.start <= m.start < sentence.end for g in scope.groups for m in g.mentions)
    signs = {
        "programme": any(h.get("programme") for h in hits),
        "group": named,
        "groups in article": bool(scope.groups),
        "person": bool(scope.persons.between(sentence.start, sentence.end)),
        "state": any(h.get("nation", "demonym", "capital", "metonym") for h in hits),
        "title": sentence.is_title,
    }
    return found | {sign for sign, there in signs.items() if there}


def chance(scope: PackageScope, money: Money, sentence: Sentence) -> float:
    """Rule package-sieve: the chance that a sum is a package, 0 to 1."""
    return _MODEL.probability(features(scope, money, sentence))
