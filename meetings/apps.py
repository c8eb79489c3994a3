from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Contact groups, memberships, meetings, attendance, topics."""

    name = "meetings"

    def ready(self) -> None:
        from meetings import kinds

        kinds.register()
