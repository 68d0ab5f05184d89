"""What people are told by mail of a change of their account."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone

from wiki.pages.own_addresses import whole_address


def tell_of_new_address(old: str, person) -> None:
    """To the address that was theirs: whoever changed it may be somebody else."""
    if not old:
        return
    context = {
        "name": person.public_name,
        "login": person.get_username(),
        "now": timezone.now(),
        "profile": whole_address("/profil/"),
        "help": whole_address("/aide/"),
    }
    subject = render_to_string("registration/new_address_subject.txt", context).strip()
    send_mail(subject, render_to_string("registration/new_address_email.txt", context), None, [old])
