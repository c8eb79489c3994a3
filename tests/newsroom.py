"""Articles as the reader leaves them: a text, and facts whose spans are found in it."""

from __future__ import annotations

import datetime
from typing import Any

from evidence.choices import RunOutcome
from evidence.models import Run
from ingest.formats import Submission
from ingest.services import record, settle_article, store

UDCG = "Ukraine Defense Contact Group"


def reported(outlet: str, day: str, text: str, *, version: str = "1", **facts: list[dict[str, Any]]) -> Run:
    """Store, read, record and settle one article. Each fact gives values and, by field, the words that show them.

    `{"ordinal": 17, "shown": {"ordinal": "17th"}}`; the head of an item is shown by its first words.
    """
    url = f"https://{outlet.lower()}.example/{day}"
    found = Submission("Report", text, url, outlet, datetime.date.fromisoformat(day))
    snapshot = store(found)
    content = snapshot.content
    run, _ = Run.objects.get_or_create(
        snapshot=snapshot,
        engine="newsroom",
        engine_version=version,
        published=snapshot.published,
        defaults={
            "outcome": RunOutcome.READ,
            "facts": {section: [_item(content, fact) for fact in items] for section, items in facts.items()},
        },
    )
    record(run)
    settle_article(snapshot.article_id)
    return run


def _item(content: str, fact: dict[str, Any]) -> dict[str, Any]:
    shown = fact["shown"]
    evidence = []
    for name, words in shown.items():
        for element in words if isinstance(words, list) else [words]:
            start = content.index(element)
            evidence.append(
                {"field": name, "start": start, "end": start + len(element), "confidence": 0.9, "rule": "newsroom"}
            )
    head = evidence[0]
    anchor = {"start": head["start"], "end": head["end"]}
    return {**{k: v for k, v in fact.items() if k != "shown"}, "evidence": evidence, "anchor": anchor}


def seventeenth(outlet: str, day: str, starts: str, words: str, **more: Any) -> Run:
    """The 17th meeting of the Contact Group, held on a day that outlets dispute."""
    text = f"The 17th {UDCG} meeting was held {words} with more than 50 nations by video link."
    return reported(
        outlet,
        day,
        text,
        meetings=[
            {
                "label": f"17th {UDCG} meeting",
                "contact_group": UDCG,
                "ordinal": 17,
                "starts": starts,
                "status": "held",
                "mode": "virtual",
                "nation_count": 50,
                "nation_count_qualifier": "more_than",
                "shown": {
                    "label": f"17th {UDCG} meeting",
                    "contact_group": UDCG,
                    "ordinal": "17th",
                    "starts": words,
                    "status": "held",
                    "mode": "video link",
                    "nation_count": "more than 50 nations",
                },
            }
        ],
        **more,
    )


def pledge(outlet: str, day: str) -> Run:
    """A package, with who gives and who receives."""
    return reported(
        outlet,
        day,
        "Germany announced 1.3 billion euros in aid for Ukraine, with IRIS-T systems, said Boris Pistorius, "
        "the German minister of defence: “We stand with Ukraine.”",
        officials=[
            {
                "name": "Boris Pistorius",
                "title": "minister of defence",
                "affiliation": "DE",
                "shown": {"name": "Boris Pistorius", "title": "minister of defence", "affiliation": "German minister"},
            }
        ],
        packages=[
            {
                "amount": 1300000000,
                "currency": "EUR",
                "status": "announced",
                "donor": "DE",
                "recipients": ["UA"],
                "contents": ["IRIS-T systems"],
                "shown": {
                    "amount": "1.3 billion euros",
                    "status": "announced",
                    "donor": "Germany",
                    "recipients": "Ukraine",
                    "contents": "IRIS-T systems",
                },
            }
        ],
        statements=[
            {
                "official": "Boris Pistorius",
                "quote": "We stand with Ukraine.",
                "shown": {"quote": "We stand with Ukraine."},
            }
        ],
    )
