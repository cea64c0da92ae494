"""Queries of pages whose SQL Django writes once, and not anew for each page.

Writing it takes Django longer than all that follows, in the database too. Two queries that differ
in nothing but the values they compare columns with have the same SQL; so it is kept for what else
they are, and there are as many statements as there are queries in the code.
"""

from collections import namedtuple
from copy import copy
from datetime import datetime
from functools import cache
from itertools import count

from django.db import connections, router
from django.db.models import QuerySet, Value
from django.db.models.expressions import Col
from django.db.models.lookups import BuiltinLookup
from django.db.models.sql.where import WhereNode

VALUES = {int, str, datetime}  # one or another of them, the SQL is the same

statements = {}


def rows(entries, make, *args):
    """The rows of `make(entries, *args)`, a `values_list()`, as a list of tuples. One query.

    Where the queryset `entries` compares columns of its own table with values and does no more,
    `make` is called for the first such queryset alone, and in one language: it names the columns of
    translated fields. For others SQL is written each time.
    """
    query, connection = entries.query, connections[entries.db]
    conditions = list(leaves(query.where))
    if does_more(query) or not all(is_plain(c, entries.model) for c in conditions):
        return list(make(entries, *args))
    key = make, args, entries.model, entries.db, order(query), form(query.where)
    if key not in statements:
        statements[key] = Statement(make(with_parameters(entries), *args), connection)
    return statements[key].rows(connection, [c for c in conditions if type(c.rhs) in VALUES])


class Statement:
    """The SQL of a queryset with parameters. A connection belongs to one thread, and so to none of
    this."""

    def __init__(self, queryset, connection):
        self.compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.parameters = self.compiler.as_sql()
        self.compiler.connection = None

    def rows(self, connection, comparisons):
        values = [c.get_db_prep_lookup(c.rhs, connection)[1][0] for c in comparisons]
        bound = [values[p.value] if type(p) is Parameter else p for p in self.parameters]
        compiler = copy(self.compiler)
        compiler.connection, compiler.as_sql = connection, lambda: (self.sql, bound)
        return list(compiler.results_iter(tuple_expected=True))


class Parameter(Value):
    """Stands for the value in the comparison of this number, as `leaves()` finds them."""

    def as_sql(self, compiler, connection):
        return "%s", [self]


def with_parameters(entries):
    entries = entries.all()
    entries.query.where = parametrized(entries.query.where, count())
    return entries


def parametrized(where, numbers):
    made = where.create(connector=where.connector, negated=where.negated)
    for part in where.children:
        if isinstance(part, WhereNode):
            part = parametrized(part, numbers)
        elif type(part.rhs) in VALUES:
            part = copy(part)
            part.rhs = Parameter(next(numbers))
        made.children.append(part)
    return made


def leaves(where):
    for part in where.children:
        if isinstance(part, WhereNode):
            yield from leaves(part)
        else:
            yield part


def is_plain(condition, model):
    """Whether it compares a column of the model's table with a value, or with nothing."""
    return (
        isinstance(condition, BuiltinLookup)
        and isinstance(condition.lhs, Col)
        and condition.lhs.alias == model._meta.db_table
        and (type(condition.rhs) in VALUES or type(condition.rhs) is bool)
    )


def does_more(query):
    return query.annotations or query.distinct or query.is_sliced or query.combinator or query.extra


def order(query):
    return tuple(query.order_by), query.default_ordering, query.standard_ordering


def form(where):
    """What of conditions makes the SQL: all but their values."""
    parts = [where.connector, where.negated]
    for part in where.children:
        if isinstance(part, WhereNode):
            parts.append(form(part))
        else:
            value = Parameter if type(part.rhs) in VALUES else part.rhs
            parts.append((type(part), part.lhs.target, value))
    return tuple(parts)


@cache
def row_of(model, *names):
    """A named tuple of columns of a model, of all if none are named, as `from_db()` takes them."""
    every = [field.attname for field in model._meta.concrete_fields]
    names = [name for name in every if not names or name in names]
    return namedtuple(f"{model.__name__}Row", names)


def values_of(entries, row_class):
    # That of modeltranslation would take other columns than those named
    return QuerySet.values_list(entries, *row_class._fields)


def typed_rows(entries, row_class):
    """The rows as those of `row_of()`. One query."""
    return [row_class._make(row) for row in rows(entries, values_of, row_class)]


def objects(entries):
    """The rows as objects with all their columns, for pages alone. One query."""
    return [make(entries.model, row) for row in typed_rows(entries, row_of(entries.model))]


def make(model, row):
    """An object of a row of `row_of(model)`, to be shown and not changed: where parts of pages are
    kept, it is known by what it was `made_of`."""
    made = model.from_db(router.db_for_read(model), row._fields, row)
    made.made_of = row
    return made
