from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from frontend_templates.result_story import ResultStory
from participation.models import Budget, Result


def result_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All published results of a budget; the only one is shown at once."""
    budget = get_object_or_404(Budget.objects.public().with_texts(), slug=slug)
    results = list(
        Result.objects.public()
        .filter(envelope__budget=budget)
        .select_related("envelope")
        .prefetch_related("envelope__texts")
        .order_by("envelope_id")
    )
    if not results:
        raise Http404
    if len(results) == 1:
        return redirect("result", slug, results[0].envelope.slug)
    return render(request, "participation/result_list.html", {"budget": budget, "results": results})


def result_page(request: HttpRequest, slug: str, envelope: str) -> HttpResponse:
    result = public_result(slug, envelope)
    story = ResultStory(result)
    return render(request, "participation/result.html", {"budget": result.envelope.budget, "story": story})


def public_result(slug: str, envelope: str) -> Result:
    results = Result.objects.public().select_related("envelope__budget", "envelope__ballot_box")
    return get_object_or_404(
        results.prefetch_related("envelope__texts", "envelope__budget__texts"),
        envelope__budget__slug=slug,
        envelope__slug=envelope,
    )
