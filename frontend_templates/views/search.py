from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from cms_pages.search import found_pages
from participation.models import Project
from participation.models.long_list import newest_with_words

LONGEST_QUERY = 100
PAGE_SIZE = 20


class SearchForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("What are you looking for?"),
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


def search(request: HttpRequest) -> HttpResponse:
    """Pages, projects and proposals that hold all words of the query; pages in the reader's language."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    projects = Paginator(found_projects(query), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": SearchForm({"q": query}, auto_id="%s"),
        "query": query,
        "pages": found_pages(query, PAGE_SIZE),
        "projects": projects,
        "proposals": newest_with_words(query, PAGE_SIZE) if query else [],
        "address": f"?{urlencode({'q': query})}",
    }
    return render(request, "participation/search.html", context)


def found_projects(query: str):
    projects = Project.objects.public().with_texts().with_categories()
    projects = projects.select_related("budget", "envelope__result", "result_line").prefetch_related("budget__texts")
    return projects.with_words(query).order_by("-budget_id", "public_number")
