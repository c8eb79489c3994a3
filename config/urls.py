"""Admin, feeds, pages."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz
from ingest.views import export

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("register.api_urls")),
    path("healthz", healthz),
    path("export/register.zip", export, name="export"),
    path("", include("register.urls")),
]

handler400 = "register.problems.bad_request"
handler403 = "register.problems.permission_denied"
handler404 = "register.problems.page_not_found"
handler500 = "register.problems.server_error"
