"""The rules of a model, asked of many rows."""

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint


class Rules:
    """Keeps what the database answered: Django asks it about every rule of every row, though most
    are about a few values alone, such as the year."""

    def __init__(self, model):
        self.rules = [(rule, fields_of(rule)) for rule in model._meta.constraints]
        self.answers = {}

    def broken(self, entry, changed, refused):
        """What an entry's rules say against it, as sentences: of those about a field that is
        `changed`, and about none whose value was `refused` already."""
        for rule, names in self.rules:
            if names & changed and not names & refused:
                yield from self.ask(rule, names, entry)

    def ask(self, rule, names, entry):
        if not isinstance(rule, CheckConstraint):
            return against(rule, entry)  # it is about other rows, too
        key = (rule.name, *(getattr(entry, name) for name in sorted(names)))
        if key not in self.answers:
            self.answers[key] = against(rule, entry)
        return self.answers[key]


def fields_of(rule):
    condition = rule.condition.referenced_base_fields if rule.condition else set()
    return {*condition, *getattr(rule, "fields", ())}


def against(rule, entry):
    try:
        rule.validate(type(entry), entry)
    except ValidationError as error:
        return error.messages
    return []
