"""« Signaler une erreur »: anybody writes, machines do not, facilitators read and settle."""

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html as lxml_html
from wagtail.models import Page

from tests import factories
from tests.wiki.crawling import TOKEN
from tests.wiki.reporting import reported, token_of
from tests.wiki.screens import form_of, main_text
from wiki.dashboards import reports
from wiki.http.kept_pages import kept_pages
from wiki.models import DaySalt, Report, ReportSender
from wiki.organizing import actions
from wiki.publishing.publishing import Edit
from wiki.trash import trash

pytestmark = pytest.mark.django_db
WORDS = "Le téléphone a changé.\nIl finit par 42."


@pytest.fixture
def page():
    return factories.page(title="La borne wifi", body="<h2>Un</h2><p>Deux</p>")


@pytest.fixture
def keeper(facilitator, logged_in):
    return logged_in(facilitator)


def texts() -> list[str]:
    return list(Report.objects.values_list("text", flat=True))


def typed_in(answer) -> str:
    """A browser leaves out the line break that opens a text area."""
    return form_of(answer, "text")["text"][0].removeprefix("\n")


def from_address(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def test_a_reader_without_account_writes_and_facilitators_read_it(client, page, keeper):
    answer = reported(client, page, WORDS)
    assert answer.status_code == 200
    assert "Vos mots sont arrivés" in main_text(answer)
    assert texts() == [WORDS]
    listed = main_text(keeper.get("/animer/erreurs/"))
    assert "La borne wifi" in listed
    assert "Il finit par 42." in listed
    assert "La borne wifi" in main_text(keeper.get("/animer/"))


def test_no_cookie_is_given_at_any_step(client, page):
    answers = [client.get(page.address), client.get(f"{page.address}signaler/")]
    answers += [reported(client, page, ""), reported(client, page)]
    assert [answer.status_code for answer in answers] == [200, 200, 422, 200]
    assert [answer.cookies for answer in answers] == [SimpleCookie()] * 4
    assert client.cookies == SimpleCookie()


def test_a_page_of_the_whole_page_cache_leads_to_a_form_of_its_own(client, page):
    """The page is one for all readers: it holds a link; the form is made anew for each."""
    kept = [client.get(page.address).content for _ in range(2)]
    assert kept[0] == kept[1]
    assert f'href="{page.address}signaler/"' in kept[1].decode()
    assert TOKEN not in kept[1].decode()
    opened = client.get(f"{page.address}signaler/")
    assert "no-store" in opened["Cache-Control"]
    kept_pages.forget()


@pytest.mark.parametrize(
    "address", ["/", "/lieux/", "/pratiques/", "/pratiques/fiches/", "/collectif/reunions/"]
)
def test_every_page_has_the_link(client, address):
    assert f'href="{address}signaler/"' in client.get(address).content.decode()
    assert client.get(f"{address}signaler/").status_code == 200


def test_an_old_version_and_a_preview_have_no_such_link(client, page):
    old = client.get(f"{page.address}versions/1/").content.decode()
    assert "signaler/" not in old


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "?!…"}, 422),
        ({"text": "x" * 2_001}, 422),
        ({"site": "https://pub.example"}, 422),
        ({"seconds": 0}, 422),
        ({"seconds": 25 * 3600}, 422),
        ({TOKEN: ""}, 403),
        ({TOKEN: "1:zut:zut"}, 403),
    ],
    ids=str,
)
def test_what_is_refused_stays_in_the_form(client, page, fields, status):
    sent = {"text": WORDS, **fields}
    answer = reported(client, page, **sent)
    assert answer.status_code == status
    assert texts() == []
    assert typed_in(answer) == sent["text"]
    assert form_of(answer, "text").get("site", [""]) == [""]


def test_what_was_refused_is_sent_again_from_the_same_screen(client, page, monkeypatch):
    refused = reported(client, page, WORDS, seconds=0)
    assert "Relisez vos mots" in main_text(refused)
    monkeypatch.setattr(reports, "SOONEST", timedelta(0))
    again = {name: value[0] for name, value in form_of(refused, "text").items()}
    assert client.post(f"{page.address}signaler/", again).status_code == 200
    assert texts() == [WORDS]


def test_the_token_of_one_page_does_not_serve_for_another(client, page):
    other = factories.page()
    answer = reported(client, page, **{TOKEN: token_of(other)})
    assert answer.status_code == 403
    assert texts() == []


