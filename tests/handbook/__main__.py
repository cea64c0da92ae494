"""Takes the pictures, of a site of its own with the first content."""

import os
import tempfile
from datetime import timedelta
from pathlib import Path

import django
import time_machine
from django.core.management import call_command
from django.test.utils import setup_test_environment
from playwright.sync_api import sync_playwright

from amnesty_site import server
from tests.browser import CHROMIUM
from tests.handbook import NOW
from tests.server import make_site


def main():
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = make_site(Path(folder) / "site")
        prepare(site)
        from tests.handbook.camera import Camera  # Django had to be set up before
        from tests.handbook.story import Story

        story = Story()
        application = "tests.handbook.past_site:application"
        site.start(command=server.command(application, "127.0.0.1", site.port))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            for language in ("en", "mn"):
                Camera(browser, f"{site.url}/{language}/admin/", language).take_all(story)
        finally:
            browser.close()
            site.stop()


def prepare(site):
    """Makes this process one of the site's, and its database ready, some time before."""
    os.environ.update(site.environment)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright has a loop that Django would mind
    django.setup()
    with time_machine.travel(NOW - timedelta(days=40)):
        call_command("serve", prepare_only=True)
    setup_test_environment()


if __name__ == "__main__":
    main()
