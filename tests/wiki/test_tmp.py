import pytest
from wagtail.models import Page
from tests.wiki import editing
from tests.wiki.screens import *
from wiki.publishing import newest_version
@pytest.mark.django_db
def test_x(facilitator, logged_in):
    client = logged_in(facilitator)
    import collections
    c = collections.Counter()
    for page in Page.objects.filter(live=True, depth__gt=2).specific():
        before = newest_version(page).content
        answer = editing.edit(client, page)
        after = newest_version(page)
        if answer.status_code != 302: print(page.address, answer.status_code, main_text(answer)[:300]); continue
        for k in before:
            if before[k]!=after.content.get(k):
                c[type(page).__name__,k]+=1
                if c[type(page).__name__,k]<2: print(page.address,k,repr(before[k])[-300:],"→", repr(after.content.get(k))[-300:])
    print(c)
    assert 0
