"""Asks a language model for a second reading of an article, over any OpenAI-compatible endpoint.

Whatever the endpoint does, the reading of the rules stands: a fault ends up as one line in the note that comes back
with the facts. Imported only where a model is configured.
"""

from __future__ import annotations

import asyncio
import datetime
import email.utils
import hashlib
import json
import random
import secrets
import time
from collections import Counter
from typing import Any

import httpx
from django.conf import settings

import extraction
from extraction.competition import merge
from extraction.document import Document
from extraction.facts import Facts
from extraction.llm import VERSION
from extraction.llm.answer import AnswerFault, parse_answer, read_answer
from extraction.llm.prompt import Part, messages, parts
from extraction.llm.schema import ANSWER
from extraction.reading import Reading

TRIES = 3
BACKOFF = 1.0  # seconds before the second try, doubled for each further one, with up to as much again by chance
# An article, all its parts and tries together, may take this many times what one answer may.
ARTICLE_TIMEOUTS = 2
AT_ONCE = 3
MAX_BYTES = 2_000_000
RETRIED = {408, 425, 429, 500, 502, 503, 504, 529}
REFUSED = {400, 404, 415, 422, 501}
FORMATS: tuple[dict[str, Any], ...] = (
    {"response_format": {"type": "json_schema", "json_schema": {"name": "facts", "strict": True, "schema": ANSWER}}},
    {"response_format": {"type": "json_object"}},
    {},
)


class ModelFault(Exception):
    """Why the model gave no facts, in one line without anything that the endpoint said."""


class _Passing(ModelFault):
    """A fault that another try may not meet; `wait`: seconds that the endpoint asks for."""

    def __init__(self, fault: str, wait: float | None = None) -> None:
        super().__init__(fault)
        self.wait = wait


class _Refused(ModelFault):
    """The endpoint does not take the request as it is; `said` is what it says, for telling what it lacks."""

    def __init__(self, fault: str, said: str) -> None:
        super().__init__(fault)
        self.said = said


def engine() -> dict[str, str]:
    """Name and version of rules and model together, as a run has them."""
    name = f"{extraction.ENGINE}+{settings.LLM_MODEL}"
    if len(name) > 50:
        name = f"{name[:41]}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return {"engine": name, "engine_version": f"{extraction.VERSION}+{VERSION}"}


def second_reading(
    title: str, text: str, published: datetime.date | None, rules: Facts
) -> tuple[Facts, dict[str, Any]]:
    """The facts of rules and model together, and a note on what the model did.

    The note holds `model`, and once it has answered `kept` (values), `dropped` (field -> values without a true quote)
    and `tokens`; `fault` where all or a part of the article was read by the rules alone.
    """
    document = Document(title, text, published)
    reading = Reading(document)
    wanted = parts(document)
    answers = asyncio.run(_ask(document))
    found, dropped, tokens, faults = None, Counter[str](), 0, []
    for part, answer in zip(wanted, answers, strict=True):
        if isinstance(answer, ModelFault):
            faults.append(str(answer))
            continue
        facts, lost = read_answer(reading, part, answer[0])
        dropped += lost
        tokens += answer[1]
        found = facts if found is None else merge(found, facts, independent=False)
    note: dict[str, Any] = {"model": settings.LLM_MODEL}
    if faults:
        some = f"{len(faults)} of {len(wanted)} parts: " if len(wanted) > 1 else ""
        note["fault"] = some + "; ".join(dict.fromkeys(faults))
    if found is None:
        return rules, note
    note |= {"kept": _values(found), "dropped": dict(sorted(dropped.items())), "tokens": tokens}
    return merge(rules, found), note


def _values(facts: Facts) -> int:
    sections = (facts.contact_groups, facts.meetings, facts.officials, facts.packages)
    return sum(len(item.evidence) for section in sections for item in section)


async def _ask(document: Document) -> list[tuple[dict[str, Any], int] | ModelFault]:
    """Answer and tokens of each part, or why there is none."""
    end = time.monotonic() + settings.LLM_TIMEOUT * ARTICLE_TIMEOUTS
    headers = {"Accept-Encoding": "identity"}
    if settings.LLM_KEY:
        headers["Authorization"] = f"Bearer {settings.LLM_KEY}"
    try:
        client = httpx.AsyncClient(headers=headers, timeout=settings.LLM_TIMEOUT)
    except (ValueError, ImportError, httpx.InvalidURL):
        return [ModelFault("could not be reached through the proxy that the environment names")] * len(parts(document))
    async with client as http:
        endpoint = _Endpoint(http, end)
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(part: Part) -> tuple[dict[str, Any], int] | ModelFault:
            async with turns:
                try:
                    return await endpoint.answer(messages(document, part, secrets.token_hex(8)))
                except ModelFault as fault:
                    return fault

        return await asyncio.gather(*(one(part) for part in parts(document)))


