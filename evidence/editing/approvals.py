"""The admin of what waits for a second person: what was decided, by whom, on what; confirm or refuse."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from evidence import approvals
from evidence.actions import value_of
from evidence.choices import Identity
from evidence.editing.decisions import Refused, refusals
from evidence.editing.effects import effects
from evidence.editing.inputs import NOTE
from evidence.editing.readonly import InnerAdmin, ReadOnlyAdmin, admin_url
from evidence.editing.requests import editor_of, note_of
from evidence.editing.shapes import Names, written
from evidence.fields import EXISTS, kind_spec
from evidence.models import Approval, ApprovalRequest, Claim, Judgement, Record


class AnsweredFilter(admin.SimpleListFilter):
    """Requests by answer; without a choice those that wait."""

    title = "answer"
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("granted", "Confirmed"), ("refused", "Refused"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": "Waiting"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "all":
                return queryset
            case "granted" | "refused":
                return queryset.filter(answer__granted=self.value() == "granted")
            case _:
                return queryset.filter(answer=None)


@admin.register(ApprovalRequest)
class ApprovalRequestAdmin(ReadOnlyAdmin):
    list_display = ["asked_at", "asked_by", "record_link", "decision", "state"]
    list_filter = [AnsweredFilter]
    list_select_related = ["asked_by", "answer__by"]
    search_fields = ["asked_by__username", "mention__key", "verdict__why"]
    date_hierarchy = "asked_at"
    ordering = ["id"]
    change_form_template = "admin/record/approval.html"
    readonly_fields = ["record_link", "decision", "reason", "state"]
    exclude = ["mention", "verdict", "judgement"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .select_related("asked_by", "answer__by", "verdict__claim__target__binding", "mention__binding__record")
            .select_related("verdict__claim__mention__binding__record")
            .select_related("judgement__left__binding__record", "judgement__right__binding__record")
            .prefetch_related("mention__claims__target__binding")
        )

    @admin.display(description="record")
    def record_link(self, held: ApprovalRequest) -> SafeString:
        record = record_of(held)
        spec = kind_spec(record.kind)
        row: Any = spec.model.objects.get(pk=record.pk)
        whole = getattr(row, spec.parent) if spec.parent else None
        of = f" ({spec.kind.label.lower()}, {whole})" if whole else ""
        return format_html('<a href="{}">{}</a>{}', admin_url(row), row, of)

    @admin.display(description="decision")
    def decision(self, held: ApprovalRequest) -> str:
        return decision_words(held)

    @admin.display(description="reason")
    def reason(self, held: ApprovalRequest) -> str:
        said = held.verdict or held.judgement or claims_of_request(held)[0]
        return said.why or "–"

    @admin.display(description="answer")
    def state(self, held: ApprovalRequest) -> str:
        found = getattr(held, "answer", None)
        if found is None:
            return "waiting"
        word = "confirmed" if found.granted else "taken back" if found.by_id == held.asked_by_id else "refused"
        return f"{word} by {found.by}, {found.at:%-d %b %Y, %H:%M}"

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        held = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if held is not None:
            own = held.asked_by_id == request.user.pk
            waits = getattr(held, "answer", None) is None
            changes, unknown = effects(held) if waits else ([], "")
            context |= {
                "open": waits,
                "changes": changes,
                "unknown": unknown,
                "several": len({change.record for change in changes}) > 1,
                "own": own,
                "may_answer": not own and request.user.has_perm("evidence.add_approval"),
                "answer_url": reverse("admin:evidence_approvalrequest_answer", args=[held.pk]),
                "note_limit": NOTE,
            }
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "<int:pk>/answer/",
            self.admin_site.admin_view(self.answer_view),
            name="evidence_approvalrequest_answer",
        )
        return [own, *super().get_urls()]

    @method_decorator(require_POST)
    def answer_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """`do` is `confirm` or `refuse`, `why` the reason; a refusal needs one."""
        if not request.user.has_perm("evidence.add_approval"):
            raise PermissionDenied
        held = get_object_or_404(ApprovalRequest, pk=pk)
        try:
            granted, why = answer_of(request)
            with refusals():
                approvals.answer(request=held, granted=granted, by=editor_of(request), why=why)
        except (Refused, approvals.NotForYou) as error:
            self.message_user(request, f"Not answered. {error}", messages.ERROR)
            return HttpResponseRedirect(reverse("admin:evidence_approvalrequest_change", args=[pk]))
        told = "Confirmed; it counts from now on." if granted else "Refused; it never counts."
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:evidence_approvalrequest_changelist"))


def answer_of(request: HttpRequest) -> tuple[bool, str]:
    """Whether a second person confirms, and why. Raises Refused for neither word, or a refusal without its reason."""
    do, why = request.POST.get("do"), note_of(request)
    if do not in ("confirm", "refuse"):
        raise Refused("Confirm it or refuse it.")
    if do == "refuse" and not why:
        raise Refused("A refusal needs its reason.")
    return do == "confirm", why


@admin.register(Approval)
class ApprovalAdmin(InnerAdmin):
    list_display = ["at", "request", "granted", "by", "why"]
    list_select_related = ["request__asked_by", "by"]
    list_filter = ["granted"]
    search_fields = ["why", "by__username"]


def record_of(held: ApprovalRequest) -> Record:
    mention: Any = held.mention
    if held.verdict:
        mention = held.verdict.claim.mention
    elif held.judgement:
        mention = held.judgement.left
    found: Record = mention.binding.record
    return found


def claims_of_request(held: ApprovalRequest) -> list[Claim]:
    if held.verdict:
        return [held.verdict.claim]
    return sorted(held.mention.claims.all(), key=lambda claim: claim.pk) if held.mention else []


def decision_words(held: ApprovalRequest) -> str:
    """What was decided, in words: `state amount: EUR 2,000,000,000`."""
    if held.judgement:
        return _judgement_words(held.judgement)
    claims = claims_of_request(held)
    kind = claims[0].mention.kind
    pairs = [(claim.field, value_of(claim)) for claim in claims]
    names = Names.of(kind, pairs)
    labels = kind_spec(kind).by_name
    said = "; ".join(
        f"{labels[name].label}: {'yes' if name == EXISTS else written(kind, name, value, names)}"
        for name, value in pairs
    )
    verb = {"accept": "accept", "reject": "reject", "withdraw": "take back the decision on"}
    return f"{verb[held.verdict.decision] if held.verdict else 'state'} {said}"


def _judgement_words(judgement: Judgement) -> str:
    left, right = (_standing_for(end) for end in (judgement.left, judgement.right))
    verb = {
        Identity.SAME: "merge",
        Identity.DIFFERENT: "keep apart",
        Identity.UNSURE: "not be sure of",
        Identity.WITHDRAW: "take back what was said of",
    }[Identity(judgement.identity)]
    return f"{verb} {left} and {right}"


def _standing_for(mention: Any) -> Any:
    """The record that a mention minted, merged or not; where it minted none, the one it belongs to."""
    rows = kind_spec(mention.kind).model.objects
    return rows.filter(pk=mention.pk).first() or rows.get(pk=mention.binding.record_id)
