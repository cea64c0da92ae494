import pytest
from django.contrib.admin.models import LogEntry

from visitors.models import VisitorCount

pytestmark = pytest.mark.django_db

ADDRESS = "/en/admin/visitors/visitorcount/1/change/"


def test_staff_correct_the_count_on_purpose_and_it_is_logged(admin_client):
    VisitorCount.objects.add_visits()

    admin_client.post(ADDRESS, {"new_total": "887700", "reason": "A robot was counted"})

    assert VisitorCount.objects.total() == 887_700
    assert LogEntry.objects.get().get_change_message() == (
        "The count was corrected from 887,767 to 887,700. Reason: A robot was counted"
    )


def test_the_count_can_be_set_to_nothing_and_goes_on_from_there(admin_client, client):
    admin_client.post(ADDRESS, {"new_total": "0", "reason": "A new beginning"})

    assert VisitorCount.objects.total() == 0
    assert VisitorCount.objects.add_visits() == 1


@pytest.mark.parametrize("number", ["9223372036854775807", "9" * 23, "-1"])
def test_a_count_beyond_reason_is_refused_at_its_field(admin_client, number):
    page = admin_client.post(ADDRESS, {"new_total": number, "reason": "?"}).content.decode()

    assert "Ensure this value is" in page
    assert VisitorCount.objects.total() == 887_766


def test_a_correction_needs_a_number_and_a_reason(admin_client):
    VisitorCount.objects.add_visits()

    page = admin_client.post(ADDRESS, {"new_total": "", "reason": ""}).content.decode()

    assert VisitorCount.objects.total() == 887_767
    assert page.count("This field is required.") == 2


@pytest.mark.parametrize("path", ["add/", "1/delete/"])
def test_nobody_adds_or_deletes_the_count(admin_client, path):
    VisitorCount.objects.add_visits()

    assert admin_client.get(f"/en/admin/visitors/visitorcount/{path}").status_code == 403
