"""What processes that share a folder need of its files."""

import contextlib
import fcntl
import hashlib
import os
import weakref


def write_whole(path, data):
    """Writes bytes that no other process ever reads by half. The folder must exist; OSError
    where that or the disk does not allow it, and nothing is left behind."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


class ProcessLock:
    """Within it no other process of this machine is, as long as the file at `path` can be had: for
    what goes well without, only slower. The threads of a process do not keep each other out."""

    def __init__(self, path):
        self.path, self.descriptor = path, None

    def __enter__(self):
        with contextlib.suppress(OSError):
            if self.descriptor is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
                weakref.finalize(self, os.close, self.descriptor)
            fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    def __exit__(self, *exception):
        if self.descriptor is not None:
            with contextlib.suppress(OSError):
                fcntl.flock(self.descriptor, fcntl.LOCK_UN)


def fingerprint(paths, *also):
    """A digest that changes with the path, size or time of a file, and with the texts `also`."""
    digest = hashlib.blake2b(repr(also).encode(), digest_size=16)
    for path in sorted(paths):
        status = path.stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
