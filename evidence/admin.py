"""Admin of the log and its sources: read-only but for what an outlet is called and how it is rated."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evidence.editing import accounts, approvals, batches, pair_admin  # noqa: F401  they register themselves
from evidence.editing.filters import ContestedFilter, FieldFilter, StateFilter, ValueFilter
from evidence.editing.guard import GuardedAdmin, GuardedForm
from evidence.editing.readonly import InnerAdmin, ReadOnlyAdmin, admin_url, as_json, link_to
from evidence.editing.shapes import with_links
from evidence.fields import kind_spec
from evidence.models import (
    Article,
    Band,
    Binding,
    Change,
    ChangeEpoch,
    Claim,
    ImportedRow,
    Judgement,
    Mention,
    Outlet,
    OutletRating,
    Record,
    Run,
    SettledField,
    Settlement,
    Snapshot,
    Verdict,
)
from evidence.services import rate_outlet

if TYPE_CHECKING:
    TabularInline = admin.TabularInline[Any, Any]
else:
    TabularInline = admin.TabularInline

admin.site.site_header = "Muster, editors’ desk"
admin.site.site_title = "Muster"
admin.site.index_title = "Desk"


class OutletForm(GuardedForm):
    """An outlet, with the reason for a rating of it."""

    reason = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text="What the rating rests on. Every record that rests on this outlet is settled anew.",
    )

    class Meta:
        model = Outlet
        fields = ["name", "domain", "reliability"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        rated = self.instance._state.adding or "reliability" in self.changed_data
        if rated and "reliability" in data and not data.get("reason", "").strip():
            self.add_error("reason", "A rating needs its reason.")
        return data


class RatingInline(TabularInline):
    """Ratings of an outlet so far, the latest first."""

    model = OutletRating
    fields = ["at", "reliability", "by", "why"]
    readonly_fields = ["at", "reliability", "by", "why"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("by", "outlet")


@admin.register(Outlet)
class OutletAdmin(GuardedAdmin):
    form = OutletForm
    list_display = ["name", "domain", "reliability", "articles_read", "accept_all"]
    search_fields = ["name", "domain"]
    list_filter = ["reliability"]
    inlines = [RatingInline]
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(article_count=Count("articles"))

    # Not `articles`: the list would be sorted by the relation of that name, an outlet once for each of its articles.
    @admin.display(description="articles", ordering="article_count")
    def articles_read(self, outlet: Any) -> int:
        return int(outlet.article_count)

    @admin.display(description="values")
    def accept_all(self, outlet: Any) -> SafeString | str:
        if not outlet.article_count:
            return "–"
        return format_html(
            '<a href="{}">Accept all above …</a>', reverse("admin:evidence_batch_accept", args=[outlet.pk])
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Citations name their outlet by it.
        return ["name"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=["domain"])
        else:
            obj.save()
        if not change or "reliability" in form.changed_data:
            by = cast(AbstractBaseUser, request.user)
            rate_outlet(outlet=obj, reliability=obj.reliability, by=by, why=form.cleaned_data["reason"])


@admin.register(OutletRating)
class OutletRatingAdmin(ReadOnlyAdmin):
    list_display = ["outlet", "reliability", "by", "why", "at"]
    list_select_related = ["outlet", "by"]
    search_fields = ["outlet__name", "why"]
    date_hierarchy = "at"


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = ["title", "outlet", "published", "story_of", "created_at"]
    list_select_related = ["outlet", "story"]
    list_filter = [("story", admin.EmptyFieldListFilter)]
    search_fields = ["title", "url", "outlet__name"]
    date_hierarchy = "published"
    fields = ["title", "outlet", "published", "address", "story", "note", "key", "created_at", "readings"]
    readonly_fields = ["address", "readings"]
    story_of = link_to("story", "story")

    @admin.display(description="address")
    def address(self, article: Article) -> str | SafeString:
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', article.url) if article.url else "–"

    @admin.display(description="readings")
    def readings(self, article: Article) -> str | SafeString:
        runs = Run.objects.filter(snapshot__article=article).defer("facts").select_related("snapshot")
        rows = [format_html('<a href="{}">{}</a>', admin_url(run), _run_text(run)) for run in runs]
        return SafeString("<br>".join(rows)) if rows else "none"


def _run_text(run: Run) -> str:
    live = ", live" if run.live else ""
    return f"{run.engine} {run.engine_version}, {run.started_at:%Y-%m-%d %H:%M}: {run.get_outcome_display()}{live}"


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ["title", "article_link", "published", "language", "taken_at"]
    list_select_related = ["article"]
    list_filter = [("language", ValueFilter)]
    search_fields = ["title", "content_sha256", "article__title"]
    date_hierarchy = "taken_at"
    article_link = link_to("article", "article")

    def get_queryset(self, request: HttpRequest) -> Any:
        found = super().get_queryset(request)
        return found if _is_detail(request) else found.defer("text")


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ["snapshot_link", "engine", "engine_version", "outcome", "relevant", "live", "duration_ms"]
    list_select_related = ["snapshot"]
    list_filter = ["outcome", "live", "relevant", "engine"]
    search_fields = ["snapshot__title", "engine_version", "error"]
    date_hierarchy = "started_at"
    exclude = ["facts"]
    readonly_fields = ["read_facts"]
    snapshot_link = link_to("snapshot", "snapshot")
    read_facts = as_json("facts", "facts")

    def get_queryset(self, request: HttpRequest) -> Any:
        found = super().get_queryset(request)
        return found if _is_detail(request) else found.defer("facts", "snapshot__text")


@admin.register(ImportedRow)
class ImportedRowAdmin(ReadOnlyAdmin):
    list_display = ["file", "row_key", "live", "imported_at"]
    list_filter = ["live", "file"]
    search_fields = ["file", "row_key"]
    date_hierarchy = "imported_at"
    exclude = ["content"]
    readonly_fields = ["row"]
    row = as_json("content", "row")


@admin.register(Band)
class BandAdmin(InnerAdmin):
    list_display = ["article", "position", "digest"]
    list_select_related = ["article"]
    search_fields = ["article__title"]


class RecordChangeList(ChangeList):
    """Rows of any kind, each with the name it has as one of its kind: one more query a kind, not a row."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        by_kind: dict[str, list[Any]] = defaultdict(list)
        for record in self.result_list:
            by_kind[record.kind].append(record)
        for kind, records in by_kind.items():
            rows = with_links(kind_spec(kind).model).in_bulk([record.pk for record in records])
            for record in records:
                record.instance = rows[record.pk]


