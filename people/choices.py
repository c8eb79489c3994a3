"""Enumerations of the people app."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """What sort of body it is. A nation's own ministry speaks for the nation and is not an organisation here."""

    ALLIANCE = "alliance"
    ALLIANCE_BODY = "alliance_body", "Body of an alliance"
    UNION = "union"
    UNION_BODY = "union_body", "Body of a union"
    AGENCY = "agency"
    BANK = "bank"
    FORUM = "forum"
    FUND = "fund"
    INTERNATIONAL_ORGANISATION = "international_organisation", "International organisation"
    MISSION = "mission"
    OTHER = "other"
