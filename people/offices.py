"""Which kind of office a title names, for telling officials of one surname apart."""

from __future__ import annotations

from people.names import fold

# By kind, words of which all stand in a title; the first that fits counts. "Minister" alone may be any of them.
KINDS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = tuple(
    (kind, tuple(frozenset(words.split()) for words in titles))
    for kind, titles in (
        ("spokesperson", ("spokesperson", "spokesman", "spokeswoman")),
        ("deputy", ("deputy", "vice", "assistant", "under secretary", "undersecretary", "parliamentary secretary")),
        ("legislator", ("senator", "sen", "congressman", "congresswoman", "rep", "mp", "mep", "lawmaker", "speaker")),
        ("ambassador", ("ambassador", "envoy")),
        ("secretary general", ("secretary general",)),
        ("head of government", ("prime minister", "premier", "chancellor", "taoiseach")),
        ("defense", ("defense minister", "defense secretary", "pentagon chief", "defense chief")),
        ("foreign", ("foreign minister", "foreign secretary", "secretary state")),
        ("finance", ("finance minister", "treasury secretary")),
        ("military", ("gen", "general", "adm", "admiral", "chief staff", "chairman joint chiefs", "commander")),
        ("head of state", ("president", "king", "queen")),
        ("mayor", ("mayor", "governor")),
    )
)
# They no longer hold it, or do not yet.
NOT_NOW = frozenset({"former", "ex", "then", "designate", "elect", "incoming", "outgoing", "acting"})


def office_of(title: str) -> str | None:
    """The kind of office that a title names; None where it could be several, or is not held on the day."""
    words = set(fold(title).split())
    if words & NOT_NOW:
        return None
    return next((kind for kind, titles in KINDS if any(title <= words for title in titles)), None)
