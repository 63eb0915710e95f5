from django.urls import path

from frontend_templates.views import budgets, downloads, projects, results, search

RESULT = "budgets/<slug:slug>/result/<slug:envelope>/"

urlpatterns = [
    path("search/", search.search, name="search"),
    path("budgets/", budgets.budget_list, name="budgets"),
    path("budgets/<slug:slug>/", budgets.budget_home, name="budget"),
    path("budgets/<slug:slug>/districts.geojson", downloads.districts, name="districts"),
    path("budgets/<slug:slug>/projects/", projects.project_list, name="projects"),
    path("budgets/<slug:slug>/projects/<int:number>/", projects.project_page, name="project"),
    path("budgets/<slug:slug>/result/", results.result_list, name="results"),
    path(RESULT, results.result_page, name="result"),
    path(f"{RESULT}ballots.pb", downloads.ballots, name="result_ballots"),
    path(f"{RESULT}decisions.json", downloads.decisions, name="result_decisions"),
    path(f"{RESULT}result.csv", downloads.table, name="result_csv"),
    path(f"{RESULT}result.json", downloads.document, name="result_json"),
]
