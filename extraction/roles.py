"""Which words make the name of an office: heads ("minister"), ranks, and the phrases that hang on to them."""

from __future__ import annotations

from collections.abc import Sequence

from extraction import lexicon
from extraction.document import Token

TAIL_LINKS = lexicon.words("of for to at in")
DETERMINERS = lexicon.words("the a an its their his her our my this")
BOUNDARIES = frozenset(',.;:()"') | {"\u2014", "-"}
_PLURAL_HEADS = lexicon.words("ministers secretaries presidents leaders chiefs")
# Words that end a noun phrase: clauses, pronouns, finite verbs that follow an office.
_BREAKS = lexicon.SPEECH_VERBS | lexicon.words("""
include includes included including
    who which that whose whom he she it they we i you is was are were be been being has had have will would could
    should may might can must do does did not also then when while where after before during since until if as but
    or than because so yet however on with from by into over against about under between near through without
    including among attended met visited hosted chaired opened led heads leads cut took gave came went left wants
    invited welcomed thanked sat sits there here yesterday today tomorrow monday tuesday wednesday thursday friday
    saturday sunday later
    telephoned phoned called rang congratulated greets greeted hosts holds meets met joins joined
    according via amid despite upon ago time year month week both either neither only just even still again together
""")
_COMMANDED = lexicon.words(
    "forces army navy corps fleet command wing brigade battalion division regiment group regional deputy supreme "
    "former joint sector mission"
)
# "Secretary General" is an office; "Press Secretary Brig. Gen." has a rank after it.
_GENERALS = lexicon.words("secretary director inspector attorney governor consul")
_SERVICES = (("air", "force"), ("marine", "corps"), ("space", "force"), ("coast", "guard"), ("army",), ("navy",))
_POSTED = lexicon.words("ambassador commissioner envoy representative attache attaché")
_AFTER_PHRASE = lexicon.words("who whose and since from until when after before during")
_MONTHS = lexicon.words(
    "january february march april may june july august september october november december jan feb aug sept sep oct"
)


def is_head(token: Token) -> bool:
    """Does a word alone name an office ("minister", "vice-president")?"""
    lower = token.lower.removesuffix("-elect")
    return lower in lexicon.ROLE_HEADS or ("-" in lower and lower.rsplit("-", 1)[1] in lexicon.ROLE_HEADS)


def is_role(token: Token) -> bool:
    """A head, or a capitalised word that stands in titles ("Defence")."""
    return is_head(token) or (token.lower in lexicon.ROLE_WORDS and token.capital)


def is_rank(tokens: Sequence[Token], index: int) -> bool:
    """A rank directly before a name or another rank; "general" after "secretary" is an office."""
    lower = tokens[index].lower
    if "-" in lower and all(part in lexicon.RANKS for part in lower.split("-")):
        return True
    if lower not in lexicon.RANKS:
        return False
    if not tokens[index].capital and lower not in lexicon.FULL_RANKS:
        return False
    posted = index > 0 and tokens[index - 1].lower.rpartition("-")[2] in _GENERALS
    if posted and lower not in ("gen.", "brig.", "maj.", "lt.", "adm.", "col.", "capt."):
        return False
    # "Land Forces Commander" is an office, "Commander Berg" a rank.
    if lower == "commander" and index and tokens[index - 1].lower in _COMMANDED:
        return False
    return not (
        lower in ("chief", "air", "fleet", "field", "vice", "rear", "army", "marshal")
        and index + 1 < len(tokens)
        and tokens[index + 1].lower not in lexicon.RANKS
    )


def before_ranks(tokens: Sequence[Token], start: int, honorifics: frozenset[str]) -> int:
    """Where ranks and honorifics begin that stand right before a name, with the service of a rank after an office:
    "Press Secretary Air Force Brig. Gen."."""
    stop = start
    while stop and (tokens[stop - 1].lower in honorifics or is_rank(tokens, stop - 1)):
        stop -= 1
    if stop < start and is_rank(tokens, stop):
        for service in _SERVICES:
            begin = stop - len(service)
            if begin > 0 and tuple(t.lower for t in tokens[begin:stop]) == service:
                office = tokens[begin - 1]
                return begin if office.capital and (is_head(office) or office.text == "Staff") else stop
    return stop


