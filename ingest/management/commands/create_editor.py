import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Create the first editor's account, unless there is an administrator, and print its login once."

    def handle(self, *args: object, **options: object) -> None:
        users = get_user_model()._default_manager
        if users.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(15)
        users.create_superuser(username="editor", password=password)
        path = settings.DATA_DIR / "editor_login"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"editor {password}\n")
        self.stdout.write(f"Editor's login, shown once: editor / {password}  (also in {path})")
