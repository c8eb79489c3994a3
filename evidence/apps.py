from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The bottom app: what was read, what it claims, who decided, and what follows from it."""

    name = "evidence"
    verbose_name = "Evidence"
