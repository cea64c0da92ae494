"""Whether this site works: for machines that ask each second, and for the people it calls.

A check gives sentences: what is wrong, and what to do. Nothing where all is well.
"""

import http.client
import os
import shutil
import tempfile
import time
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core import checks
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editorial.drafts import Draft
from editorial.models import Picture
from editorial.searching import Searched, searched_models
from sections.models import Section
from timeline.models import TimelineEvent

LEAST_SPACE = 500 * 1024 * 1024  # bytes: an upload and a backup of the first content
WRONG_BY = timedelta(seconds=30)
OVERDUE = timedelta(minutes=10)


@require_safe
@never_cache
def healthz(request):
    """This process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request):
    """Whether readers may be sent here: 200 or 503, and what is well. The sentences are for those
    who run `doctor`, as they may name hosts."""
    answers = {check.__name__: not any(check()) for check in (database, migrations, storage)}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        connection.close()
        yield (
            f"The database does not answer: {one_line(error)}. Start it, or correct DATABASE_URL. "
            "Readers get finished pages meanwhile."
        )


def migrations():
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        graph = executor.loader.graph
        newer = executor.loader.applied_migrations.keys() - graph.nodes.keys()
        waiting = executor.migration_plan(graph.leaf_nodes())
    except Error:
        yield "It cannot be seen whether the database fits the code, as it does not answer."
        return
    if waiting:
        yield "The database is older than the code: run script/manage migrate."
    if ours := sorted(f"{app} {name}" for app, name in newer if app in apps.app_configs):
        yield (
            f"The database is newer than the code ({', '.join(ours)}): put the newer code back, or "
            "restore a backup."
        )


def storage():
    try:
        if isinstance(default_storage, FileSystemStorage):
            write_something()
        else:
            default_storage.exists("pictures/none.jpg")
    except OSError as error:
        yield (
            f"Pictures cannot be stored: {one_line(error)}. Make room or correct the rights of "
            "DATA_DIR; with MEDIA_STORAGE set, see to the store."
        )


def write_something():
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
        file.write(bytes(4096))
        file.flush()
        os.fsync(file.fileno())


def space():
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < LEAST_SPACE:
        yield f"Only {free // 1024**2} MB are free for DATA_DIR: make room, or writing will stop."


def server():
    """Whether the site that these settings describe runs."""
    place, headers = f"{settings.HOST}, port {settings.PORT}", {"Host": settings.MAIN_HOST}
    try:
        asked = http.client.HTTPConnection(settings.HOST, settings.PORT, timeout=5)
        asked.request("GET", "/healthz", headers=headers)
        status = asked.getresponse().status
        asked.close()
    except (OSError, http.client.HTTPException) as error:
        yield (
            f"The site does not answer at {place}: {one_line(error)}. Start it (script/server), or "
            "run this with its own HOST and PORT."
        )
        return
    if status != 200:
        yield f"What answers at {place} is not this site, but says {status}: see to PORT."


def mail():
    if settings.PUBLIC_HOSTS and not settings.ERRORS_TO:
        yield "Nobody is told of errors: set EMAIL_URL and ERRORS_TO."


def deployment():
    for message in checks.run_checks(include_deployment_checks=bool(settings.PUBLIC_HOSTS)):
        if message.level >= checks.WARNING and not message.is_silenced():
            yield " ".join(filter(None, [str(message.msg), message.hint]))


def clock():
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        difference = abs(cursor.fetchone()[0] - timezone.now())
    if difference > WRONG_BY:
        yield (
            f"The clocks of this machine and of the database differ by {difference}: set both by "
            "the network (systemd-timesyncd), as times of publishing depend on them."
        )


def content():
    if not TimelineEvent.objects.visible_to(AnonymousUser()).exists():
        yield "No event is published, so the history is empty: publish some, or run load_content."
    if not Section.objects.filter(slug=settings.SECTION).exists():
        yield f"There is no section “{settings.SECTION}”: correct SECTION, or add it in the admin."


def accounts():
    if not User.objects.filter(is_active=True, is_superuser=True).exists():
        yield "Nobody may administer this site: run script/manage createsuperuser."


def schedule():
    if late := Draft.objects.filter(publish_at__lt=timezone.now() - OVERDUE).count():
        yield (
            f"{late} scheduled changes should have been published: ask for a page of the site, "
            "which publishes them, and read in the log why that fails."
        )


def pictures():
    missing = [picture for picture in Picture.objects.all() if not is_stored(picture)]
    if missing:
        keys = ", ".join(str(picture.pk) for picture in missing[:10])
        yield (
            f"The files of {len(missing)} pictures are missing (keys {keys}): restore them from a "
            "backup, or withdraw the pictures."
        )


def is_stored(picture):
    try:
        return default_storage.exists(picture.file.name)
    except OSError:
        return True  # `storage` tells that it does not answer


def search():
    for model in searched_models():
        known = Searched.objects.of_subject(model).values("object_id")
        if unknown := model._default_manager.exclude(pk__in=known).count():
            kind = model._meta.verbose_name_plural
            yield f"{unknown} {kind} cannot be found by searching: run script/manage migrate."
    if settings.SEARCH_SERVER and Searched.objects.filter(is_sent=False).exists():
        yield "The search server lacks texts: see that it runs, then start the site again."


def backups(folder):
    archives = [path.stat().st_mtime for path in folder.glob("amnesty-*.tar.gz")]
    if not archives:
        yield f"There is no backup in {folder}: run script/manage backup {folder}."
    elif (days := (time.time() - max(archives)) / 86400) > 2:
        yield (
            f"The newest backup in {folder} is {days:.0f} days old: run script/manage backup "
            f"{folder}, and see why nothing does so every night."
        )


OF_THE_MACHINE = [database, storage, space, server, mail, deployment]
OF_THE_DATABASE = [clock, content, accounts, schedule, pictures, search]


def examine(backup_folder=None):
    """Names of checks, each with what is wrong by it; no more of a database that does not answer
    or fit."""
    for check in OF_THE_MACHINE:
        yield check.__name__, list(check())
    if backup_folder:
        yield "backups", list(backups(backup_folder))
    if any(database()):
        return
    waiting = list(migrations())
    yield "migrations", waiting
    for check in [] if waiting else OF_THE_DATABASE:
        yield check.__name__, list(check())


def one_line(error):
    return " ".join(str(error).split()).rstrip(".")
