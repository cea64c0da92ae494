"""How many visitors there have been: one number, how many came each day, and nothing about any."""

from datetime import datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial import triggers

# The count of the organisation's old site when this one took over
FIRST_TOTAL = 887_766

# Most visits are not the first of their day
ADD_VISITS = """
    UPDATE visitors_visitorcount SET total = total + {0}, day_visits = day_visits + {0}
    WHERE id = 1 AND day = {0}
    RETURNING total
"""
BEGIN_DAY = """
    INSERT INTO visitors_visitorcount AS count (id, total, day, day_visits)
    VALUES (1, {0} + {0}, {0}, {0})
    ON CONFLICT (id) DO UPDATE SET
        total = count.total + excluded.day_visits,
        day = excluded.day,
        day_visits = excluded.day_visits
            + CASE WHEN count.day = excluded.day THEN count.day_visits ELSE 0 END
    RETURNING total
"""
STATEMENTS = {
    vendor: (ADD_VISITS.format(value), BEGIN_DAY.format(value))
    for vendor, value in {"sqlite": "?", "postgresql": "%s"}.items()
}


def counting_connection():
    """A connection for counting alone, not open yet. The threads of a process share it, one at a
    time; what is counted within a transaction is counted by the connection of that.

    It takes SQLite's word that what readers cause is written; where staff write, SQLite waits for
    the disk.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block:
        return connection
    connection = connection.copy()
    connection.inc_thread_sharing()
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["init_command"] += "; PRAGMA synchronous=NORMAL"
    return connection


class VisitorCountManager(models.Manager):
    def add_visits(self, number=1, connection=None):
        """Counts `number` visits and returns the ordinal of the last. One atomic statement of
        `connection`, or of this thread's own, committed at once; for the first of a day two.

        Outside a transaction no two visits get the same ordinal, and none that was returned is
        lost when the process dies; with a `counting_connection()` to SQLite a power cut may take
        the last. Makes the row if it is gone. Raises `django.db.Error`.
        """
        connection = connection or connections[DEFAULT_DB_ALIAS]
        connection.ensure_connection()
        today = datetime.now(timezone.get_default_timezone()).date().isoformat()
        add_visits, begin_day = STATEMENTS[connection.vendor]
        # The driver's own cursor: Django's costs twice what the statement does
        with connection.wrap_database_errors:
            cursor = connection.connection.cursor()
            cursor.execute(add_visits, (number, number, today))
            if not (counted := cursor.fetchone()):
                cursor.execute(begin_day, (FIRST_TOTAL, number, today, number))
                counted = cursor.fetchone()
            return counted[0]

    def total(self):
        """The number of visitors so far. One query."""
        total = self.values_list("total", flat=True).filter(pk=1).first()
        return FIRST_TOTAL if total is None else total


class VisitorCount(models.Model):
    """The one row that holds the count. Only its admin form sets it back, and logs that."""

    total = models.PositiveBigIntegerField(_("visitors so far"), default=FIRST_TOTAL)
    # The day of the last visit and its visitors so far; a trigger puts them away when it ends
    day = models.DateField(_("day of the last visit"), null=True, editable=False)
    day_visits = models.PositiveIntegerField(_("visitors that day"), default=0, editable=False)

    objects = VisitorCountManager()

    class Meta:
        verbose_name = _("visitor count")
        verbose_name_plural = _("visitor count")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="visitors_count_is_one_row"),
        ]

    def __str__(self):
        return f"{self.total:,}"


class VisitorDayManager(models.Manager):
    def last(self, number):
        """The last `number` days up to today as pairs of a day and its visitors. Two queries."""
        today = timezone.localdate()
        days = [today - timedelta(days=back) for back in reversed(range(number))]
        visits = dict(self.filter(day__gte=days[0]).values_list("day", "visits"))
        for day, so_far in VisitorCount.objects.values_list("day", "day_visits"):
            visits[day] = visits.get(day, 0) + so_far
        return [(day, visits.get(day, 0)) for day in days]


class VisitorDay(models.Model):
    """How many visitors a day had, by the calendar of Ulaanbaatar. Its first row comes when the
    next day begins: until then they stand in `VisitorCount`."""

    day = models.DateField(_("day"), primary_key=True)
    visits = models.PositiveIntegerField(_("visitors"))

    objects = VisitorDayManager()

    class Meta:
        verbose_name = _("visitors of a day")
        verbose_name_plural = _("visitors by day")
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day}: {self.visits:,}"


def put_days_away(using, **kwargs):
    """Has the database keep the visitors of each day that has ended. Runs after each migration.

    It adds, as processes whose clocks differ may begin a day and go back once more.
    """
    days = VisitorDay._meta.db_table
    if days not in connections[using].introspection.table_names():
        return  # the site is being taken back to before this existed
    triggers.after(
        ["UPDATE OF day"],
        VisitorCount._meta.db_table,
        "visitors_day_ends",
        f"INSERT INTO {days} (day, visits) SELECT OLD.day, OLD.day_visits WHERE OLD.day <> NEW.day "
        f"ON CONFLICT (day) DO UPDATE SET visits = {days}.visits + excluded.visits",
        using,
    )
