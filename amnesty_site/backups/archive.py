"""The file of a backup: tar in gzip. Its last member, the manifest, has size and SHA-256 of each
other, so that it is written in one pass and no part of it can be damaged unnoticed."""

import contextlib
import gzip
import hashlib
import io
import json
import os
import tarfile
import time
import zlib

from amnesty_site.backups.errors import BackupError

MANIFEST, SETTINGS, MEDIA = "manifest.json", "settings.json", "media/"
PROJECT = "amnesty-site"
CHUNK = 64 * 1024
# Bytes for each byte of the archive, more than any database is packed; and for a very small one
MOST, AT_LEAST = 200, 10_000_000
DAMAGED = (EOFError, UnicodeError, ValueError, tarfile.TarError, gzip.BadGzipFile, zlib.error)


def checksum_path(path):
    return path.with_name(f"{path.name}.sha256")


def checksum(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Writer:
    """Writes the archive at `path`, readable by its owner alone. It is whole after `finish`."""

    def __init__(self, path):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self.file = os.fdopen(descriptor, "wb")
        self.tar = tarfile.open(fileobj=self.file, mode="w:gz", compresslevel=6)  # noqa: SIM115
        self.members = {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        with contextlib.suppress(OSError):  # of a full disk, which has been told by then
            self.tar.close()
        self.file.close()

    def add(self, name, file, size):
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, int(time.time())
        hashed = Hashed(file)
        self.tar.addfile(member, hashed)
        self.members[name] = {"size": size, "sha256": hashed.digest.hexdigest()}

    def add_path(self, name, path):
        with path.open("rb") as file:
            self.add(name, file, path.stat().st_size)

    def add_json(self, name, value):
        data = json.dumps(value, indent=1, ensure_ascii=False).encode()
        self.add(name, io.BytesIO(data), len(data))

    def finish(self, about):
        """Writes the manifest, which says `about` the archive what is given, and all to disk."""
        self.add_json(MANIFEST, {"project": PROJECT, **about, "members": self.members})
        self.tar.close()
        self.file.flush()
        os.fsync(self.file.fileno())


class Hashed:
    """A file whose digest grows while it is read."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size):
        data = self.file.read(size)
        self.digest.update(data)
        return data


def unpack(path, folder):
    """The manifest of the archive at `path`, and by their names the paths of its members, which
    lie in `folder` then, under other names. BackupError for whatever is not whole or not ours."""
    beside = checksum_path(path)
    if beside.exists() and beside.read_text(errors="replace")[:64] != checksum(path):
        raise BackupError(f"{path} is damaged: it is not the file that {beside.name} tells of.")
    try:
        with gzip.open(path) as unpacked:
            file = Bounded(unpacked, AT_LEAST + MOST * path.stat().st_size)
            with tarfile.open(fileobj=file, mode="r|") as tar:
                members = dict(unpack_members(tar, folder))
            while file.read(CHUNK):  # to where gzip has a checksum of its own
                pass
        return check_members(members)
    except DAMAGED as error:
        raise BackupError(f"{path} is damaged, or no backup: {error}.") from error


class Bounded:
    """Reads no more than `rest` bytes: a small file may unpack to more than a disk holds."""

    def __init__(self, file, rest):
        self.file, self.rest = file, rest

    def read(self, size):
        data = self.file.read(size)
        self.rest -= len(data)
        if self.rest < 0:
            raise ValueError("it unpacks to far more than a backup does")
        return data


def unpack_members(tar, folder):
    """Pairs of a member's name and the path of what it holds."""
    names = set()
    for member in tar:
        if member.type != tarfile.REGTYPE or member.issparse() or member.name in names:
            raise ValueError(f"no backup has {member.name[:80]!r} as this one")
        names.add(member.name)
        path = folder / f"member-{len(names)}"
        with path.open("xb") as file:
            source = tar.extractfile(member)
            while data := source.read(CHUNK):
                file.write(data)
        yield member.name, path


def check_members(members):
    """The manifest and all other members, if they are what it says."""
    if MANIFEST not in members:
        raise ValueError("it has no manifest")
    manifest = json.loads(members.pop(MANIFEST).read_bytes())
    if not isinstance(manifest, dict) or manifest.get("project") != PROJECT:
        raise ValueError("another program wrote it")
    if not {"made_at", "engine", "migrations"} <= manifest.keys():
        raise ValueError("its manifest does not say what it is")
    found = {
        name: {"size": path.stat().st_size, "sha256": checksum(path)}
        for name, path in members.items()
    }
    if found != manifest.get("members"):
        raise ValueError("its members are not what its manifest says")
    return manifest, members
