import pytest

from tests.desk import Desk


@pytest.fixture
def bold():
    return Desk("editor", name="bold")


@pytest.fixture
def saran():
    return Desk("editor", name="saran")
