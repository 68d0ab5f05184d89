"""Who somebody is and what they may do, as Django knows it, for less: every request asks it."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission

from wiki.access.closed_paths import groups_of
from wiki.internals.compiled import Compiled
from wiki.models import KeptByStamp, SiteRevision, User

NAMES = ("content_type__app_label", "codename")

_person = Compiled(lambda pk: User.objects.filter(pk=pk))
_own_rights = Compiled(lambda pk: Permission.objects.filter(user=pk).order_by().values_list(*NAMES))


def _read() -> dict[int, set[str]]:
    names = (f"permissions__{name}" for name in NAMES)
    rights: dict[int, set[str]] = {}
    for pk, app, codename in Group.objects.order_by("pk").values_list("pk", *names):
        if codename:
            rights.setdefault(pk, set()).add(f"{app}.{codename}")
    return rights


_rights_of_groups = KeptByStamp(_read)


class KnownPeople(ModelBackend):
    """The rights of groups are read once a stamp, which any change of them raises."""

    def get_user(self, user_id):
        person = next(iter(_person(int(user_id))), None)
        return person if person and self.user_can_authenticate(person) else None

    def get_user_permissions(self, user_obj, obj=None):
        if not self._is_plain(user_obj, obj):
            return super().get_user_permissions(user_obj, obj)
        return {f"{app}.{codename}" for app, codename in _own_rights(user_obj.pk)}

    def get_group_permissions(self, user_obj, obj=None):
        if not self._is_plain(user_obj, obj):
            return super().get_group_permissions(user_obj, obj)
        stamp = SiteRevision.current()
        known = _rights_of_groups(stamp)
        return set().union(*(known.get(pk, ()) for pk in groups_of(user_obj, stamp)))

    def _is_plain(self, user_obj, obj) -> bool:
        known = user_obj.is_authenticated and user_obj.pk is not None
        return known and user_obj.is_active and not user_obj.is_superuser and obj is None
