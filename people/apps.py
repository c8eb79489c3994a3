from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Nations, organisations, officials and the dated posts they hold."""

    name = "people"

    def ready(self) -> None:
        from people import kinds

        kinds.register()
