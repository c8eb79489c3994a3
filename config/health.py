"""Whether this process can serve: asked by those who keep it running."""

from __future__ import annotations

import logging

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from config.services import database_fault

log = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> HttpResponse:
    """200 `ok` once the database has answered; 503 that names the server which does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        # Where it was looked for is for the log: this address is open to all.
        log.error(database_fault(error))
        return HttpResponse("PostgreSQL does not answer.\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
