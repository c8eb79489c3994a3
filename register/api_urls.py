"""The feeds, mounted at /api/v1/."""

from __future__ import annotations

from django.urls import include, path, reverse
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from evidence.api import ArticleViewSet
from funding.api import MeetingViewSet, PackageViewSet
from funding.totals_api import TotalsPackagesView, TotalsView
from meetings.api import GroupViewSet, NationViewSet
from people.api import OfficialViewSet
from register.changes_api import ChangesView
from register.permissions import ReadRegister

app_name = "api"

FEEDS = {
    "meetings": ("meeting", MeetingViewSet),
    "groups": ("group", GroupViewSet),
    "nations": ("nation", NationViewSet),
    "officials": ("official", OfficialViewSet),
    "packages": ("package", PackageViewSet),
    "articles": ("article", ArticleViewSet),
}


class RootView(APIView):
    """The addresses of the feeds."""

    @extend_schema(operation_id="root", responses=dict[str, str])
    def get(self, request: Request) -> Response:
        names = {prefix: f"{noun}-list" for prefix, (noun, _) in FEEDS.items()}
        names |= {"totals": "totals", "changes": "changes", "schema": "schema", "docs": "docs"}
        found = {key: reverse(f"api:{name}") for key, name in names.items()} | {"export": reverse("export")}
        return Response({key: request.build_absolute_uri(path) for key, path in found.items()})


router = SimpleRouter()
for prefix, (noun, view) in FEEDS.items():
    router.register(prefix, view, basename=noun)

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("totals/", TotalsView.as_view(), name="totals"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("totals/packages/", TotalsPackagesView.as_view(), name="totals-packages"),
    path("schema/", SpectacularAPIView.as_view(permission_classes=[ReadRegister]), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api:schema", permission_classes=[ReadRegister]),
        name="docs",
    ),
    path("", include(router.urls)),
]
