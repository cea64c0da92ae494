"""Where something stands in the admin."""

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import reverse


def form_address(row):
    return reverse(admin_urlname(row._meta, "change"), args=[row.pk])


def list_address(model):
    return reverse(admin_urlname(model._meta, "changelist"))
