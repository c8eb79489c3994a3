"""Pages are read from a register with its reference data, filled by articles that say what they state."""

import pytest


@pytest.fixture(autouse=True)
def _register(reference_db, plain_reader):
    """Every test here starts from the reference data alone."""
