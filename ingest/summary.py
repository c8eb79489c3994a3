"""What the register holds, in a few lines."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from evidence.choices import RecordState
from evidence.models import Article, Claim, Record
from funding.models import Package
from ingest.choices import IntakeState
from ingest.models import Intake
from meetings.models import Attendance, ContactGroup, Meeting
from people.models import Nation, Official


def print_summary(console: Console, *, submitted: int, new: int, seconds: float) -> None:
    """Print counts of live records, and of what waits for an editor."""
    quarantined = Intake.objects.filter(state=IntakeState.QUARANTINED).count()
    contested = Record.objects.filter(state=RecordState.LIVE).exclude(contested_fields=[]).count()
    stories = Article.objects.filter(story=None).count()
    table = Table(title="The register holds", show_header=False, title_justify="left")
    for label, value in (
        ("articles", f"{Article.objects.count()} in {stories} stories"),
        ("meetings", Meeting.objects.live().count()),
        ("attendances", Attendance.objects.live().count()),
        ("contact groups", ContactGroup.objects.live().count()),
        ("officials", Official.objects.live().count()),
        ("packages", Package.objects.live().count()),
        ("nations named", Nation.objects.filter(attendances__state=RecordState.LIVE).distinct().count()),
        ("claims", Claim.objects.count()),
        ("contested records", contested),
        ("in quarantine", quarantined),
    ):
        table.add_row(label, str(value))
    rate = f" in {seconds:.1f} s, {new / seconds:.1f} a second" if new and seconds else ""
    console.print(f"{submitted} articles submitted, {new} of them new, settled{rate}.")
    console.print(table)
