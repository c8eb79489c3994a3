"""Pages of candidate pairs: the list, two records side by side, and merges that can be taken back."""

from __future__ import annotations

import uuid
from collections import defaultdict
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evidence.approvals import waiting_on_pair
from evidence.choices import Identity
from evidence.editing import pairs
from evidence.editing.decisions import Refused
from evidence.editing.inputs import NOTE
from evidence.editing.likeness import in_words
from evidence.editing.pairs import PairRefused
from evidence.editing.readonly import ReadOnlyAdmin, admin_url
from evidence.editing.requests import note_of
from evidence.editing.shapes import with_links
from evidence.fields import kind_spec
from evidence.models import CandidatePair, Judgement, Record
from evidence.services import current_record

MERGES_A_PAGE = 50


class WordFilter(admin.SimpleListFilter):
    """Pairs by what was said of them; without a choice those that wait."""

    title = "decision"
    parameter_name = "word"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("unsure", "Not sure"), ("different", "Different"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": "Waiting"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset if self.value() == "all" else queryset.filter(word=self.value() or "")


class PairChangeList(ChangeList):
    """Pairs, each record with the name it has as one of its kind: one more query a kind, not a row."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        ids: dict[str, set[uuid.UUID]] = defaultdict(set)
        for pair in self.result_list:
            ids[pair.kind] |= {pair.left_id, pair.right_id}
        rows: dict[uuid.UUID, Any] = {}
        for kind, members in ids.items():
            rows |= with_links(kind_spec(kind).model).in_bulk(members)
        for pair in self.result_list:
            pair.rows = rows[pair.left_id], rows[pair.right_id]


class CompareForm(forms.Form):
    """Two records to look at side by side, by id or by the address of any page of theirs."""

    left = forms.CharField(max_length=2000, label="One record", help_text="Its id, or the address of its page.")
    right = forms.CharField(max_length=2000, label="The other record", help_text="Likewise.")

    def _record(self, name: str) -> uuid.UUID:
        found = _ids_in(self.cleaned_data[name])
        if len(found) != 1:
            raise forms.ValidationError("There is no id of a record in it." if not found else "There are several ids.")
        current = current_record(found[0])
        if current is None or not Record.objects.filter(pk=current).exists():
            raise forms.ValidationError(f"There is no record {found[0]}.")
        return current

    def clean_left(self) -> uuid.UUID:
        return self._record("left")

    def clean_right(self) -> uuid.UUID:
        return self._record("right")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "left" in data and "right" in data:
            try:
                pairs.check_pair(data["left"], data["right"])
            except PairRefused as refused:
                self.add_error("right", str(refused))
        return data


@admin.register(CandidatePair)
class CandidatePairAdmin(ReadOnlyAdmin):
    """What may be one record, and what was merged. Deciding needs the permission to add judgements."""

    list_display = ["pair", "kind", "reasons", "decision"]
    list_display_links = None
    list_filter = [WordFilter, "kind"]
    search_fields = ["keys", "id"]
    ordering = ["-right_id", "left_id"]
    change_list_template = "admin/pair/change_list.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PairChangeList

    @admin.display(description="records")
    def pair(self, found: Any) -> SafeString:
        url = reverse("admin:evidence_candidatepair_change", args=[found.pk])
        return format_html('<a href="{}">{}<br>{}</a>', url, *found.rows)

    @admin.display(description="why")
    def reasons(self, found: CandidatePair) -> SafeString:
        return format_html_join(SafeString("<br>"), "{}", ((reason,) for reason in in_words(found.kind, found.keys)))

    @admin.display(description="decision", ordering="word")
    def decision(self, found: CandidatePair) -> str:
        return found.get_word_display() if found.word else "waiting"

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            found: URLPattern = path(route, self.admin_site.admin_view(view), name=f"evidence_candidatepair_{name}")
            return found

        return [
            page("compare/", self.compare_view, "compare"),
            page("merged/", self.merged_view, "merged"),
            page("merged/<int:judgement>/", self.unmerge_view, "unmerge"),
            *super().get_urls(),
        ]

    def _may_decide(self, request: HttpRequest) -> bool:
        return request.user.has_perm("evidence.add_judgement")

    def _must(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request) or (request.method == "POST" and not self._may_decide(request)):
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, title: str, **more: Any) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "may_decide": self._may_decide(request),
            "note_limit": NOTE,
            **more,
        }
        return TemplateResponse(request, f"admin/pair/{template}.html", context)

    # Two records side by side

    def compare_view(self, request: HttpRequest) -> HttpResponse:
        """Choose any two records, suggested or not."""
        self._must(request)
        form = CompareForm(request.GET if request.GET else None)
        if form.is_bound and form.is_valid():
            left, right = sorted((form.cleaned_data["left"], form.cleaned_data["right"]))
            return HttpResponseRedirect(reverse("admin:evidence_candidatepair_change", args=[f"{left}.{right}"]))
        return self._page(request, "choose", "Compare two records", form=form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A pair, suggested or chosen, and what is said of it: `do` is the word, `why` the reason."""
        self._must(request)
        found = _ids_in(object_id)
        if len(found) != 2:
            raise Http404("The address of a pair is two ids with a dot between them.")
        (left, right), refusal, why = found, "", request.POST.get("why", "")[:NOTE]
        if request.method == "POST":
            by = cast(AbstractBaseUser, request.user)
            word, seen = request.POST.get("do", ""), request.POST.get("seen", "")
            try:
                told = pairs.say(left=left, right=right, word=word, by=by, why=note_of(request), seen=seen)
            except (PairRefused, Refused) as refused:
                refusal = str(refused)
            else:
                self.message_user(request, format_html("{}{}", told, self._undo(left, right, word)), messages.SUCCESS)
                return HttpResponseRedirect(next_pair(left, right))
        try:
            comparison = pairs.compare(left, right, cast(AbstractBaseUser, request.user))
        except PairRefused as refused:
            return self._page(request, "pair", "Candidate pair", refusal=refusal or str(refused))
        title = f"{kind_spec(pairs.kind_of(left)).model._meta.verbose_name}: one or two?".capitalize()
        standing = CandidatePair.objects.filter(pk=f"{left}.{right}").select_related("judgement__by").first()
        return self._page(
            request,
            "pair",
            title,
            comparison=comparison,
            said=standing.judgement if standing and standing.word else None,
            waiting=waiting_on_pair(left, right),
            restates=kind_spec(pairs.kind_of(left)).restates,
            refusal=refusal,
            why=why,
        )

    def _undo(self, left: uuid.UUID, right: uuid.UUID, word: str) -> SafeString:
        """The way to what takes this back: a key is pressed wrongly sooner than a button."""
        if word == Identity.SAME:
            made = pairs.merges().filter(left=left, right=right).first()
            return format_html(' <a href="{}">Un-merge</a>', _unmerge_url(made)) if made else SafeString("")
        url = reverse("admin:evidence_candidatepair_change", args=[f"{left}.{right}"])
        return format_html(' <a href="{}">Back to that pair</a>', url)

    # Merges

    def merged_view(self, request: HttpRequest) -> HttpResponse:
        """Every merge that stands, the latest first."""
        self._must(request)
        page = Paginator(pairs.merges(), MERGES_A_PAGE).get_page(request.GET.get("p"))
        kinds: dict[str, set[Any]] = defaultdict(set)
        for judgement in page:
            kinds[judgement.left.kind].add(judgement.left.binding.record_id)
        rows: dict[Any, Any] = {}
        for kind, members in kinds.items():
            rows |= with_links(kind_spec(kind).model).in_bulk(members)
        merged = []
        for judgement in page:
            row = rows[judgement.left.binding.record_id]
            merged.append((judgement, str(row), admin_url(row), _unmerge_url(judgement)))
        return self._page(request, "merged", "Merged records", page=page, merged=merged)

    def unmerge_view(self, request: HttpRequest, judgement: int) -> HttpResponse:
        """A merge, what taking it back would bring, and taking it back."""
        self._must(request)
        made = Judgement.objects.filter(pk=judgement, identity=Identity.SAME).select_related("by").first()
        if made is None:
            raise Http404("There is no such merge.")
        refusal, by, why = "", cast(AbstractBaseUser, request.user), request.POST.get("why", "")[:NOTE]
        if request.method == "POST":
            try:
                keep = request.POST.get("do") == Identity.DIFFERENT
                told = pairs.unmerge(judgement=made, by=by, why=note_of(request), keep_apart=keep)
            except (PairRefused, Refused) as refused:
                refusal = str(refused)
            else:
                apart = told == pairs.UNMERGED
                self.message_user(request, told, messages.SUCCESS if apart else messages.WARNING)
                ids = ".".join(str(pk) for pk in (made.left_id, made.right_id))
                to = reverse("admin:evidence_candidatepair_change", args=[ids]) if apart else admin_list()
                return HttpResponseRedirect(to)
        try:
            apart_again = pairs.apart(made, by)
        except PairRefused as refused:
            return self._page(request, "unmerge", "Un-merge", made=made, refusal=refusal or str(refused))
        return self._page(request, "unmerge", "Un-merge", made=made, sides=apart_again, refusal=refusal, why=why)


def next_pair(left: uuid.UUID, right: uuid.UUID) -> str:
    """Address of the pair that waits next in the list after this one; of the list where none does."""
    after = Q(right__lt=right) | Q(right=right, left__gt=left)
    pair = CandidatePair.objects.waiting().filter(after).first()
    if pair is None:
        return reverse("admin:evidence_candidatepair_changelist")
    return reverse("admin:evidence_candidatepair_change", args=[pair.pk])


def admin_list() -> str:
    return reverse("admin:evidence_candidatepair_merged")


def _unmerge_url(judgement: Judgement) -> str:
    return reverse("admin:evidence_candidatepair_unmerge", args=[judgement.pk])


def _ids_in(text: str) -> list[uuid.UUID]:
    """The ids of records that stand in an address or in plain words, in their order."""
    return [uuid.UUID(found) for found in pairs.ID.findall(text)]
