"""The admin of reference data: plain rows that records and claims name, and that stay while they do."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import HttpRequest

from evidence.editing.guard import GuardedAdmin
from evidence.editing.inputs import LinesField
from evidence.editing.shapes import Form, shapes
from evidence.fields import kinds_in_order
from evidence.models import Claim

# Addresses typed without a scheme are https.
OVERRIDES: Any = {models.URLField: {"assume_scheme": "https"}}


class VocabularyAdmin(GuardedAdmin):
    """Edits reference data; what is in use cannot be deleted, and the page says by what."""

    list_per_page = 100
    formfield_overrides = OVERRIDES

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if isinstance(db_field, ArrayField):
            # Django's own input parts elements at commas, which names may contain.
            label = db_field.verbose_name[:1].upper() + db_field.verbose_name[1:]
            return LinesField(required=False, label=label, help_text=f"{db_field.help_text} One a line.".strip())
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        used = [line for row in objs for line in uses(row)]
        if used:
            return [], {}, set(), used
        return super().get_deleted_objects(objs, request)


def uses(row: models.Model) -> list[str]:
    """What keeps a row from being deleted, counted by kind: `Germany: 38 attendances`."""
    found = []
    relations: Any = row._meta.related_objects
    for relation in relations:
        if relation.on_delete is models.PROTECT:
            count = relation.related_model._default_manager.filter(**{relation.field.name: row.pk}).count()
            if count:
                found.append(f"{row}: {counted(count, relation.related_model)}")
    count = claims_naming(row)
    if count:
        found.append(f"{row}: {counted(count, Claim)}")
    return found


def counted(count: int, model: type[models.Model]) -> str:
    name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
    return f"{count:,} {name}"


def claims_naming(row: models.Model) -> int:
    """Claims whose value is this row: no foreign key holds them, but settling one would need the row."""
    names: dict[str, set[str]] = {}
    for spec in kinds_in_order():
        for name, shape in shapes(spec.kind).items():
            if shape.form in (Form.LINK, Form.TERM) and shape.link.related_model is type(row):
                names.setdefault(spec.kind, set()).add(name)
    query = models.Q(pk__in=[])
    for kind, fields in names.items():
        query |= models.Q(mention__kind=kind, field__in=fields, value=row.pk)
    return Claim.objects.filter(query).count() if names else 0
