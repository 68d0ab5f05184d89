from django.urls import path

from search.screens import views, zero_result_views
from search.suggest import completion

urlpatterns = [
    path("", views.search, name="search"),
    path("titres/", views.page_titles, name="page_titles"),
    path("propositions/", completion.complete, name="propositions"),
    path("sans-clic/", zero_result_views.without_click, name="without_click"),
]
