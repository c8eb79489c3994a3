import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db.models import Q

from evidence.roles import ADMINISTRATOR


class Command(BaseCommand):
    help = (
        "Create the first account, with the role of administrator, unless there is one, and print its login once. "
        "Further accounts are made in the admin, under Users, each with its role."
    )

    def handle(self, *args: object, **options: object) -> None:
        users = get_user_model()._default_manager
        if users.filter(Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR), is_active=True).exists():
            return
        password = secrets.token_urlsafe(15)
        user = users.create_user(username="editor", password=password, is_staff=True)
        user.groups.add(Group.objects.get(name=ADMINISTRATOR))
        path = settings.DATA_DIR / "editor_login"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"editor {password}\n")
        self.stdout.write(f"Editor's login, shown once: editor / {password}  (also in {path})")
