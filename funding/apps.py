from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Programmes, packages, contributions, allocations, exchange rates."""

    name = "funding"

    def ready(self) -> None:
        from evidence.invariants import register
        from funding import invariants, kinds

        kinds.register()
        register(invariants.shares_are_within_the_whole)
