"""Admin of nations, organisations, officials and posts."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import F

from evidence.choices import RecordKind
from evidence.editing.filters import ContestedFilter, StateFilter
from evidence.editing.guard import GuardedForm, GuardedFormSet
from evidence.editing.records import RecordAdmin
from evidence.editing.vocabulary import OVERRIDES, VocabularyAdmin
from people.models import AllianceMembership, Nation, Official, Organisation, Post


class AllianceMembershipInline(admin.TabularInline):
    """A nation's alliances, on its page."""

    model = AllianceMembership
    form = GuardedForm
    formset = GuardedFormSet
    formfield_overrides = OVERRIDES
    extra = 0


@admin.register(Nation)
class NationAdmin(VocabularyAdmin):
    list_display = ["name", "iso2", "iso3", "region", "capital"]
    list_filter = ["region"]
    search_fields = ["name", "iso2", "iso3", "official_name", "aliases", "demonyms"]
    inlines = [AllianceMembershipInline]


@admin.register(AllianceMembership)
class AllianceMembershipAdmin(VocabularyAdmin):
    list_display = ["nation", "alliance", "since", "since_precision", "until", "source_publisher"]
    list_filter = ["alliance"]
    list_select_related = ["nation"]
    search_fields = ["nation__name", "alliance"]
    autocomplete_fields = ["nation"]
    date_hierarchy = "since"


@admin.register(Organisation)
class OrganisationAdmin(RecordAdmin):
    kind = RecordKind.ORGANISATION
    list_display = ["name", "abbreviation", "organisation_kind", "state", "contested", "updated_at"]
    list_filter = [StateFilter, ContestedFilter, "organisation_kind"]
    search_fields = ["name", "abbreviation", "aliases"]


@admin.register(Official)
class OfficialAdmin(RecordAdmin):
    kind = RecordKind.OFFICIAL
    list_display = ["name", "nation", "organisation", "state", "contested", "updated_at"]
    list_filter = [StateFilter, ContestedFilter, ("nation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["nation", "organisation"]
    search_fields = ["name", "aliases", "nation__name"]


@admin.register(Post)
class PostAdmin(RecordAdmin):
    kind = RecordKind.POST
    list_display = ["title", "official", "nation", "organisation", "first_cited", "last_cited", "state", "contested"]
    list_filter = [StateFilter, ContestedFilter, ("nation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["official", "nation", "organisation"]
    ordering = [F("last_cited").desc(nulls_last=True), "title", "record_ptr"]
    search_fields = ["title", "official__name", "nation__name"]
    date_hierarchy = "last_cited"
