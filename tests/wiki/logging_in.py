"""How one comes in, asks for a link and saves one's profile, as a browser does it."""

from django.test import Client

from tests.wiki.screens import form_of

PASSWORD = "un-mot-de-passe-solide"


def login(client, person, password=PASSWORD, next_page=""):
    address = f"/connexion/?next={next_page}" if next_page else "/connexion/"
    form = form_of(client.get(address), "password")
    return client.post(address, {**form, "username": person.username, "password": password})


def ask_for_a_link(client, email: str):
    form = form_of(client.get("/mot-de-passe/"), "email")
    return client.post("/mot-de-passe/", {**form, "email": email}, follow=True)


def save_profile(client, **fields):
    form = form_of(client.get("/profil/"), "display_name")
    return client.post("/profil/", {**form, **fields})


def change_password(client, old: str, new="ardoise et tuffeau"):
    form = form_of(client.get("/profil/mot-de-passe/"), "old_password")
    fields = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/profil/mot-de-passe/", {**form, **fields})


def try_login(name, password="faux", address="203.0.113.5"):
    data = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address).post("/connexion/", data)


def comes_in(answer) -> bool:
    return answer.status_code == 302


def wrong(person, times, address="203.0.113.5"):
    return [try_login(person.username, address=address) for _ in range(times)][-1]
