from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class EvidenceConfig(AppConfig):
    """The bottom app: what was read, what it claims, who decided, and what follows from it."""

    name = "evidence"
    verbose_name = "Evidence"

    def ready(self) -> None:
        from evidence.roles import load

        # The last app's, when the tables and permissions of all are there.
        post_migrate.connect(load, sender=list(apps.get_app_configs())[-1], dispatch_uid="evidence.roles")
