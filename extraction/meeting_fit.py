"""Make the weights of the two models of meetings: `python -m extraction.meeting_fit data/gold/tune`.

`meeting_sentences.csv`: every sentence with a day or a town in which no word for a meeting was found is an example; it
tells of a meeting if its day or town is an annotated meeting's. `meeting_likelihood.csv`: every draft is one; it is a
meeting if the annotation has it. What an annotation leaves open (borderline, tolerated, a second telling of a meeting
already found) teaches nothing.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from extraction import gate, language, logistic, meeting_events, meeting_likelihood
from extraction.date_resolution import resolve
from extraction.document import Document, Sentence
from extraction.engine import meetings_of
from extraction.groups import GroupReader
from extraction.logistic import Example
from extraction.meeting_finder import MeetingFinder
from extraction.meeting_mentions import MeetingMention
from extraction.meetings import MeetingReader
from extraction.officials import OfficialReader
from extraction.reading import Reading
from extraction.scoring.annotations import Annotation, Item, annotation_of
from extraction.scoring.matching import affinity, canonical, left_aside, pairs

PENALTY = 4.0
LEAST_EXAMPLES = 3
SENTENCE_PENALTY = 5.0
LEAST_SENTENCES = 5


def articles_of(directory: Path) -> Iterator[tuple[str, Reading, Annotation]]:
    """The annotated articles that the engine reads, by name."""
    for path in sorted((directory / "gold").glob("*.json")):
        record = json.loads((directory / "articles" / path.name).read_text(encoding="utf-8"))
        day = datetime.date.fromisoformat(record["published"]) if record["published"] else None
        document = Document(record["title"], record["text"], day)
        if language.detect(document.view[:8000]) == "en" and gate.is_relevant(document.view):
            yield path.stem, Reading(document), annotation_of(json.loads(path.read_text(encoding="utf-8")))


def sentences_of(reading: Reading, annotation: Annotation) -> Iterator[Example]:
    """Signs and answer of each sentence that only the model could find to tell of a meeting."""
    mentions = sorted((m for g in GroupReader(reading).read() for m in g.mentions), key=lambda m: m.start)
    finder = MeetingFinder(reading, mentions, OfficialReader(reading).read())
    found: list[MeetingMention] = []
    for sentence, here in finder.named(found):
        signs = finder.signs(sentence, found)
        if signs is not None and all(m.kind == "anaphor" for m in here):
            yield signs, any(_tells(reading, sentence, item) for item in annotation.sections["meetings"])
        found.extend(sorted(here, key=lambda m: m.start))


def _tells(reading: Reading, sentence: Sentence, meeting: Item) -> bool:
    """Whether a sentence has the day of a meeting, or its town and no other day."""
    starts, place = meeting.get("starts"), meeting.get("place")
    dates = [d for d in reading.dates_of(sentence) if d.kind not in ("week", "year_shift")]
    days = {
        found[0]
        for date in dates
        for direction in ("past", "future", "near")
        if (found := resolve(date, reading.anchor, direction)) is not None
    }
    of_day = bool(starts) and any(len(day) >= 7 and str(starts).startswith(day) for day in days)
    here = bool(place) and str(place) in sentence.text
    return of_day or (here and not dates)


def drafts_of(reading: Reading, annotation: Annotation) -> Iterator[Example]:
    """Signs and answer of each draft."""
    persons = OfficialReader(reading).read()
    groups = GroupReader(reading).read()
    drafts = MeetingReader(reading, groups, persons).drafts()
    got = [asdict(m) for m in meetings_of(reading, drafts, groups, persons)]
    wanted = canonical(annotation.sections, annotation)["meetings"]
    found = canonical({**annotation.sections, "meetings": got}, annotation)["meetings"]
    partner = pairs("meetings", wanted, found)
    for index, (draft, item) in enumerate(zip(drafts, found, strict=True)):
        answer = index in partner
        if answer and (wanted[partner[index]].get("scope") == "borderline" or wanted[partner[index]].get("optional")):
            continue
        if not answer and (
            left_aside("meetings", item, annotation) or any(affinity("meetings", w, item) for w in wanted)
        ):
            continue
        yield meeting_likelihood.features(reading, draft, len(groups)), answer


def main(directory: Path) -> None:
    """The sentences first: the drafts rest on what their model finds."""
    sentences = [e for _, reading, annotation in articles_of(directory) for e in sentences_of(reading, annotation)]
    logistic.write(meeting_events.WEIGHTS.path, logistic.fit(sentences, SENTENCE_PENALTY, LEAST_SENTENCES))
    meeting_events.WEIGHTS.forget()
    drafts = [e for _, reading, annotation in articles_of(directory) for e in drafts_of(reading, annotation)]
    logistic.write(meeting_likelihood.WEIGHTS.path, logistic.fit(drafts, PENALTY, LEAST_EXAMPLES))
    sys.stdout.write(f"{len(sentences)} sentences, {len(drafts)} drafts\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
