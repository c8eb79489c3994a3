"""The admin of accounts: administrators give roles, and cannot make more of themselves than they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from evidence.editing.guard import GuardedAdmin, GuardedForm

if TYPE_CHECKING:
    StockUserAdmin = UserAdmin[User]
    StockUserForm = UserChangeForm[User]
else:
    StockUserAdmin, StockUserForm = UserAdmin, UserChangeForm

admin.site.unregister(User)
admin.site.unregister(Group)


class AccountForm(GuardedForm, StockUserForm):
    """An account, as Django's own form has it."""


@admin.register(User)
class AccountAdmin(GuardedAdmin, StockUserAdmin):
    """Accounts and their roles. Permissions come with the role; only a superuser gives others or touches another."""

    form = AccountForm
    actions = None
    list_display = ["username", "email", "roles", "is_staff", "is_active", "last_login"]
    filter_horizontal = ["groups"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_fieldsets(request, obj)
        return [*found, (None, {"fields": ["seen"]})] if obj is not None else found

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="roles")
    def roles(self, user: Any) -> str:
        return ", ".join(sorted(group.name for group in user.groups.all())) or "–"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_readonly_fields(request, obj)
        return found if _is_superuser(request) else [*found, "is_superuser", "user_permissions"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or _is_superuser(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are closed by taking `active` away: the log names them for ever."""
        return False


@admin.register(Group)
class RoleAdmin(GuardedAdmin, GroupAdmin):
    """Groups; the four roles are put right at every migration."""

    form = GuardedForm
    filter_horizontal = ["permissions"]


def _is_superuser(request: HttpRequest) -> bool:
    return bool(cast(Any, request.user).is_superuser)
