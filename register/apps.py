from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Pages and feeds: what readers see of the settled register."""

    name = "register"