@admin.register(Record)
class EveryRecordAdmin(ReadOnlyAdmin):
    """Records of every kind in one list: what is contested, what is unconfirmed."""

    list_display = ["name", "kind", "state", "contested", "updated_at"]
    list_display_links = None
    list_filter = [StateFilter, ContestedFilter, "kind"]
    search_fields = ["id", "identity_keys"]
    date_hierarchy = "updated_at"
    ordering = ["-updated_at", "id"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RecordChangeList

    def name(self, record: Any) -> SafeString:
        anchor = "#claims" if record.contested_fields else ""
        return format_html('<a href="{}{}">{}</a>', admin_url(record.instance), anchor, record.instance)

    def contested(self, record: Record) -> str:
        by_name = kind_spec(record.kind).by_name
        return ", ".join(by_name[name].label for name in record.contested_fields if name in by_name) or "–"


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    list_display = ["key", "kind", "record_link", "snapshot", "imported_row", "author", "created_at"]
    list_select_related = ["snapshot", "imported_row", "author", "binding__record"]
    list_filter = ["kind"]
    search_fields = ["key", "id", "snapshot__title"]
    date_hierarchy = "created_at"
    record_link = link_to("binding__record", "record")


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ["field", "said", "quote", "confidence", "rule", "snapshot", "author", "created_at"]
    list_select_related = ["snapshot", "author", "target"]
    list_filter = [FieldFilter, "mention__kind"]
    search_fields = ["quote", "mention__key", "citation_publisher", "rule"]
    date_hierarchy = "created_at"

    @admin.display(description="value")
    def said(self, claim: Claim) -> str:
        return str(claim.target_id if claim.target_id else claim.value)


@admin.register(Verdict)
class VerdictAdmin(ReadOnlyAdmin):
    list_display = ["at", "decision", "claim", "by", "why"]
    list_select_related = ["claim", "by"]
    list_filter = ["decision", FieldFilter]
    search_fields = ["why", "claim__quote", "by__username"]
    date_hierarchy = "at"


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyAdmin):
    list_display = ["at", "identity", "left", "right", "by", "why"]
    list_select_related = ["left", "right", "by"]
    list_filter = ["identity", "left__kind"]
    search_fields = ["why", "left__key", "right__key", "by__username"]
    date_hierarchy = "at"


@admin.register(Settlement)
class SettlementAdmin(ReadOnlyAdmin):
    list_display = ["at", "record_link", "field", "value", "reason", "contested"]
    list_select_related = ["record"]
    list_filter = ["reason", "contested", FieldFilter]
    search_fields = ["record__id", "field"]
    date_hierarchy = "at"
    exclude = ["inputs"]
    readonly_fields = ["weighed"]
    record_link = link_to("record", "record")
    weighed = as_json("inputs", "weighed")


@admin.register(SettledField)
class SettledFieldAdmin(InnerAdmin):
    list_display = ["record_link", "field", "stories", "support", "contested", "decided"]
    list_select_related = ["record"]
    list_filter = ["contested", "decided", FieldFilter]
    search_fields = ["record__id", "field"]
    record_link = link_to("record", "record")


@admin.register(Binding)
class BindingAdmin(InnerAdmin):
    list_display = ["mention", "kind", "block", "record_link", "live"]
    list_select_related = ["mention", "record"]
    list_filter = ["kind", "live"]
    search_fields = ["mention__key", "block"]
    exclude = ["features"]
    readonly_fields = ["compared"]
    record_link = link_to("record", "record")
    compared = as_json("features", "compared")


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "action", "record_link", "version", "fields_changed", "transaction"]
    list_select_related = ["record"]
    list_filter = ["action", "record__kind"]
    search_fields = ["record__id"]
    date_hierarchy = "at"
    ordering = ["-id"]
    record_link = link_to("record", "record")

    @admin.display(description="fields")
    def fields_changed(self, change: Change) -> str:
        return ", ".join(change.fields)


@admin.register(ChangeEpoch)
class ChangeEpochAdmin(InnerAdmin):
    list_display = ["token", "began_at", "ahead"]
    search_fields = ["origin"]


def _is_detail(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.kwargs.get("object_id"))
