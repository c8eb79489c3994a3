"""Enumerations of the evidence app; each docstring says what the distinction means."""

from django.db.models import TextChoices


class RecordKind(TextChoices):
    """What a record states something about. The order is the order of resolution: a kind only refers upwards."""

    ORGANISATION = "organisation"
    CONTACT_GROUP = "contact_group"
    OFFICIAL = "official"
    POST = "post"
    MEMBERSHIP = "membership"
    MEETING = "meeting"
    ATTENDANCE = "attendance"
    MEETING_TOPIC = "meeting_topic"
    PACKAGE = "package"
    CONTRIBUTION = "contribution"
    ALLOCATION = "allocation"
    PACKAGE_ITEM = "package_item"
    STATEMENT = "statement"


class RecordState(TextChoices):
    """Whether a record is shown, and if not, why not."""

    LIVE = "live"
    # Nothing that says it exists reaches the publication threshold.
    UNCONFIRMED = "unconfirmed"
    # Its mentions now belong to another record, to which its address redirects.
    MERGED = "merged"
    # No live reading mentions it any more.
    WITHDRAWN = "withdrawn"
    # An editor rejected that it exists.
    RETRACTED = "retracted"


class RunOutcome(TextChoices):
    """How a reading ended. Only `read` can make a run live."""

    READ = "read"
    NOT_ENGLISH = "not_english", "Not read: language"
    FAILED = "failed"


class Decision(TextChoices):
    """What a person said of a claim's value. `withdraw` takes the earlier decision back."""

    ACCEPT = "accept"
    REJECT = "reject"
    WITHDRAW = "withdraw"


class Identity(TextChoices):
    """What a person said of two mentions. `withdraw` takes the earlier judgement back."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure", "Not sure"
    WITHDRAW = "withdraw"


class Reason(TextChoices):
    """Why a value was settled on."""

    EDITOR = "editor", "An editor stated it"
    ACCEPTED = "accepted", "An editor accepted it"
    SUPPORT = "support", "It has the most support"
    TRANSITION = "transition", "It was said last"
    NONE = "none", "Nothing reaches the publication threshold"
    CIRCLE = "circle", "Links that count for more lead from the one it names back to this record"


class ChangeAction(TextChoices):
    """What happened to a record, for those who follow the register."""

    # Stated as fact for the first time.
    CREATE = "create"
    UPDATE = "update"
    # Stated again after it was merged away, withdrawn or retracted.
    RESTORE = "restore"
    MERGE = "merge"
    # No longer stated: no live reading mentions it, or too little speaks for it.
    WITHDRAW = "withdraw"
    # No longer stated: an editor rejected that it exists.
    RETRACT = "retract"
    # Stated neither before nor after; kept for its version, and not listed in the feed.
    UNSTATED = "unstated"


class PublisherKind(TextChoices):
    """What sort of publisher a citation names: how much one of its statements counts until somebody rates it."""

    # A government, an alliance or one of their bodies, on its own pages.
    OFFICIAL = "official"
    # Its text, word for word, on somebody else's.
    OFFICIAL_COPY = "official_copy", "Copy of an official text"
    DATASET = "dataset", "Data set compiled from official texts"
    NEWS = "news"
    # Pages that retell others without saying whom, and copies of an encyclopaedia that anybody edits.
    AGGREGATOR = "aggregator"
    WIKIPEDIA_COPY = "wikipedia_copy", "Copy of Wikipedia"
    # Owned by or aligned with a state that is at war with the one the register is about.
    STATE_MEDIA = "state_media", "State media of a party to the war"


class BatchKind(TextChoices):
    """What is done to each item of a batch."""

    EDIT = "edit", "One value stated of many records"
    ACCEPT = "accept", "Values of one outlet accepted"
    REREAD = "reread", "Articles read anew"


class BatchState(TextChoices):
    """How far a batch is. A reading anew is previewed before it is applied; what was decided can be reverted."""

    WAITING = "waiting"
    RUNNING = "running"
    PREVIEWED = "previewed"
    DONE = "done"
    REVERTING = "reverting"
    REVERTED = "reverted"
