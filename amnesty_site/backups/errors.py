class BackupError(Exception):
    """A sentence for whoever saves, restores or moves: why nothing was done."""


class UnfinishedError(Exception):
    """A sentence for whoever restores: what is still to do."""
