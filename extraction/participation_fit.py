"""Make the weights of `participation.csv`: `python -m extraction.participation_fit data/gold/tune [DIRECTORY…]`.

Every meeting of the annotated articles that the engine finds gives one example a party named around it; parties
that an annotation tolerates are left out. The weights kept here are of the tuning articles together with some 700
published ones, whose texts are not ours to keep; from the tuning articles alone they come out a little less good
(a party is told right at F1 0.893 instead of 0.903, on articles that the weights were not made from).
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import extraction
from extraction import logistic
from extraction.discourse import main_of, segments_of
from extraction.document import Document
from extraction.folding import Folder
from extraction.groups import GroupReader
from extraction.logistic import Example
from extraction.meetings import MeetingReader
from extraction.officials import OfficialReader
from extraction.participation import WEIGHTS, candidates
from extraction.reading import Reading
from extraction.scoring.annotations import SECTIONS, annotation_of
from extraction.scoring.comparing import same_party
from extraction.scoring.matching import canonical, pairs

PENALTY = 4.0
LEAST_EXAMPLES = 3


def examples_of(directory: Path) -> Iterator[tuple[str, Example]]:
    """By article, features and answer of every party that stands by a meeting which both annotator and engine found."""
    for path in sorted((directory / "gold").glob("*.json")):
        record = json.loads((directory / "articles" / path.name).read_text(encoding="utf-8"))
        day = datetime.date.fromisoformat(record["published"]) if record["published"] else None
        annotation = annotation_of(json.loads(path.read_text(encoding="utf-8")))
        facts = extraction.read(record["title"], record["text"], day).to_json(path.stem)
        wanted = canonical(annotation.sections, annotation)["meetings"]
        got = canonical({section: facts[section] for section in SECTIONS}, annotation)["meetings"]
        partner = pairs("meetings", wanted, got)
        if not partner:
            continue
        reading = Reading(Document(record["title"], record["text"], day))
        persons = OfficialReader(reading).read()
        drafts = MeetingReader(reading, GroupReader(reading).read(), persons).read()
        folder, main = Folder(reading, persons, drafts), main_of(drafts)
        folds = [(segment, folder.fold(segment)) for segment in segments_of(reading, drafts)]
        for index, which in partner.items():
            draft, want = drafts[index], wanted[which]
            own = [pair for pair in folds if pair[0].draft is draft]
            tolerated = want.get("accept", {}).get("participants") or []
            for candidate in candidates(draft, got[index]["status"], draft is main, own).values():
                # The organisation whose meeting it is takes part by rule.
                if candidate.value == draft.organisation:
                    continue
                right = any(same_party(candidate.value, party) for party in want["participants"])
                if right or not any(same_party(candidate.value, party) for party in tolerated):
                    yield path.stem, (candidate.features, right)


def main(directories: list[Path]) -> None:
    rows = [example for directory in directories for _, example in examples_of(directory)]
    weights = logistic.fit(rows, PENALTY, LEAST_EXAMPLES)
    logistic.write(WEIGHTS.path, weights)
    sys.stdout.write(f"{len(rows)} examples, {len(weights)} weights written to {WEIGHTS.path.name}\n")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
