"""What processes that share a folder need of its files."""

import hashlib
import os


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


def fingerprint(paths, *also):
    """A digest that changes with the path, size or time of a file, and with the texts `also`."""
    digest = hashlib.blake2b(repr(also).encode(), digest_size=16)
    for path in sorted(paths):
        status = path.stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
