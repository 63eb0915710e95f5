"""Staff reach the CMS only with a second factor, where the installation asks for one."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _


class StaffMfa:
    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_MFA_REQUIRED and is_cms(request) and lacks_second_factor(request.user):
            messages.warning(request, _("Staff need a second factor: please set one up before you go on."))
            return redirect("mfa_activate_totp")
        return self.get_response(request)


def is_cms(request: HttpRequest) -> bool:
    return request.path_info.startswith("/cms/")


def lacks_second_factor(user) -> bool:
    return user.is_authenticated and not is_mfa_enabled(user)
