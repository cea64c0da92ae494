"""What the parts of the admin's first page share."""

from django.contrib import admin

ROWS = 10  # as many as a part shows; it counts the others


def rows_for(request, model):
    """The rows its admin shows this person: a queryset; None when they may not view the model."""
    model_admin = admin.site.get_model_admin(model)
    return model_admin.get_queryset(request) if model_admin.has_view_permission(request) else None
