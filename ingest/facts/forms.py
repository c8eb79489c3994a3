"""The form by which an editor hands in files of facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from ingest.facts.files import COLUMNS, FileFault, decode
from ingest.formats import MAX_BYTES


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class FactsForm(forms.Form):
    """Files as CSV, or none for those shipped with the project; cleaned `files` are texts by name."""

    files = FilesField(
        label="Files of facts",
        required=False,
        help_text=f"Any of {', '.join(COLUMNS)}. Choose none to import those shipped in data/register.",
    )
    dry_run = forms.BooleanField(
        label="Only look", required=False, help_text="Say what would change, and change nothing."
    )

    def clean_files(self) -> dict[str, str]:
        """Texts by name; a file that is no file of facts is refused with its reason."""
        found: dict[str, str] = {}
        for file in self.files.getlist("files"):
            name, payload = _read(file)
            try:
                found[name] = decode(name, payload)
            except FileFault as fault:
                raise ValidationError(str(fault)) from None
        return found


def _read(file: UploadedFile) -> tuple[str, bytes]:
    name: Any = file.name or "unnamed"
    if (file.size or 0) > MAX_BYTES:
        raise ValidationError(f"{name} is {(file.size or 0) / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read")
    return name, file.read()
