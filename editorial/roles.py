"""Who may do what at the desk. A role is a group; its rights are these after every migration.

Rights are Django's permissions on the subjects: `translate` is writing the texts of the language
an entry is not written in, `publish` is deciding what readers see. A change by somebody without
`publish` waits for somebody with it (editorial/drafts.py).
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from editorial.entries import subjects


class Role(TextChoices):
    """The name of a group, and what people call it."""

    TRANSLATOR = "translator", _("translator")
    EDITOR = "editor", _("editor")
    PUBLISHER = "publisher", _("publisher")
    ADMINISTRATOR = "administrator", _("administrator")


# On entries. What is shown as soon as it is there, a theme or a decade, is published when added.
RIGHTS = {
    Role.TRANSLATOR: ["view", "translate"],
    Role.EDITOR: ["view", "translate", "change", "add"],
    Role.PUBLISHER: ["view", "translate", "change", "add", "publish", "delete"],
    Role.ADMINISTRATOR: ["view"],
}
PUBLISHED_WHEN_ADDED = "add"

# On people and settings
ADMINISTRATION = {
    "auth.user": ["view", "add", "change", "delete"],
    "auth.group": ["view"],
    "admin.logentry": ["view"],
    "visitors.visitorcount": ["view", "change"],
}
FOR_ALL = {"visitors.visitorday": ["view"]}


def keep_roles(using, **kwargs):
    """Makes the groups, and gives each exactly its rights. Runs after each migration."""
    for label in ("admin", "auth", "visitors", *{model._meta.app_label for model in subjects()}):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    for role in Role:
        group, _new = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set(permissions(role, using))


def permissions(role, using):
    wanted = [(model, action) for model in subjects() for action in actions(role, model)]
    others = FOR_ALL | (ADMINISTRATION if role == Role.ADMINISTRATOR else {})
    wanted += [(apps.get_model(label), action) for label, some in others.items() for action in some]
    for model, action in wanted:
        yield Permission.objects.using(using).get(
            content_type=ContentType.objects.db_manager(using).get_for_model(model),
            codename=f"{action}_{model._meta.model_name}",
        )


def actions(role, model):
    """The rights a role has on a subject."""
    rights = RIGHTS[role]
    if "publish" in rights or not model.is_shown_alone:
        return rights
    return [right for right in rights if right != PUBLISHED_WHEN_ADDED]


def may(user, action, entry):
    """Whether the user may do that with entries such as this one (or of this model)."""
    options = entry._meta
    return user.has_perm(f"{options.app_label}.{action}_{options.model_name}")
