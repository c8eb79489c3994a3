"""One short article, its annotation, and a flawed reading of it, small enough to be counted by hand."""

from __future__ import annotations

import datetime
from typing import Any

from extraction.scoring.annotations import Article, Example, annotation_of

TITLE = "Coalition ministers meet in Riga"
TEXT = (
    "Ministers of the Drone Coalition met in Riga on 4 March 2025 for the third time, and 19 nations took part. "
    "Latvia chaired. Defence Minister Anna Kalna said Latvia would give 20 million euros to Ukraine. "
    "Sweden's envoy Nils Berg listened. Estonia promised Ukraine 5 million euros in April. "
    "An office for 7 million euros was mentioned too."
)
ARTICLE = {"id": "w1", "title": TITLE, "text": TEXT, "published": "2025-03-05"}
CONTENT = f"{TITLE}\n\n{TEXT}"

ANNOTATION: dict[str, Any] = {
    "id": "w1",
    "negative": False,
    "contact_groups": [{"name": "Drone Coalition", "aliases_in_text": ["Coalition"], "member_count": None}],
    "meetings": [
        {
            "label": "Third meeting of the Drone Coalition",
            "contact_group": "Drone Coalition",
            "ordinal": 3,
            "starts": "2025-03-04",
            "ends": None,
            "place": "Riga",
            "country": "LV",
            "venue": None,
            "status": "held",
            "chairs": ["LV"],
            "participants": ["LV", "SE"],
            "nation_count": 19,
            "accept": {"participants": ["EE"]},
        }
    ],
    "officials": [
        {"name": "Anna Kalna", "title": "Defence Minister", "affiliation": "LV", "quoted": False},
        {"name": "Nils Berg", "title": "envoy", "affiliation": "SE", "quoted": False},
    ],
    "packages": [
        {
            "amount": 20e6,
            "currency": "EUR",
            "donor": "LV",
            "recipients": ["UA"],
            "shares": [],
            "announced": None,
            "status": "announced",
        },
        {
            "amount": 5e6,
            "currency": "EUR",
            "donor": "EE",
            "recipients": ["UA"],
            "shares": [],
            "announced": "2025-04",
            "status": "announced",
        },
        {"amount": 7e6, "currency": "EUR", "donor": None, "recipients": [], "shares": [], "optional": True},
    ],
}


def evidence(field: str, value: Any, quote: str, confidence: float, *, off_by: int = 0) -> dict[str, Any]:
    """What the engine gives for a value; `off_by` moves the span away from its quote."""
    start = CONTENT.index(quote) + off_by
    return {
        "field": field,
        "value": value,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "confidence": confidence,
        "rule": "by-hand",
    }


def reading() -> dict[str, Any]:
    """A group, a state, a participant too many; a person, a sum, a number too few; one quote beside its place."""
    return {
        "id": "w1",
        "contact_groups": [
            {
                "name": "Drone Coalition",
                "member_count": None,
                "evidence": [evidence("name", "Drone Coalition", "Drone Coalition", 0.97)],
            },
            {"name": "Riga Format", "member_count": None, "evidence": [evidence("name", "Riga Format", "Riga", 0.6)]},
        ],
        "meetings": [
            {
                "label": "3rd Drone Coalition meeting",
                "contact_group": "Drone Coalition",
                "ordinal": 3,
                "starts": "2025-03-04",
                "ends": "2025-03-04",
                "place": "Riga",
                "country": "EE",
                "venue": None,
                "status": "held",
                "chairs": ["LV"],
                "participants": ["LV", "EE", "UA"],
                "nation_count": None,
                "evidence": [
                    evidence("contact_group", "Drone Coalition", "Drone Coalition", 0.9),
                    evidence("ordinal", 3, "third", 0.9),
                    evidence("starts", "2025-03-04", "4 March 2025", 0.8),
                    evidence("ends", "2025-03-04", "4 March 2025", 0.8),
                    evidence("place", "Riga", "Riga", 0.85),
                    evidence("country", "EE", "Riga", 0.7),
                    evidence("status", "held", "met", 0.95),
                    evidence("chairs", "LV", "Latvia", 0.85),
                    evidence("participants", "LV", "Latvia", 0.8),
                    evidence("participants", "EE", "Estonia", 0.75),
                    evidence("participants", "UA", "Ukraine", 0.7),
                ],
            }
        ],
        "officials": [
            {
                "name": "Anna Kalna",
                "title": "Defence Minister",
                "affiliation": "LV",
                "quoted": False,
                "evidence": [
                    evidence("name", "Anna Kalna", "Anna Kalna", 0.95),
                    evidence("title", "Defence Minister", "Defence Minister", 0.9),
                    evidence("affiliation", "LV", "Latvia", 0.9),
                ],
            }
        ],
        "packages": [
            {
                "amount": 20e6,
                "currency": "EUR",
                "donor": "LV",
                "recipients": ["UA"],
                "shares": [],
                "status": "announced",
                "evidence": [
                    evidence("amount", 20e6, "20 million euros", 0.95),
                    evidence("donor", "LV", "Latvia", 0.9, off_by=1),
                    evidence("recipients", "UA", "Ukraine", 0.85),
                    evidence("status", "announced", "would give", 0.8),
                ],
            },
            {
                "amount": 7e6,
                "currency": "EUR",
                "donor": None,
                "recipients": [],
                "shares": [],
                "evidence": [evidence("amount", 7e6, "7 million euros", 0.65)],
            },
        ],
    }


def example() -> Example:
    return Example(Article("w1", TITLE, TEXT, datetime.date(2025, 3, 5)), annotation_of(ANNOTATION))
