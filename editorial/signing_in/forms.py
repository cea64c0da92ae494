from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from editorial.signing_in import log, totp
from editorial.signing_in.browsers import mark_of
from editorial.signing_in.second_factor import SecondFactor
from editorial.signing_in.tries import Tries, please_wait

SIGNED_IN = "signed in"  # their tries to confirm who they are count apart


class PasswordField(forms.CharField):
    def __init__(self, **options):
        widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        super().__init__(
            label=_("Password"), strip=False, max_length=4096, widget=widget, **options
        )


class CodeField(forms.CharField):
    """Six digits from a phone, or the twenty of a recovery code."""

    def __init__(self, **options):
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        super().__init__(
            label=_("Code"), max_length=40, widget=forms.TextInput(attrs=attrs), **options
        )


class SignInForm(AdminAuthenticationForm):
    """Name, password and code in one step: whoever is refused is not told which of them was wrong,
    nor whether an account has a second factor, and guessing a code is as slow as a password."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "Name, password or code is wrong. Mind capital letters. If you have set up a "
            "second factor, you need a new code each time."
        ),
    }
    password = PasswordField()
    code = CodeField(
        required=False,
        help_text=_(
            "From your phone, or a recovery code. Leave it empty if you have no second factor."
        ),
    )

    @sensitive_variables()
    def clean(self):
        name, password = map(self.cleaned_data.get, ("username", "password"))
        if name is None or not password:
            return self.cleaned_data
        browser = mark_of(self.request, name)
        if seconds := Tries.objects.take(name, browser):
            raise ValidationError(please_wait(seconds), code="wait")
        factor = SecondFactor.objects.named(name)  # always asked, so that all tries take as long
        super().clean()
        code = self.cleaned_data.get("code") or ""
        if factor and factor.secret and not factor.takes(code):
            raise self.get_invalid_login_error()
        Tries.objects.forget(name, browser=browser)
        return self.cleaned_data


@sensitive_variables("password")
def check_password(user, password):
    """Refuses a password that is not that of the person who is signed in, or the try."""
    name = user.get_username()
    if seconds := Tries.objects.take(name, SIGNED_IN):
        raise ValidationError(please_wait(seconds), code="wait")
    if not user.check_password(password):
        raise ValidationError(_("This is not your password. Type it again."), code="wrong")
    Tries.objects.forget(name, browser=SIGNED_IN)


class OwnPasswordForm(AdminPasswordChangeForm):
    @sensitive_variables("password")
    def clean_old_password(self):
        password = self.cleaned_data["old_password"]
        check_password(self.user, password)
        return password

    def save(self, commit=True):
        log.changed(self.user, self.user, "password")
        return super().save(commit)


class ConfirmForm(forms.Form):
    """The password once more, before a second factor changes."""

    password = PasswordField()

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        check_password(self.user, self.cleaned_data["password"])


class SetUpForm(ConfirmForm):
    """A code that shows that a phone has the secret; its half minute is then `step`."""

    code = CodeField(help_text=_("The six digits that your phone shows now."))

    def __init__(self, user, secret, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.secret = secret

    def clean_code(self):
        self.step = totp.step_of(self.secret, totp.bare(self.cleaned_data["code"]))
        if self.step is None:
            raise ValidationError(
                _(
                    "This is not the current code. Type the next one; if that is not taken either, "
                    "see whether your phone sets its clock by itself."
                )
            )
