import pytest

from tests.desk import Desk


@pytest.fixture
def bold():
    return Desk("editor", name="bold")


@pytest.fixture
def saran():
    return Desk("editor", name="saran")


@pytest.fixture
def noon(time_machine):
    """Time stands still, so that a wait is as long as it says."""
    time_machine.move_to("2026-03-01T04:00Z", tick=False)
