"""Pages of a feed by cursor: no counting, no offsets, however deep."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination


class RegisterCursorPagination(CursorPagination):
    """Follows the view's `ordering`, whose last column must be unique."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
