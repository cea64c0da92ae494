"""The second factor of an account: a phone that makes codes, and ten recovery codes on paper."""

import re
from datetime import timedelta
from hashlib import sha256
from secrets import randbelow

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.roles import Role
from editorial.signing_in import totp

NEEDED_BY = [Role.PUBLISHER, Role.ADMINISTRATOR]  # and who may do everything
TIME_TO_SET_UP = timedelta(days=7)
RECOVERY_CODES = 10
# Digits are typed alike on every keyboard; so many are found by no trying, even in a stolen table
LENGTH = 20


class SecondFactorQuerySet(models.QuerySet):
    def named(self, name):
        """That of the account of this name, set up or not; None. One query."""
        return self.filter(user__username=name).first()

    def of(self, user):
        """That of the account, which is asked for one from now on."""
        return self.get_or_create(user=user)[0]


class SecondFactor(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factor"
    )
    # The week to set it up begins with the first time somebody signs in who has to have one
    asked_at = models.DateTimeField(default=timezone.now)
    secret = models.CharField(max_length=32, blank=True)  # empty until it is set up
    last_step = models.BigIntegerField(default=0)  # of the last code taken: none is taken twice
    recovery = models.TextField(blank=True)  # digests of the codes that are left

    objects = SecondFactorQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self):
        return str(self._meta.verbose_name)

    @property
    def recovery_left(self):
        return len(self.recovery.split())

    def set_up(self, secret, step):
        """From now on a code is asked for; `step` is that of the code that confirmed it. Returns
        the recovery codes, of which only digests are kept."""
        self.secret, self.last_step = secret, step
        return self.renew_recovery_codes()

    def renew_recovery_codes(self):
        """New recovery codes in place of those there were."""
        codes = [f"{randbelow(10**LENGTH):0{LENGTH}}" for _ in range(RECOVERY_CODES)]
        self.recovery = " ".join(map(self.digest, codes))
        self.save()
        return [" ".join(re.findall("....", code)) for code in codes]

    def remove(self):
        """From now on the password is enough, until the week is over that the account had."""
        self.secret = self.recovery = ""
        self.save()

    def takes(self, typed):
        """Whether this is the code of now, or a recovery code. Each is taken once, also when it
        is sent twice at once."""
        code = totp.bare(typed)
        as_read = SecondFactor.objects.filter(pk=self.pk, secret=self.secret)
        if step := totp.step_of(self.secret, code):
            return bool(as_read.filter(last_step__lt=step).update(last_step=step))
        left = self.recovery.split()
        if (digest := self.digest(code)) not in left:
            return False
        left.remove(digest)
        return bool(as_read.filter(recovery=self.recovery).update(recovery=" ".join(left)))

    def digest(self, code):
        return sha256(f"{self.secret} {code}".encode()).hexdigest()


def has_second_factor(user):
    """Whether a code is asked for when this person signs in. A query, unless it was selected."""
    return hasattr(user, "second_factor") and bool(user.second_factor.secret)


def due(user):
    """Until when this person must have set it up: None for who has it, or may do without.
    Three queries at most."""
    if not (user.is_superuser or user.groups.filter(name__in=NEEDED_BY).exists()):
        return None
    factor = SecondFactor.objects.of(user)
    return None if factor.secret else factor.asked_at + TIME_TO_SET_UP
