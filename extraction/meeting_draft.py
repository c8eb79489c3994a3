"""One meeting of an article while it is being put together: its mentions and what they say."""

from __future__ import annotations

from dataclasses import dataclass, field

from extraction.group_names import GroupMention
from extraction.meeting_attributes import Span
from extraction.meeting_counted import Dated
from extraction.meeting_mentions import MeetingMention
from extraction.meeting_spots import Placed


@dataclass
class Seen:
    """A mention with what its sentence says of the meeting."""

    mention: MeetingMention
    status: str | None
    status_span: Span | None
    date: Dated | None
    place: Placed | None


@dataclass
class MeetingDraft:
    """One meeting of the article while it is being put together."""

    seen: list[Seen] = field(default_factory=list)
    group: GroupMention | None = None
    likelihood: float = 1.0
    # What the model of meetings saw, without its conjunctions.
    signs: tuple[str, ...] = ()
    # Whom the one serves who speaks at it, with the name.
    speaker: tuple[str, Span] | None = None
    # The text is spoken there, or right before it.
    spoken: bool = False

    @property
    def mentions(self) -> list[MeetingMention]:
        return [s.mention for s in self.seen]

    @property
    def head(self) -> MeetingMention:
        """The mention that names it most fully, the first of equals, headline last."""

        def rank(m: MeetingMention) -> tuple[int, int]:
            full = (
                (m.kind != "anaphor") * 4
                + (m.group is not None) * 2
                + (m.body is not None)
                + (m.ordinal is not None) * 2
            )
            return full - 2 * m.sentence.is_title, -m.start

        return max(self.mentions, key=rank)

    @property
    def key(self) -> str | None:
        return self.group.key if self.group is not None else None

    def first(self, name: str) -> MeetingMention | None:
        """The first mention that has an attribute."""
        return next((m for m in self.mentions if getattr(m, name)), None)

    @property
    def organisation(self) -> str | None:
        found = self.first("organisation")
        return found.organisation if found is not None and self.group is None else None

    @property
    def body(self) -> str | None:
        found = self.first("body")
        return found.body if found else None

    @property
    def ordinal(self) -> int | None:
        found = self.first("ordinal")
        return found.ordinal if found else None

    @property
    def date(self) -> Dated | None:
        """The best date: a day before a month, the text before the headline, the firmly bound first."""
        dated = [(s.mention, s.date) for s in self.seen if s.date is not None and s.date.starts is not None]
        if not dated:
            return None

        def rank(pair: tuple[MeetingMention, Dated]) -> tuple[int, int, int, int, int, int]:
            mention, date = pair
            explicit = date.mention.day is not None or date.mention.month is not None
            # "on 7 and 8 March" says more than "on Wednesday 8 March", one of its days.
            last = date.ends
            whole = last is not None and any(
                d.starts and not d.ends and (date.starts or "") <= d.starts <= last for _, d in dated
            )
            title = mention.sentence.is_title
            return len(date.starts or ""), not title, whole, explicit, date.bound, -mention.start

        return max(dated, key=rank)[1]

    @property
    def place(self) -> Placed | None:
        """The fullest place: a venue and town before a town, a town before a country."""
        placed = [s.place for s in self.seen if s.place is not None]
        if not placed:
            return None
        return max(placed, key=lambda p: (p.venue is not None) + 2 * (p.place is not None))

    @property
    def unnamed(self) -> bool:
        """Of no group and no organisation."""
        return self.group is None and self.organisation is None

    @property
    def of_a_series(self) -> bool:
        """Rule meeting-of-same-series: "the next session will be in May", "the Warsaw talks were held on January 13",
        where the meeting at hand has no name either."""
        if not self.unnamed or (self.date is None and self.place is None):
            return False
        settled = self.date is not None and self.place is not None and self.place.place is not None
        definite = all(m.kind == "anaphor" and m.definite and not m.clause for m in self.mentions)
        return bool(self.when()) or (settled and definite)

    def when(self) -> str:
        return next((m.when for m in self.mentions if m.when), "")

    def plain_status(self) -> str | None:
        """What the words say of its state, postponement and cancellation first, a headline last."""
        body = [s for s in self.seen if s.status and not s.mention.sentence.is_title] or [
            s for s in self.seen if s.status
        ]
        for wanted in ("postponed", "cancelled"):
            if any(s.status == wanted for s in body):
                return wanted
        strong = [s for s in body if s.mention.kind != "anaphor"] or body
        return strong[0].status if strong else None
