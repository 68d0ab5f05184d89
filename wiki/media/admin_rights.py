"""Who manages documents and images in the admin: facilitators all those that they may read,
contributors those that they sent. Nothing of it is written in the database: sites that were
there before have it too."""

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from wiki.access.files import is_shown_to_others, readable_documents, readable_images
from wiki.access.permissions import can_facilitate
from wiki.models import FileUse

MANAGING = {"change", "delete", "choose"}


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's own, where facilitators have what they may read, whoever sent it."""

    def __init__(self, model, readable):
        super().__init__(model, owner_field_name="uploaded_by_user")
        self.readable = readable

    def user_has_permission(self, user, action):
        if action in MANAGING and can_facilitate(user):
            return True
        return super().user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        is_deleting = set(actions) == {"delete"} and not user.is_superuser
        if is_deleting and is_shown_to_others(user, instance):
            return False
        if MANAGING & set(actions) and can_facilitate(user):
            rows = self.model._default_manager.filter(pk=instance.pk)
            return self.readable(user, rows).exists()
        if set(actions) == {"delete"} and is_used(instance):
            return False
        return super().user_has_any_permission_for_instance(user, actions, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        if MANAGING & set(actions) and can_facilitate(user):
            rows = self.model._default_manager
            # By id: the admin's search knows no other way to narrow what it finds.
            return rows.filter(pk__in=self.readable(user, rows.all()).values("pk"))
        return super().instances_user_has_any_permission_for(user, actions)


def is_used(file) -> bool:
    """Whether a version of a page shows the file: deleting it would change that page."""
    name = "document_id" if isinstance(file, get_document_model()) else "image_id"
    return FileUse.objects.filter(**{name: file.pk}).exists()


def connect() -> None:
    """By the exact class, which goes before what Wagtail registers for itself."""
    for model, readable in (
        (get_document_model(), readable_documents),
        (get_image_model(), readable_images),
    ):
        register_permission_policy(model, FilePolicy(model, readable), exact_class=True)
