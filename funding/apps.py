from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Programmes, packages, contributions, allocations, exchange rates."""

    name = "funding"

    def ready(self) -> None:
        from funding import kinds

        kinds.register()
