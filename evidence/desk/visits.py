"""An editor at work on one list: what they may see and decide, which kind they chose, and what they did so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from evidence.approvals import waiting_for
from evidence.choices import RecordKind
from evidence.desk.acts import Act, Changed, Done, Gone, act, gone
from evidence.desk.items import Item, lines, load_item
from evidence.desk.worklists import WORKLISTS, Worklist
from evidence.editing.decisions import Refused
from evidence.fields import kinds_in_order

# Acts that can be undone one after the other, kept in the editor's session.
REMEMBERED = 50
DONE = "desk_done"
# Items on one page of a list.
LISTED = 50


@dataclass
class Visit:
    """One request to one list. `kind` is empty where the editor wants all kinds."""

    request: HttpRequest
    site: AdminSite
    worklist: Worklist
    kinds: list[str]
    kind: str

    @classmethod
    def of(cls, request: HttpRequest, site: AdminSite, worklist: Worklist) -> Visit:
        """Raises PermissionDenied for somebody who may see no kind of record."""
        kinds = visible_kinds(request, site)
        if not kinds:
            raise PermissionDenied
        asked = (request.POST if request.method == "POST" else request.GET).get("kind", "")
        return cls(request, site, worklist, kinds, asked if asked in kinds else "")

    def rows(self) -> Any:
        """What waits of the kinds that the editor sees and chose."""
        if self.kind:
            return self.worklist.rows([self.kind])
        return self.worklist.rows(None if len(self.kinds) == len(kinds_in_order()) else self.kinds)

    def first(self, cursor: str = "") -> Item | None:
        """The first item from a place on; one that fell away since the list was read is passed over."""
        for head in self.worklist.after(self.rows(), cursor)[:5]:
            item = load_item(head.record_id, head.field)
            if item is not None and item.options:
                return item
        return None

    def may_decide(self, item: Item) -> bool:
        admin = self.site.get_model_admin(item.spec.model)
        return bool(admin.has_change_permission(self.request, item.record))

    def address(self, page: str = "", args: tuple[Any, ...] = (), **query: str) -> str:
        """Address of a page of this list with the chosen kind; `page` is `next`, or empty for the first one."""
        name = f"admin:desk_{self.worklist.name}" + (f"_{page}" if page else "")
        kept = {key: value for key, value in {"kind": self.kind, **query}.items() if value}
        return reverse(name, args=args) + (f"?{urlencode(kept)}" if kept else "")

    def empty(self) -> HttpResponse:
        """Nothing waits, or nothing does from here on."""
        after = bool(self.request.GET.get("after"))
        context = {**self.context(), "again": after and self.rows().exists(), "restart_url": self.address("next")}
        return TemplateResponse(self.request, "admin/desk/empty.html", context)

    def listed(self, template: str) -> HttpResponse:
        """One page of what waits, from a place on."""
        after = self.request.GET.get("after", "")
        heads = list(self.worklist.after(self.rows(), after).select_related("settlement")[: LISTED + 1])
        more = self.worklist.cursor(heads[LISTED - 1]) if len(heads) > LISTED else ""
        context = {
            **self.context(),
            "lines": lines(heads[:LISTED]),
            "after": after,
            "more_url": self.address(after=more) if more else "",
            "start_url": self.address("next"),
            "item_page": f"admin:desk_{self.worklist.name}_item",
        }
        return TemplateResponse(self.request, template, context)

    def next(self, form: Callable[..., Form], page: Callable[..., HttpResponse]) -> HttpResponse:
        """The page of the first item from a place on."""
        item = self.first(self.request.GET.get("after", ""))
        return self.empty() if item is None else page(self, item, form(self, item))

    def one(
        self,
        record: UUID,
        field: str,
        form: Callable[..., Form],
        wanted: Callable[..., Act | None],
        page: Callable[..., HttpResponse],
    ) -> HttpResponse:
        """The page of the item at an address; a post decides it and leads to the next.

        `form(visit, item, data)`, `wanted(request, item, form, do)` and `page(visit, item, form)` are the list's own.
        """
        item = self.load(record, field)
        if item is None:
            return HttpResponseRedirect(self.address())
        if self.request.method != "POST":
            return page(self, item, form(self, item))
        do = self.request.POST.get("do", "")
        if do == "skip":
            return self.skip(item)
        if not self.may_decide(item):
            raise PermissionDenied
        filled = form(self, item, self.request.POST)
        return self.carry_out(item, wanted(self.request, item, filled, do), filled, partial(page, self))

    def carry_out(
        self, item: Item, wanted: Act | None, form: Form, show: Callable[[Item, Form], HttpResponse]
    ) -> HttpResponse:
        """Do what the editor wanted and lead to the next item; or show this one again with what stands against it.

        `wanted` is None where the form says already what is missing.
        """
        record, name, place = item.record.pk, item.field.name, self.request.POST.get("place", "")
        if wanted is None:
            return show(item, form)
        try:
            done = act(record=record, name=name, seen=self.request.POST.get("seen", ""), do=wanted)
        except Changed as error:
            messages.error(self.request, str(error))
            return show(load_item(record, name) or item, form)
        except Gone as error:
            messages.warning(self.request, str(error))
            return HttpResponseRedirect(self.address("next", after=place))
        except Refused as error:
            form.add_error(None, str(error))
            return show(item, form)
        remember(self, item, done)
        messages.success(self.request, done.told)
        return HttpResponseRedirect(self.address("next", after=place))

    def skip(self, item: Item) -> HttpResponse:
        """To the next item, without a word on this one."""
        remember(self, item, Done(f"Skipped: {item.label}."))
        return HttpResponseRedirect(self.address("next", after=self.request.POST.get("place", "")))

    def load(self, record: UUID, field: str) -> Item | None:
        """The item at an address; None, with a message, where there is none."""
        item = load_item(record, field)
        if item is None or not item.options or item.spec.kind not in self.kinds:
            messages.warning(self.request, gone(record))
            return None
        return item

    def item_context(self, item: Item, form: Form) -> dict[str, Any]:
        """What every page of one item shows."""
        waits = bool(getattr(item.head, self.worklist.column))
        return {
            **self.context(),
            "item": item,
            "form": form,
            "place": self.worklist.cursor(item.head) if waits else self.request.POST.get("place", ""),
            "action": reverse(f"admin:desk_{self.worklist.name}_item", args=[item.record.pk, item.field.name]),
            "may_decide": self.may_decide(item),
            "held": waiting_for(item.record).count() if item.spec.second_person else 0,
        }

    def context(self) -> dict[str, Any]:
        """What every page of the list shows around its item."""
        counts = {kind: n for kind, n in self.worklist.counts().items() if kind in self.kinds}
        done, listed = remembered(self.request), reverse(f"admin:desk_{self.worklist.name}")
        return {
            **self.site.each_context(self.request),
            "title": self.worklist.title,
            "worklist": self.worklist,
            "kind": self.kind,
            "waiting": counts.get(self.kind, 0) if self.kind else sum(counts.values()),
            "chips": [
                (kind.value, kind.label.capitalize(), counts[kind], f"{listed}?kind={kind.value}")
                for kind in RecordKind
                if counts.get(kind)
            ],
            "all_waiting": sum(counts.values()),
            "all_url": listed,
            "others": [
                (other.title, reverse(f"admin:desk_{other.name}")) for other in WORKLISTS if other is not self.worklist
            ],
            "last_done": done[-1] if done else None,
            "done_count": sum(bool(entry["verdicts"] or entry["statements"]) for entry in done),
            "undo_url": reverse("admin:desk_undo"),
        }


def visible_kinds(request: HttpRequest, site: AdminSite) -> list[str]:
    """Kinds of record that this person may see, in their order."""
    return [
        spec.kind.value
        for spec in kinds_in_order()
        if site.is_registered(spec.model) and site.get_model_admin(spec.model).has_view_permission(request)
    ]


def remembered(request: HttpRequest) -> list[dict[str, Any]]:
    """What the editor did in this session, the latest last."""
    return cast(list[dict[str, Any]], request.session.get(DONE, []))


def remember(visit: Visit, item: Item, done: Done) -> None:
    """Keep an act, or a skip that wrote nothing, so that it can be undone."""
    entry = {
        "list": visit.worklist.name,
        "kind": visit.kind,
        "record": str(item.record.pk),
        "field": item.field.name,
        "told": done.told,
        "verdicts": done.verdicts,
        "statements": done.statements,
    }
    visit.request.session[DONE] = [*remembered(visit.request), entry][-REMEMBERED:]


def forget_last(request: HttpRequest) -> dict[str, Any] | None:
    """The last act, which is no longer remembered; None where there is none."""
    done = remembered(request)
    if not done:
        return None
    request.session[DONE] = done[:-1]
    return done[-1]
