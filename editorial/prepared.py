"""Queries of pages whose SQL Django writes once, and not anew for each page.

Writing it takes Django longer than all that follows, in the database too. Two querysets that
compare the same columns in the same way have the same SQL, whatever the values; so there are as
many statements as there are queries in the code.
"""

from collections import namedtuple
from copy import copy
from datetime import datetime
from functools import cache
from itertools import count

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connections
from django.db.models import QuerySet, Value
from django.db.models.expressions import Col
from django.db.models.query import ValuesListIterable
from django.db.models.sql.where import WhereNode
from django.utils.translation import get_language

# Comparisons whose SQL is the same for one or another of these values
LOOKUPS = {"exact", "gt", "gte", "lt", "lte"}
VALUES = {int, str, datetime}

# What a query has that does more than compare and order
MORE = ["annotations", "combinator", "distinct", "extra", "extra_order_by", "extra_tables"]
MORE += ["_filtered_relations", "has_select_fields", "is_sliced", "select_for_update"]

statements = {}


class DoesMoreError(Exception):
    """A queryset does more than compare columns of its own table with values."""


def rows(entries, select, *args):
    """The rows of `select(entries, *args)`, a `columns()`, as a list of tuples. One query.

    Of querysets `entries` that only compare columns of their table with values and order what they
    find, `select` is called for the first of a kind: what it does must not depend on the time or
    anything else. For others SQL is written each time.
    """
    query, connection = entries.query, connections[entries.db]
    try:
        conditions, comparisons = shape(query)
        ordering = tuple(query.order_by), query.default_ordering, query.standard_ordering
        key = select, args, entries.model, entries.db, get_language(), ordering, conditions
        if key not in statements:
            queryset = select(with_parameters(entries), *args)
            statements[key] = Statement(queryset, connection, len(comparisons))
        return statements[key].rows(connection, comparisons)
    except (DoesMoreError, EmptyResultSet, FullResultSet):  # or no row can have one of the values
        return list(select(entries, *args))


def shape(query):
    """What of the conditions makes their SQL, and the comparisons with values, as a list."""
    if any(getattr(query, name) for name in MORE):
        raise DoesMoreError
    comparisons = []

    def shape_of(where):
        parts = [shape_of(p) if isinstance(p, WhereNode) else known(p) for p in where.children]
        return where.connector, where.negated, *parts

    def known(lookup):
        column = getattr(lookup, "lhs", None)
        if not isinstance(column, Col) or column.alias != query.base_table:
            raise DoesMoreError
        if lookup.lookup_name == "isnull":
            return column.target, lookup.rhs
        if not has_value(lookup):
            raise DoesMoreError
        comparisons.append(lookup)
        return column.target, type(lookup)

    return shape_of(query.where), comparisons


def has_value(lookup):
    return lookup.lookup_name in LOOKUPS and type(lookup.rhs) in VALUES


class Parameter(Value):
    """Stands for the value of the comparison of this number, as `shape()` finds them."""

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
        elif has_value(part):
            part = copy(part)
            part.rhs = Parameter(next(numbers))
        made.children.append(part)
    return made


class Statement:
    """The SQL of a queryset with parameters. A connection belongs to one thread, and so to none of
    this."""

    def __init__(self, queryset, connection, number):
        if queryset._iterable_class is not ValuesListIterable:
            raise TypeError("The columns are to be chosen by columns()")
        self.compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.parameters = self.compiler.as_sql()
        if {p.value for p in self.parameters if type(p) is Parameter} != set(range(number)):
            raise TypeError(f"A value has become part of the SQL: {self.sql}")
        self.compiler.connection = None

    def rows(self, connection, comparisons):
        values = [lookup.process_rhs(None, connection)[1][0] for lookup in comparisons]
        bound = [values[p.value] if type(p) is Parameter else p for p in self.parameters]
        compiler = copy(self.compiler)
        compiler.connection, compiler.as_sql = connection, lambda: (self.sql, bound)
        return list(compiler.results_iter(tuple_expected=True))


def columns(entries, *names):
    """The queryset's `values_list()`; that of modeltranslation takes other columns."""
    return QuerySet.values_list(entries, *names)


@cache
def row_of(model, *names):
    """A named tuple of columns of a model, of all if none are named, as `from_db()` takes them."""
    every = [field.attname for field in model._meta.concrete_fields]
    return namedtuple(f"{model.__name__}Row", sorted(names, key=every.index) or every)


def typed_rows(entries, row_class):
    """The rows as those of `row_of()`. One query."""
    return [row_class._make(row) for row in rows(entries, columns, *row_class._fields)]


def objects(entries):
    """The rows as objects with all their columns, for pages alone. One query."""
    row_class = row_of(entries.model)
    return [make(entries.model, row, entries.db) for row in typed_rows(entries, row_class)]


def make(model, row, using):
    """An object of a row of `row_of(model)`, to be shown and not changed: where parts of pages are
    kept, it is known by what it was `made_of`."""
    made = model.from_db(using, row._fields, row)
    made.made_of = row
    return made
