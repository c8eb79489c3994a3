"""Pages of the register; mounted at the root."""

from django.urls import path

from register.views.articles import article_detail, article_list
from register.views.groups import group_detail, group_list
from register.views.history import record_detail, record_history
from register.views.meetings import meeting_detail
from register.views.nations import nation_detail, nation_list
from register.views.officials import official_detail, official_list
from register.views.packages import package_detail, package_list
from register.views.timeline import timeline
from register.views.totals import totals_csv, totals_packages, totals_packages_csv, totals_page

app_name = "register"
urlpatterns = [
    path("", timeline, name="timeline"),
    path("meetings/<uuid:pk>/", meeting_detail, name="meeting-detail"),
    path("groups/", group_list, name="group-list"),
    path("groups/<uuid:pk>/", group_detail, name="group-detail"),
    path("nations/", nation_list, name="nation-list"),
    path("nations/<str:code>/", nation_detail, name="nation-detail"),
    path("officials/", official_list, name="official-list"),
    path("officials/<uuid:pk>/", official_detail, name="official-detail"),
    path("packages/", package_list, name="package-list"),
    path("packages/<uuid:pk>/", package_detail, name="package-detail"),
    path("totals/", totals_page, name="totals"),
    path("totals/packages/", totals_packages, name="totals-packages"),
    path("totals/totals.csv", totals_csv, name="totals-csv"),
    path("totals/packages.csv", totals_packages_csv, name="totals-packages-csv"),
    path("records/<uuid:pk>/", record_detail, name="record-detail"),
    path("records/<uuid:pk>/history/", record_history, name="record-history"),
    path("articles/", article_list, name="article-list"),
    path("articles/<int:pk>/", article_detail, name="article-detail"),
]