def names_plural(tokens: Sequence[Token]) -> bool:
    """Do the words name several offices ("the defence ministers of")?"""
    return any(t.lower in _PLURAL_HEADS and t.text != "Chiefs" for t in tokens)


def phrase_word(token: Token) -> bool:
    """May a word stand inside the noun phrase of an office ("the fiscal council", "Civil Preparedness")?"""
    known = token.lower in _BREAKS or token.lower in lexicon.SUFFIXES
    return token.text[0].isalpha() and not known and not (token.capital and token.lower in _MONTHS)


def tail_end(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Where the complement of an office ends that begins after its head: "of the fiscal council", "for peace and
    security", "of the Acquisition, Technology and Logistics Agency"; `index` itself if there is none."""
    if index >= limit or tokens[index].lower not in TAIL_LINKS:
        return index
    if tokens[index].lower == "in" and not (
        index + 1 < limit and tokens[index + 1].lower in ("charge", "command", "chief")
    ):
        return index
    stop = index
    while stop < limit and stop - index < 16:
        token = tokens[stop]
        if token.text == "," and not _in_series(tokens, stop, limit):
            break
        if token.text not in (",", "'s", "'", "&", "-") and not phrase_word(token):
            break
        stop += 1
    while stop > index and (
        tokens[stop - 1].lower in lexicon.ROLE_LINKS
        or tokens[stop - 1].lower in DETERMINERS
        or not tokens[stop - 1].text[0].isalnum()
    ):
        stop -= 1
    return stop


def _in_series(tokens: Sequence[Token], comma: int, limit: int) -> bool:
    """Is a comma part of a capitalised series of single words, "Strategy, Policy and Industry"?"""
    if not tokens[comma - 1].capital:
        return False
    step = comma
    while step + 2 < limit and tokens[step].text == "," and tokens[step + 1].capital:
        if tokens[step + 2].lower == "and":
            return step + 3 < limit and tokens[step + 3].capital
        step += 2
    return False


def bounded(tokens: Sequence[Token], stop: int) -> bool:
    """Does a phrase end where a clause does, so that nothing of it is cut off?"""
    return stop >= len(tokens) or tokens[stop].text in BOUNDARIES or tokens[stop].lower in _AFTER_PHRASE


def second_office(tokens: Sequence[Token], head: int, stop: int) -> bool:
    """Does an "and" between a head and the end lead to an office of its own, and so to another person?"""
    return any(
        tokens[cut].lower == "and" and any(is_head(t) for t in tokens[cut + 1 : stop]) for cut in range(head + 1, stop)
    )


def is_dash(tokens: Sequence[Token], index: int) -> bool:
    """A hyphen between blanks is a dash, as after a dateline."""
    return tokens[index].text == "-" and index + 1 < len(tokens) and tokens[index + 1].start > tokens[index].end


def is_field(tokens: Sequence[Token], begin: int, index: int) -> bool:
    """Is a state what the office deals with ("ambassador to Germany", "Secretary for Russia, Ukraine and Eurasia")?

    A spokesman speaks for whom he serves, and a minister of something is one for his country; the "adviser to the
    Latvian President" serves the state of that office.
    """
    if any(is_head(t) for t in tokens[index + 1 : index + 3] if t.capital) and tokens[index].capital:
        return False
    lead = [t.lower for t in tokens[begin:index]]
    if any(word.startswith("spokes") for word in lead) or ("minister" in lead and "of" in lead and lead[-1] == "for"):
        return False
    step = index
    while step > begin and (tokens[step - 1].text in (",", "and", "the") or tokens[step - 1].capital):
        step -= 1
        if is_head(tokens[step]):
            return False
    # "high commissioner in New Caledonia" is another state's.
    links = ("to", "for", "on", "in") if set(lead) & _POSTED else ("to", "for", "on")
    return step > begin and tokens[step - 1].lower in links and any(is_head(t) for t in tokens[begin : step - 1])
