"""An article written for these tests, and answers about it as a good model gives them."""

from __future__ import annotations

import datetime
from typing import Any

from extraction.document import Document
from extraction.facts import Facts
from extraction.llm.answer import Dropped, read_answer
from extraction.llm.prompt import parts
from extraction.reading import Reading

TITLE = "Contact group talks bring new pledges"
TEXT = (
    "Defence ministers of the Ukraine Defense Contact Group held their 19th meeting at Ramstein Air Base on Tuesday, "
    "chaired by U.S. Secretary of Defense Lloyd Austin. Representatives of about 50 nations attended.\n\n"
    "Germany will provide 500 million euros for artillery shells for Ukraine, German Defence Minister "
    "Gen. Karl Weber said. “We stand together,” he told reporters. Canada pledged $30 million for drones.\n\n"
    "The ministers will meet again in Brussels on 25 April."
)
WEDNESDAY = datetime.date(2024, 3, 20)


def shown(value: object, quote: str | None = None) -> dict[str, Any]:
    return {"value": value, "quote": str(value) if quote is None else quote}


def meeting(mention: str = "19th meeting", **fields: object) -> dict[str, Any]:
    return {"meetings": [{"mention": shown(mention), **fields}]}


def official(name: str, quote: str | None = None, **fields: object) -> dict[str, Any]:
    return {"officials": [{"name": shown(name, quote), **fields}]}


def package(amount: float = 500_000_000, quote: str = "500 million euros", **fields: object) -> dict[str, Any]:
    return {"packages": [{"amount": shown(amount, quote), "currency": "EUR", **fields}]}


def read(answer: dict[str, Any], text: str = TEXT, title: str = TITLE) -> tuple[Facts, Dropped]:
    reading = Reading(Document(title, text, WEDNESDAY))
    return read_answer(reading, parts(reading.document)[0], answer)
