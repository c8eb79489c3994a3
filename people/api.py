"""The feed of officials. That of nations needs their memberships and stands above."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from evidence.api import RecordViewSet, documented
from people.filters import OfficialFilter
from people.models import Official, Post
from people.serializers import OfficialListSerializer, OfficialSerializer


@documented(OfficialListSerializer, OfficialSerializer)
class OfficialViewSet(RecordViewSet):
    """Officials by name, with the posts they hold or held."""

    queryset = Official.objects.live()
    list_serializer_class = OfficialListSerializer
    serializer_class = OfficialSerializer
    filterset_class = OfficialFilter
    detail_rows = ("posts",)

    def get_queryset(self) -> QuerySet[Official]:
        officials = Official.objects.live().select_related("nation", "organisation")
        if self.action == "list":
            return officials
        posts = Post.objects.live().select_related("nation", "organisation").order_by("-last_cited", "pk")
        return officials.prefetch_related(Prefetch("posts", posts))
