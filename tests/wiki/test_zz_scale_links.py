import time, random
import pytest
from django.test import Client
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page
from wiki.models import *
from wiki import linked, kinds, links
@pytest.mark.django_db
def test_scale():
    from tests import factories
    parent=Page.objects.get(slug="collectif",depth=3)
    ct=ContentType.objects.get_for_model(ArticlePage)
    N=20000
    rows=[]
    for n in range(N):
        rows.append(Page(title=f"Titre {n}",draft_title="x",slug=f"t{n}",path=parent.path+Page._int2str(n+5000).rjust(4,"0"),depth=parent.depth+1,numchild=0,url_path=parent.url_path+f"t{n}/",content_type=ct,live=True,locale_id=parent.locale_id))
    Page.objects.bulk_create(rows,batch_size=500)
    ids=list(Page.objects.filter(slug__startswith="t",depth=parent.depth+1,draft_title="x").values_list("pk",flat=True))
    PageTitle.objects.bulk_create([PageTitle(page_id=pk,key=f"titre {pk}") for pk in ids],batch_size=500)
    r=random.Random(1); L=[]; hub=ids[0]
    for pk in ids:
        for t in set(r.sample(ids,4))-{pk,hub}: L.append(PageLink(source_id=pk,target_id=t))
        if pk!=hub: L.append(PageLink(source_id=pk,target_id=hub))
        if r.random()<.3:
            k=r.randrange(2000); L.append(PageLink(source_id=pk,wanted=f"Voulue {k}",wanted_key=f"voulue {k}"))
    PageLink.objects.bulk_create(L,batch_size=500)
    for s in ("Bureau","Autre"):
        factories.restricted_to_groups(factories.page(title=s),s)
    u=AnonymousUser()
    from django.core.cache import cache
    for a in ("/pages-a-ecrire/","/pages-orphelines/","/pages-a-ecrire/?page=20","/pages-orphelines/?page=3"):
        Client().get(a); cache.clear(); t=time.process_time(); Client().get(a); print(a, round((time.process_time()-t)*1000),"ms")
    hp=Page.objects.get(pk=hub)
    t=time.process_time(); x=linked.around(u,set(ids[5:25]),{"voulue 3"},hp); print("around hub",round((time.process_time()-t)*1000,1),"ms", len(x.backlinks))
    q=Page.objects.get(pk=ids[77])
    t=time.process_time(); x=linked.around(u,set(ids[5:25]),{"voulue 3"},q); print("around ordinary",round((time.process_time()-t)*1000,1),"ms", len(x.backlinks))
    t=time.process_time(); b=list(linked.backlinks(u,hub)[:50]); print("backlinks hub",round((time.process_time()-t)*1000,1))
    p=factories.page(body="".join(f'<a linktype="page" id="{i}">x</a>' for i in ids[:20]))
    t=time.process_time(); links.write(p); print("write",round((time.process_time()-t)*1000,1))
