"""One's own account: the name shown to readers, the address for a lost password."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wiki.changes import written_by
from wiki.forms import ProfileForm

FEW = 10


def admin_login(request):
    """The site's own login screen; somebody logged in whom the admin refuses is told so."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", "/admin/"))


@login_required
def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    mine = written_by(request.user, FEW)
    context = {"form": form, "mine": mine}
    return render(request, "wiki/profile.html", context, status=422 if form.errors else 200)