class _Endpoint:
    """The endpoint during one article; what it has refused once is not asked of it again."""

    def __init__(self, http: httpx.AsyncClient, end: float) -> None:
        self.http, self.end = http, end
        url = settings.LLM_URL.rstrip("/")
        self.url = url if url.endswith("/chat/completions") else f"{url}/chat/completions"
        self.format = 0
        self.limit = "max_tokens"
        self.temperature: dict[str, float] = {"temperature": 0}

    async def answer(self, conversation: list[dict[str, str]]) -> tuple[dict[str, Any], int]:
        """The object that the model answered with, and the tokens it took. Raises ModelFault."""
        tried = 0
        while True:
            shape = self.shape()
            try:
                return _content(await self._post({"messages": conversation, **shape}))
            except _Refused as refusal:
                # Parts under way at once meet the same refusal; only the first of them changes the shape.
                if shape == self.shape() and not self._plainer(refusal.said):
                    raise
            except _Passing as fault:
                tried += 1
                wait = BACKOFF * 2 ** (tried - 1) * (1 + random.random()) if fault.wait is None else fault.wait  # noqa: S311
                if tried == TRIES:
                    raise ModelFault(f"{fault}, {TRIES} times") from None
                if time.monotonic() + wait >= self.end:
                    raise ModelFault(f"{fault}, and no time is left to try again") from None
                await asyncio.sleep(wait)

    def shape(self) -> dict[str, Any]:
        """The request without its messages."""
        limit = {self.limit: settings.LLM_MAX_TOKENS}
        return {"model": settings.LLM_MODEL, **limit, **self.temperature, **FORMATS[self.format]}

    def _plainer(self, said: str) -> bool:
        """Leave out what the endpoint complains of, else the strictest form of answer; False if nothing is left."""
        if "max_completion_tokens" in said and self.limit == "max_tokens":
            self.limit = "max_completion_tokens"
        elif "temperature" in said and self.temperature:
            self.temperature = {}
        elif self.format + 1 < len(FORMATS):
            self.format += 1
        else:
            return False
        return True

    async def _post(self, request: dict[str, Any]) -> bytes:
        left = min(settings.LLM_TIMEOUT, self.end - time.monotonic())
        try:
            # A limit on the whole exchange: an endpoint that sends a byte a second never meets one on each read.
            async with asyncio.timeout(left), self.http.stream("POST", self.url, json=request) as response:
                body = b""
                async for chunk in response.aiter_raw():
                    body += chunk
                    if len(body) > MAX_BYTES:
                        raise ModelFault(f"answered with more than {MAX_BYTES / 1e6:.0f} MB")
                status = response.status_code
        except (TimeoutError, httpx.TimeoutException):
            raise _Passing(f"did not answer within {max(left, 0):.3g} s") from None
        except httpx.TransportError as error:
            raise _Passing(f"could not be reached ({type(error).__name__})") from None
        except httpx.InvalidURL:
            raise ModelFault("has an address that is none") from None
        if status == httpx.codes.OK:
            return body
        fault = f"answered {status} {httpx.codes.get_reason_phrase(status)}".rstrip()
        if status in RETRIED:
            raise _Passing(fault, _wait(response.headers.get("Retry-After")))
        if status in REFUSED:
            raise _Refused(fault, body[:10_000].decode("utf-8", "replace"))
        raise ModelFault(fault)


def _wait(asked: str | None) -> float | None:
    """The seconds of a Retry-After header, which may be a date."""
    if asked is None:
        return None
    if asked.strip().isdigit():
        return float(asked)
    try:
        until = email.utils.parsedate_to_datetime(asked)
        return max(0.0, (until - datetime.datetime.now(until.tzinfo)).total_seconds())
    except ValueError:
        return None


def _content(body: bytes) -> tuple[dict[str, Any], int]:
    """The facts in the body of a chat completion, and the tokens it says it took. Raises ModelFault."""
    try:
        completion = json.loads(body)
        choice = completion["choices"][0]
        content, cut = choice["message"]["content"], choice.get("finish_reason") == "length"
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise ModelFault("answered with something else than a chat completion") from None
    if not isinstance(content, str) or not content.strip():
        raise ModelFault("gave no answer")
    usage = completion.get("usage")
    tokens = usage.get("total_tokens") if isinstance(usage, dict) else 0
    try:
        answer = parse_answer(content)
    except AnswerFault as fault:
        raise ModelFault(f"was cut off after {settings.LLM_MAX_TOKENS} tokens" if cut else str(fault)) from None
    return answer, tokens if isinstance(tokens, int) and 0 <= tokens < 10**9 else 0
