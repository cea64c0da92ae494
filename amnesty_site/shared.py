"""What the machines of a site share through Redis, switched on by REDIS_URL: a cache, and what one
of their processes asked the database for all.

The database stays the truth: where Redis is gone, hangs or is empty, it is asked. Imported only
where REDIS_URL is set: its package is an extra (pyproject.toml).
"""

import json
import logging
import secrets
from contextlib import contextmanager, suppress
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.redis import RedisCache
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger("django.amnesty_site")

PATIENCE = 0.2  # seconds; in good health Redis answers within a thousandth of one
REST = 5  # seconds after waiting in vain in which nobody waits again
LONGEST = 60  # seconds; what was deleted while Redis was away may come back for as long
CONNECTION = {
    "socket_timeout": PATIENCE,
    "socket_connect_timeout": PATIENCE,
    "retry": Retry(NoBackoff(), 0),
}


class UnansweredError(Exception):
    """Redis gives no answer now."""


class Redialling:
    """Keeps everybody from waiting for a Redis that did not answer a moment ago."""

    def __init__(self):
        self.rests_until, self.is_away = 0.0, False

    @contextmanager
    def answers(self):
        if monotonic() < self.rests_until:
            raise UnansweredError
        try:
            yield
        except (RedisError, OSError) as error:
            self.rests_until = monotonic() + REST
            if not self.is_away:
                logger.error("Redis does not answer, the database does its work: %s", error)
            self.is_away = True
            raise UnansweredError from error
        self.is_away = False


line = Redialling()


class Serializer:
    """Not Django's, which unpickles: who gets into Redis could have the site run their code."""

    dumps, loads = staticmethod(json.dumps), staticmethod(json.loads)


def or_nothing(name):
    """A method of the cache that has no memory where Redis gives no answer."""

    def method(self, *args, **kwargs):
        try:
            with line.answers():
                return getattr(RedisCache, name)(self, *args, **kwargs)
        except UnansweredError:
            return getattr(DummyCache, name)(self, *args, **kwargs)

    return method


class Cache(RedisCache):
    """One for all machines; it takes what JSON can say, and keeps it for a minute at most."""

    def __init__(self, server, params):
        options = {**CONNECTION, "serializer": Serializer}
        super().__init__(server, {**params, "OPTIONS": options})

    def get_backend_timeout(self, timeout=DEFAULT_TIMEOUT):
        seconds = super().get_backend_timeout(timeout)
        return LONGEST if seconds is None else min(seconds, LONGEST)

    add, get, set, touch, delete, has_key, incr, clear = map(
        or_nothing, ["add", "get", "set", "touch", "delete", "has_key", "incr", "clear"]
    )
    get_many, set_many, delete_many = map(or_nothing, ["get_many", "set_many", "delete_many"])


class Turn(NamedTuple):
    """What Redis says to a process that wants to know: an answer, or whose turn it is to ask."""

    answer: list | None
    seconds: float  # as long the answer holds
    token: str | None  # of who may ask and tell now; None while somebody else does


# Whoever comes too late must tell nothing: others may know already that it is no longer true
TELL = """
if redis.call("GET", KEYS[1]) == ARGV[1] then redis.call("SET", KEYS[1], ARGV[2], "KEEPTTL") end
"""


class Shared:
    """An answer that one process asks for and all go by, for some seconds.

    One key is there for as long: at first it names who asks, then it has the answer. Its time
    runs from before the asking, and by the clock of Redis alone.
    """

    def __init__(self, seconds):
        self.milliseconds = int(seconds * 1000)
        described = settings.CACHES["default"]
        self.redis = Redis.from_url(described["LOCATION"], **CONNECTION)
        self.key = f"{described['KEY_PREFIX']}:answer"

    def turn(self):
        """A `Turn`; None where Redis is of no use now."""
        with suppress(UnansweredError), line.answers():
            token = f"?{secrets.token_urlsafe(12)}"
            steps = self.redis.pipeline()
            steps.set(self.key, token, nx=True, px=self.milliseconds).get(self.key).pttl(self.key)
            is_mine, said, left = steps.execute()
            if left > self.milliseconds:  # its clock has gone back: that would hold for too long
                self.redis.delete(self.key)
            elif is_mine:
                return Turn(None, 0, token)
            elif said:
                answer = None if said.startswith(b"?") else json.loads(said)
                return Turn(answer, max(0, left) / 1000, None)
        return None

    def tell(self, turn, *answer):
        """Gives the others the answer, if it is still this one's turn."""
        with suppress(UnansweredError), line.answers():
            self.redis.eval(TELL, 1, self.key, turn.token, json.dumps(answer))
