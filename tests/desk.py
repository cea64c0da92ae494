"""People at the desk, and the forms they send."""

from itertools import count

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from editorial.review import Translation

numbers = count(1)
PASSWORD = "a long password for tests"


def make_user(*roles, name="", **given):
    """Somebody who works here in these roles: "translator", "editor" …"""
    user = User.objects.create_user(
        name or f"{'-'.join(roles)}-{next(numbers)}", password=PASSWORD, is_staff=True, **given
    )
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


class Desk:
    """One person in the admin: `Desk("editor").save(event, title_en="New")`."""

    def __init__(self, *roles, name=""):
        self.user = make_user(*roles, name=name)
        self.client = Client()
        self.client.force_login(self.user)

    def address(self, entry, view="change", *rest):
        options = entry._meta
        name = f"admin:{options.app_label}_{options.model_name}_{view}"
        keys = [entry.pk] if view != "add" else []
        return reverse(name, args=[*keys, *rest])

    def open(self, entry):
        """What the entry's form has in its fields, as a browser would send it back."""
        answer = self.client.get(self.address(entry))
        assert answer.status_code == 200, answer.status_code
        return form_data(answer.context)

    def send(self, entry, data, button="_save"):
        return self.client.post(self.address(entry), data | {button: "1"})

    def save(self, entry, button="_save", **changes):
        """Opens the form, changes fields and presses a button."""
        return self.send(entry, self.open(entry) | changes, button)


def form_data(context):
    """The fields of a page's form and of its formsets, as a browser sends them."""
    form = context["adminform"].form if "adminform" in context else context["form"]
    forms = [form]
    for formset in context.get("inline_admin_formsets", []):
        forms += [formset.formset.management_form, *formset.formset.forms]
    data = {}
    for part in forms:
        for bound in part:
            data |= sent(bound)
    return data


def sent(bound):
    """One field as a browser sends it: nothing for an empty box or a file."""
    value, widget = bound.value(), bound.field.widget
    if hasattr(widget, "widgets"):
        values = widget.decompress(value)
        return {
            f"{bound.html_name}_{place}": part.format_value(value) or ""
            for place, (part, value) in enumerate(zip(widget.widgets, values, strict=True))
        }
    if widget.needs_multipart_form or value is None or value is False or value == []:
        return {}
    return {bound.html_name: "on" if value is True else value}


def fresh(entry):
    """The row as it is by now."""
    return type(entry)._default_manager.get(pk=entry.pk)


def states(entry):
    """In which state the translation of each of its texts is, by name."""
    fields = Translation.objects.for_entry(entry).fields
    return {name: str(text["state"]) for name, text in fields.items()}
