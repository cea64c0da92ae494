"""What staff look at in the admin, and the site alone writes."""


class ReadOnly:
    """For a ModelAdmin: who may view its rows sees them, and nobody else does more."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
