import pytest

STAFF = {"username": "staff", "password": "a long password for tests"}


@pytest.fixture
def page(page, site):
    """A page on the running site that fails the test over what no page of ours may do."""
    wrong = []
    page.on("request", lambda request: foreign(request.url, site) and wrong.append(request.url))
    page.on("console", lambda message: is_fault(message, page) and wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert wrong == []


def is_fault(message, page):
    expected = page.url.endswith("/nothing/") and "status of 404" in message.text
    return message.type == "error" and not expected


def foreign(url, site):
    return not url.startswith((site.url, "data:", "blob:"))


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, site):
    return {**browser_context_args, "base_url": site.url}


@pytest.fixture(scope="session")
def staff(site):
    """The name and password of someone who may do everything in the admin."""
    site.environment |= {f"DJANGO_SUPERUSER_{key.upper()}": text for key, text in STAFF.items()}
    site.manage("createsuperuser", "--noinput", "--email", "staff@example.org")
    return STAFF


@pytest.fixture
def signed_in(page, staff):
    page.goto("/en/admin/login/")
    sign_in(page, staff)
    return page


def sign_in(page, account):
    page.fill("#id_username", account["username"])
    page.fill("#id_password", account["password"])
    page.click("[type=submit]")
