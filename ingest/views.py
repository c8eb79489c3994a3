"""What readers fetch from the writing side: the whole register as files of facts."""

from __future__ import annotations

import tempfile

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from ingest.facts.export.writing import write_archive

# Larger archives wait on disk until they are sent.
IN_MEMORY = 4_000_000


@require_safe
def export(request: HttpRequest) -> FileResponse:
    """A zip archive of the files of facts, with datapackage.json; written whole before the first byte is sent."""
    archive = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  the response closes it
    write_archive(archive)
    size = archive.tell()
    archive.seek(0)
    response = FileResponse(archive, as_attachment=True, filename="muster-register.zip")
    response["Content-Length"] = str(size)
    return response
