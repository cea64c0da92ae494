import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title_en": "", "title_mn": ""}, "Write a title"),
        ({"retired": True}, "Say why it is retired"),
        ({"kind": "party"}, "not a valid choice"),
        ({"drawing": "kitten"}, "not a valid choice"),
        ({"checked_on": "2026-03-02", "check_by": "2026-03-01"}, "cannot come before the last one"),
    ],
)
def test_a_rule_is_said_in_words(wrong, sentence):
    with pytest.raises(ValidationError, match=sentence):
        make_campaign(**wrong)
