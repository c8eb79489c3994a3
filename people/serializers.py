"""What the feeds send of nations, bodies and officials."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from rest_framework import serializers

from evidence.serializers import LiveReference, PartialDateField, RecordSerializer, names, number, text
from people.models import Nation


class NationReference(serializers.Serializer):
    """A nation in short."""

    iso2 = serializers.CharField(read_only=True, help_text="ISO 3166-1 alpha-2; XK for Kosovo.")
    name = serializers.CharField(read_only=True)


class OrganisationReference(LiveReference):
    """An international body in short."""

    name = text()
    abbreviation = text()


class OfficialReference(LiveReference):
    """An official in short."""

    name = text()


class PostSerializer(RecordSerializer):
    """An office held: from and to as stated, and when it was cited."""

    title = text()
    nation = NationReference(read_only=True, allow_null=True)
    organisation = OrganisationReference(read_only=True, allow_null=True)
    held_from = PartialDateField()
    held_to = PartialDateField()
    first_cited = serializers.DateField(
        read_only=True, allow_null=True, help_text="Earliest source that gives the title; not the start."
    )
    last_cited = serializers.DateField(read_only=True, allow_null=True)


class OfficialListSerializer(RecordSerializer):
    """A person who holds or held public, military or international office."""

    name = text()
    aliases = names("Other spellings and shorter forms.")
    nation = NationReference(read_only=True, allow_null=True)
    organisation = OrganisationReference(read_only=True, allow_null=True)


class OfficialSerializer(OfficialListSerializer):
    """An official with the posts held."""

    posts = PostSerializer(many=True, read_only=True)
    links = serializers.SerializerMethodField()

    def get_links(self, official: Any) -> dict[str, str]:
        return links_of(self.context["request"], {"meetings": ("api:meeting-list", {"official": official.pk})})


class AllianceSerializer(serializers.Serializer):
    """A nation's time in an alliance or union."""

    alliance = serializers.CharField(read_only=True)
    since = PartialDateField()
    until = PartialDateField()
    source_publisher = serializers.CharField(read_only=True)
    source_url = text()


class NationListSerializer(NationReference):
    """A state or territory with an ISO 3166-1 code, and Kosovo under XK."""

    iso3 = serializers.CharField(read_only=True)
    official_name = text()
    aliases = names("Other names in the news.")
    capital = text()
    region = text()
    latitude = serializers.FloatField(read_only=True, allow_null=True, help_text="Degrees north of a point inside it.")
    longitude = serializers.FloatField(read_only=True, allow_null=True, help_text="Degrees east.")
    alliances = AllianceSerializer(many=True, read_only=True)
    officials_count = number("Officials who speak for it.")
    posts_count = number("Posts that they hold or held.")
    links = serializers.SerializerMethodField(help_text="The feeds of what concerns this nation.")

    def get_links(self, nation: Nation) -> dict[str, str]:
        return links_of(
            self.context["request"],
            {
                "meetings": ("api:meeting-list", {"nation": nation.pk}),
                "groups": ("api:group-list", {"nation": nation.pk}),
                "officials": ("api:official-list", {"nation": nation.pk}),
                "packages_given": ("api:package-list", {"donor": nation.pk}),
                "packages_received": ("api:package-list", {"recipient": nation.pk}),
            },
        )


def links_of(request: Any, targets: dict[str, tuple[str, dict[str, Any]]]) -> dict[str, str]:
    """Absolute addresses of feeds with these filters."""
    return {
        name: request.build_absolute_uri(f"{reverse(view)}?{urlencode(query)}")
        for name, (view, query) in targets.items()
    }
