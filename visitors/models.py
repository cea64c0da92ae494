"""How many visitors there have been: one number, how many came each day, and nothing about any."""

from django.db import connections, models, router
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial import triggers

# The count of the organisation's old site when this one took over
FIRST_TOTAL = 887_766

ADD_VISIT = """
    INSERT INTO visitors_visitorcount AS count (id, total, last_visit_on)
    VALUES (1, {sign}, {sign})
    ON CONFLICT (id) DO UPDATE
    SET total = count.total + 1, last_visit_on = excluded.last_visit_on
    RETURNING total
"""


class VisitorCountManager(models.Manager):
    def add_visit(self):
        """Counts one visit and returns its ordinal. One atomic statement, committed at once.

        Outside a transaction no two visits get the same number, and none that was returned is
        lost when the process dies. Makes the row if it is gone. Raises `django.db.Error`.
        """
        connection = connections[router.db_for_write(self.model)]
        connection.ensure_connection()
        sign = "?" if connection.vendor == "sqlite" else "%s"
        # The driver's own cursor: Django's costs twice what the statement does
        with connection.wrap_database_errors:
            cursor = connection.connection.cursor()
            today = timezone.localdate().isoformat()
            cursor.execute(ADD_VISIT.format(sign=sign), [FIRST_TOTAL + 1, today])
            return cursor.fetchone()[0]

    def total(self):
        """The number of visitors so far. One query."""
        total = self.values_list("total", flat=True).filter(pk=1).first()
        return FIRST_TOTAL if total is None else total


class VisitorCount(models.Model):
    """The one row that holds the count. Only its admin form sets it back, and logs that."""

    total = models.PositiveBigIntegerField(_("visitors so far"), default=FIRST_TOTAL)
    # Written by every visit and by nothing else, so that the database can tell one from a
    # correction, and count its day
    last_visit_on = models.DateField(_("last visit"), null=True, editable=False)

    objects = VisitorCountManager()

    class Meta:
        verbose_name = _("visitor count")
        verbose_name_plural = _("visitor count")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="visitors_count_is_one_row"),
        ]

    def __str__(self):
        return f"{self.total:,}"


class VisitorDay(models.Model):
    """How many visitors one day had, by the calendar of Ulaanbaatar. A trigger writes it."""

    day = models.DateField(_("day"), primary_key=True)
    visits = models.PositiveIntegerField(_("visitors"))

    class Meta:
        verbose_name = _("visitors of a day")
        verbose_name_plural = _("visitors by day")
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day}: {self.visits:,}"


def count_days(using, **kwargs):
    """Has the database count the day of every visit beside it. Runs after each migration."""
    days = VisitorDay._meta.db_table
    triggers.after(
        ["INSERT", "UPDATE OF last_visit_on"],
        VisitorCount._meta.db_table,
        "visitors_count_day",
        f"INSERT INTO {days} (day, visits) SELECT NEW.last_visit_on, 1 "
        "WHERE NEW.last_visit_on IS NOT NULL "
        f"ON CONFLICT (day) DO UPDATE SET visits = {days}.visits + 1",
        using,
    )
