"""One meeting told twice: drafts that a text keeps apart by words alone are put together again."""

from __future__ import annotations

from extraction.meeting_apart import of_own_sides, other_office
from extraction.meeting_beside import beside
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_parties import LEAST_STATES
from extraction.reading import Reading

# Beyond this an article is garbage.
MOST_MENTIONS = 40


def without_twins(reading: Reading, drafts: list[MeetingDraft]) -> list[MeetingDraft]:
    """Rule meeting-unnamed-twin: "ministers meet on 12 June" tells of the named meeting of that very day again."""
    kept: list[MeetingDraft] = []
    named = [d for d in drafts if d.group is not None]
    named += [d for d in drafts if d.group is None and d.organisation is not None]
    for draft in drafts:
        others = [d for d in named if d is not draft] if draft.group is None else []
        again = next((d for d in kept if draft.group is not None and _told_again(draft, d)), None)
        again = again or _numbered_last(draft, drafts)
        if again is not None:
            again.seen.extend(draft.seen[: MOST_MENTIONS - len(again.seen)])
            continue
        twin = next((d for d in others if _same_day(reading, draft, d)), None) or _same_body(reading, draft, others)
        if twin is None:
            kept.append(draft)
        else:
            twin.seen.extend(draft.seen[: MOST_MENTIONS - len(twin.seen)])
    return kept


def _numbered_last(draft: MeetingDraft, drafts: list[MeetingDraft]) -> MeetingDraft | None:
    """Rule meeting-number-before: where the 20th is told of, the 19th is the one that "the group last" had."""
    number = draft.ordinal
    if draft.group is None or number is None or draft.date is not None or draft.place is not None:
        return None
    same = [d for d in drafts if d is not draft and d.key == draft.key]
    last = [d for d in same if d.ordinal is None and d.when() == "previous" and d.date is not None]
    return last[0] if len(last) == 1 and any(d.ordinal == number + 1 for d in same) else None


def _told_again(draft: MeetingDraft, other: MeetingDraft) -> bool:
    """Rule meeting-told-again: "the next meeting is on 26 April … the gathering on 26 April, the 21st": one; so
    are "the group met last month" and "that was on January 23, at its 18th session"."""
    mine, theirs = draft.date, other.date
    if mine is None or theirs is None or draft.key != other.key:
        return False
    towns = {d.place.place for d in (draft, other) if d.place is not None and d.place.place}
    numbers = {d.ordinal for d in (draft, other)} - {None}
    bodies = {draft.body, other.body}
    a, b = sorted((mine.starts or "", theirs.starts or ""), key=len)
    if len(b) < 10 or len(a) < 7 or not b.startswith(a) or len(towns) > 1 or len(numbers) > 1:
        return False
    states = {draft.plain_status(), other.plain_status()} - {None}
    alike = len(states) < 2 and len(bodies - {None}) < 2
    return alike or (a == b and len(bodies) == 1)


def _same_body(reading: Reading, draft: MeetingDraft, others: list[MeetingDraft]) -> MeetingDraft | None:
    """Rule meeting-unnamed-body: "the meeting of the defence ministers" is that of the EU's, where only theirs is
    spoken of."""
    # A meeting of three sides is theirs.
    apart = any(len(m.sides) == LEAST_STATES for m in draft.mentions)
    apart = apart or any(other_office(reading, d, m) for d in others for m in draft.mentions)
    same = [d for d in others if d.body == draft.body and not apart]
    if draft.organisation is not None or draft.body != "ministers" or len(same) != 1:
        return None
    other = same[0]
    days = {d.date.starts for d in (draft, other) if d.date is not None and d.date.starts}
    towns = {d.place.place for d in (draft, other) if d.place is not None and d.place.place}
    numbers = {d.ordinal for d in (draft, other)} - {None}
    agree = len(days) < 2 and len(towns) < 2 and len(numbers) < 2 and draft.when() == other.when()
    return other if agree else None


def _same_day(reading: Reading, draft: MeetingDraft, other: MeetingDraft) -> bool:
    mine, theirs = draft.date, other.date
    if any(beside(reading, draft, m) or of_own_sides(reading, draft, m) for m in other.mentions):
        return False
    if mine is None or theirs is None or mine.starts is None or mine.starts != theirs.starts:
        return False
    # Ministers of a group and of an organisation may meet on one day; its armaments directors are the group.
    if draft.organisation is not None and not (draft.body == other.body == "armaments_directors"):
        return False
    towns = {d.place.place for d in (draft, other) if d.place is not None and d.place.place}
    return len(towns) < 2 and len({draft.body, other.body} - {None}) < 2