def test_the_same_words_sent_twice_are_kept_once(client, page, keeper):
    for _ in range(2):
        assert reported(client, page, WORDS).status_code == 200
    assert texts() == [WORDS]
    keeper.post(f"/animer/erreurs/{Report.objects.get().pk}/")
    reported(client, page, WORDS)
    assert len(texts()) == 2


# How often.


def send_many(client, page, count: int) -> list[int]:
    return [reported(client, page, f"Erreur {n}").status_code for n in range(count)]


def test_one_address_sends_so_many_a_day_and_the_others_go_on(page):
    one, other = from_address("192.0.2.7"), from_address("192.0.2.8")
    assert send_many(one, page, reports.MOST_A_DAY) == [200] * reports.MOST_A_DAY
    last = reported(one, page, WORDS)
    assert last.status_code == 429
    assert typed_in(last) == WORDS
    assert reported(other, page).status_code == 200
    assert len(texts()) == reports.MOST_A_DAY + 1


def test_whoever_is_logged_in_is_told_apart_from_those_who_share_the_address(
    page, monkeypatch, contributor, logged_in
):
    monkeypatch.setattr(reports, "MOST_A_DAY", 1)
    assert send_many(Client(), page, 2) == [200, 429]
    assert reported(logged_in(contributor), page, WORDS).status_code == 200


def test_all_together_send_so_many_a_day(page, monkeypatch):
    monkeypatch.setattr(reports, "MOST_OF_ALL", 2)
    clients = [from_address(f"192.0.2.{n}") for n in range(3)]
    assert [reported(c, page, f"Mot {n}").status_code for n, c in enumerate(clients)] == [
        *(200, 200),
        429,
    ]


def test_the_salt_is_forgotten_with_its_day_and_one_may_write_again(client, page, monkeypatch):
    monkeypatch.setattr(reports, "MOST_A_DAY", 1)
    assert send_many(client, page, 2) == [200, 429]
    first = DaySalt.objects.get()
    DaySalt.objects.update(day=timezone.localdate() - timedelta(days=1))
    client.get(f"{page.address}signaler/")
    assert not DaySalt.objects.exists()
    assert not ReportSender.objects.exists()
    assert reported(client, page, WORDS).status_code == 200
    assert bytes(DaySalt.objects.get().salt) != bytes(first.salt)


@pytest.mark.parametrize("address", ["/animer/", "/animer/erreurs/", "/mon-espace/"])
def test_a_screen_that_facilitators_open_forgets_the_salt_of_yesterday(keeper, address):
    DaySalt.objects.create(day=timezone.localdate() - timedelta(days=1), salt=b"x")
    keeper.get(address)
    assert not DaySalt.objects.exists()


def test_many_addresses_share_each_digest_and_no_row_has_a_time(page):
    reported(from_address("192.0.2.7"), page)
    row = ReportSender.objects.get()
    assert row.digest < 2**16
    assert {field.name for field in ReportSender._meta.fields} == {"id", "day", "digest", "total"}
    assert {field.name for field in Report._meta.fields} == {
        *("id", "page", "version", "text"),
        *("created_at", "settled_at", "settled_by"),
    }


def test_the_same_address_has_another_digest_under_another_salt(rf, anonymous):
    request = rf.get("/")
    request.user = anonymous
    found = {reports.digest_of(request, bytes([n]) * 32) for n in range(40)}
    assert len(found) > 35


# Who reads them.


def test_only_who_may_read_a_closed_page_reports_on_it(client, page, logged_in):
    factories.restricted_to_groups(page, "Bureau")
    assert client.get(f"{page.address}signaler/").url.startswith("/connexion/")
    assert logged_in(factories.person()).get(f"{page.address}signaler/").status_code == 403
    inside = logged_in(factories.person("Bureau"))
    assert reported(inside, page).status_code == 200
    assert len(texts()) == 1


@pytest.mark.parametrize(("groups", "status"), [(None, 401), ((), 403)])
def test_the_words_about_a_page_that_was_closed_meanwhile_are_given_back(
    page, logged_in, groups, status
):
    factories.restricted_to_groups(page, "Bureau")
    client = Client() if groups is None else logged_in(factories.person(*groups))
    answer = reported(client, page, WORDS)
    assert answer.status_code == status
    assert "Il finit par 42." in main_text(answer)
    assert page.title not in main_text(answer)
    assert texts() == []


