"""How many visitors there have been: one number, and nothing about any of them."""

from django.db import connections, models, router
from django.utils.translation import gettext_lazy as _

# The count of the organisation's old site when this one took over
FIRST_TOTAL = 887_766


class VisitorCountManager(models.Manager):
    def add_visit(self):
        """Counts one visit and returns its ordinal. One atomic statement, committed at once.

        Outside a transaction no two visits get the same number, and none that was returned is
        lost when the process dies. Makes the row if it is gone. Raises `django.db.Error`.
        """
        table = self.model._meta.db_table
        statement = f"""
            INSERT INTO {table} (id, total) VALUES (1, %s)
            ON CONFLICT (id) DO UPDATE SET total = {table}.total + 1
            RETURNING total
        """
        with connections[router.db_for_write(self.model)].cursor() as cursor:
            cursor.execute(statement, [FIRST_TOTAL + 1])
            return cursor.fetchone()[0]

    def total(self):
        """The number of visitors so far. One query."""
        total = self.values_list("total", flat=True).filter(pk=1).first()
        return FIRST_TOTAL if total is None else total


class VisitorCount(models.Model):
    """The one row that holds the count. Only its admin form sets it back, and logs that."""

    total = models.PositiveBigIntegerField(_("visitors so far"), default=FIRST_TOTAL)

    objects = VisitorCountManager()

    class Meta:
        verbose_name = _("visitor count")
        verbose_name_plural = _("visitor count")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="visitors_count_is_one_row"),
        ]

    def __str__(self):
        return f"{self.total:,}"
