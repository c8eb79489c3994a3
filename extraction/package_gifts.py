"""A gift told in so many words: "Canada gives Ukraine drones worth 70 million dollars and imposes sanctions".

What speaks against a sum must stand in the words of the gift; in the rest of the sentence it is of something else.
"""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.money import Money
from extraction.reading import Reading

# Why a sum may be refused for words that tell of other things in the same sentence; tallies and denials hold for all.
OF_OTHER_THINGS = frozenset(["civil", "gdp", "budget", "crime", "contract", "industry", "cut", "finance", "borrowing"])
_GIVES = re.compile(
    r"\b(?:gives?|giving|gave|donat(?:es?|ing|ed)|hands?|handed|sends?|sending|sent|provid(?:es?|ing|ed)|"
    r"grants?|granted|promis(?:es?|ed)|pledg(?:es?|ed)|offers?|offered) (?:over )?(?:to )?(?:the )?$"
)
# Who gets it may be called so where the sentence names Ukraine before.
_IT = re.compile(r"\b(?:gives?|giving|gave|hands?|sends?|provides?|grants?|donates?) (?:it|them) (?=[^.;:]*$)")
_FAR = 80
# Where the words of the gift end after the sum.
_ENDS = re.compile(r"[,;.]| and (?:\w+(?:s|ed)|will|is|has) | while | but | which | that |$")


def own_phrase(reading: Reading, money: Money, sentence: Sentence) -> str | None:
    """The words from the one who gets a sum up to the end of the gift; None where no gift is told so plainly."""
    view = reading.view
    start = None
    for hit in reading.hits_in(max(sentence.start, money.start - _FAR - 24), money.start):
        entry = hit.get("nation", "capital")
        if entry is None or entry.value == "RU" or money.start - hit.end > _FAR:
            continue
        if _GIVES.search(view, max(sentence.start, hit.start - 24), hit.start):
            start = hit.start
    if start is None:
        named = _IT.search(view, max(sentence.start, money.start - _FAR), money.start)
        hits = reading.hits_in(sentence.start, named.start()) if named is not None else []
        if named is not None and any((e := h.get("nation")) is not None and e.value == "UA" for h in hits):
            start = named.start()
    if start is None or re.search(r"[;:.]", view[start : money.start]):
        return None
    end = _ENDS.search(view, money.end, sentence.end)
    return view[start : end.start() if end is not None else sentence.end]