def test_the_words_about_a_page_that_was_thrown_away_meanwhile_are_given_back(
    client, page, facilitator
):
    trash.put_in(page, facilitator, "Doublon")
    answer = reported(client, page, WORDS)
    assert answer.status_code == 404
    assert "Il finit par 42." in main_text(answer)


def test_the_words_about_a_page_that_was_renamed_meanwhile_arrive(
    client, page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.rename(page, "Une autre borne", False, Edit())
    answer = client.post(
        f"{page.address}signaler/", {"text": WORDS, TOKEN: token_of(page)}, follow=True
    )
    assert answer.status_code == 200
    assert texts() == [WORDS]


def test_reports_of_closed_pages_are_told_to_their_readers_only(page, keeper, logged_in):
    Report.objects.create(page=page.page_ptr, text="zxsecret")
    factories.restricted_to_groups(page, "Bureau")
    inside = logged_in(factories.person("Animateurs", "Bureau"))
    for address in ("/animer/", "/animer/erreurs/"):
        assert "zxsecret" in main_text(inside.get(address))
        assert "zxsecret" not in main_text(keeper.get(address))
    pk = Report.objects.get().pk
    assert keeper.post(f"/animer/erreurs/{pk}/").status_code == 404
    assert inside.post(f"/animer/erreurs/{pk}/").status_code == 302


def test_reports_of_a_page_wait_while_it_is_in_the_trash_and_go_with_it(page, keeper, facilitator):
    Report.objects.create(page=page.page_ptr, text="zxerreur")
    trash.put_in(page, facilitator, "Doublon")
    assert "zxerreur" not in main_text(keeper.get("/animer/erreurs/"))
    keeper.post(f"/corbeille/{page.pk}/rendre/")
    assert "zxerreur" in main_text(keeper.get("/animer/erreurs/"))
    Page.objects.get(pk=page.pk).delete()
    assert not Report.objects.exists()


# Settling.


def test_two_who_settle_at_once_agree(page, keeper, facilitator, administrator, logged_in):
    pk = Report.objects.create(page=page.page_ptr, text="Une erreur").pk
    first = keeper.post(f"/animer/erreurs/{pk}/", follow=True)
    second = logged_in(administrator).post(f"/animer/erreurs/{pk}/", follow=True)
    assert "C’est retiré de la liste" in main_text(first)
    assert "déjà réglé" in main_text(second)
    assert Report.objects.get().settled_by == facilitator
    assert "Personne n’a rien signalé" in main_text(second)


def test_what_was_settled_long_ago_is_forgotten(page, facilitator):
    old = Report.objects.create(page=page.page_ptr, text="Vieux")
    reports.settle(old, facilitator)
    Report.objects.update(settled_at=timezone.now() - timedelta(days=91))
    new = Report.objects.create(page=page.page_ptr, text="Neuf")
    reports.settle(new, facilitator)
    assert texts() == ["Neuf"]


def test_a_report_says_when_the_page_has_changed_since(client, page, keeper):
    reported(client, page)
    assert "difference/?de=1" not in keeper.get("/animer/erreurs/").content.decode()
    factories.edited(page, body="<p>Corrigé</p>")
    assert "difference/?de=1&amp;a=2" in keeper.get("/animer/erreurs/").content.decode()


def test_the_list_costs_the_same_with_one_and_with_twenty(
    page, keeper, django_assert_max_num_queries
):
    Report.objects.bulk_create(
        Report(page=page.page_ptr, text=f"Erreur {n}", created_at=timezone.now()) for n in range(20)
    )
    with django_assert_max_num_queries(14):
        keeper.get("/animer/erreurs/")


def test_what_was_settled_by_mistake_is_put_back_in_the_list(client, keeper, page):
    reported(client, page, "Les heures sont fausses.")
    (report,) = Report.objects.all()
    said = keeper.post(f"/animer/erreurs/{report.pk}/", follow=True)
    assert "Les heures sont fausses." not in main_text(said)
    (form,) = [one for one in lxml_html.fromstring(said.content).forms if "again" in one.fields]
    back = keeper.post(form.action, dict(form.fields), follow=True)
    assert "Les heures sont fausses." in main_text(back)
    report.refresh_from_db()
    assert (report.settled_at, report.settled_by) == (None, None)
