"""Which language a text is in, by its commonest small words."""

from __future__ import annotations

import re
from collections import Counter

_PROFILES = {
    "en": "the of and to in that is was for on with as at by from said has will have it be are which after his",
    "de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus hat",
    "fr": "le la les de des et en du une dans que est pour qui sur au pas par plus avec ce ont il aux sont",
    "es": "el la los de que y en un las del se por con una para su al es lo como más pero sus ha este",
    "it": "il la di che e un per una del della in è sono con non le dei al da si nel alla ha anche gli",
    "pt": "o a de que e do da em um para com uma os no se na por mais as dos como mas ao das não foi",
    "nl": "de het een van en in is dat op te zijn voor met die niet aan er om ook als door werd heeft naar",
    "pl": "w i na z do się nie że jest o to od przez po dla jak za ale są oraz przy który będzie tym ze",
    "sv": "och att det som en på är av för med till den har i inte om ett men var jag från vi så kan",
    "no": "og i det som en er på til av for med at har de ikke om et den var fra han men vi kan etter",
    "da": "og i det at en den til er som på de med af for ikke der har et fra han var men om kan efter",
    "cs": "a v se na je že to s z do o i k ve pro za by ale jako jsou po od který podle",
    "ro": "de și în a la cu pe din care că un o pentru este nu sunt mai au fost prin după sau",
    "tr": "ve bir bu için ile da de olarak olan çok daha en sonra gibi kadar dedi ancak ise",
    "fi": "ja on ei että se oli hän mukaan myös kun mutta joka ovat sekä tai kuin vuoden",
    "et": "ja on et ei see oli ka kui ning aga mis oma ta välja pärast kes",
}
_LANGUAGES_OF = {
    word: [language for language, known in _PROFILES.items() if word in known.split()]
    for words in _PROFILES.values()
    for word in words.split()
}
_FOREIGN = re.compile("[^\\x00-\u024f]")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 3000


def detect(text: str) -> str:
    """The ISO 639-1 code of a text's language; "und" where nothing can be told."""
    sample = text[:_SAMPLE]
    if not any(c.isalpha() for c in sample):
        return "und"
    # Counted among what is not Latin: most texts have next to none of it.
    foreign = [c for c in _FOREIGN.findall(sample) if c.isalpha()]
    letters = sum(c.isalpha() for c in sample) if foreign else 0
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in foreign)
    if cyrillic * 2 > letters:
        return "uk" if any(c in "іїєґІЇЄҐ" for c in sample) else "ru"
    for low, high, code in (
        ("\u0590", "\u05ff", "he"),
        ("\u0600", "\u06ff", "ar"),
        ("\u0370", "\u03ff", "el"),
        ("\u4e00", "\u9fff", "zh"),
        ("\u3040", "\u30ff", "ja"),
        ("\uac00", "\ud7a3", "ko"),
    ):
        if sum(low <= c <= high for c in foreign) * 3 > letters:
            return code
    # As long as it is ASCII, to lower it all at once cuts no word in two.
    words = _WORD.findall(sample.lower()) if sample.isascii() else [w.lower() for w in _WORD.findall(sample)]
    counts = Counter(words)
    scores = dict.fromkeys(_PROFILES, 0)
    for word in counts.keys() & _LANGUAGES_OF.keys():
        for tongue in _LANGUAGES_OF[word]:
            scores[tongue] += counts[word]
    # English keeps the doubtful ones: a headline has few small words of any language.
    best = max(scores, key=lambda language: (scores[language], language == "en"))
    if len(words) < 12 or scores[best] * 20 < len(words):
        return "en" if scores["en"] * 2 >= scores[best] else best
    return best
