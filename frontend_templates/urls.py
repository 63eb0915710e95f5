from django.urls import path

from frontend_templates.views import (
    ballots,
    budgets,
    declarations,
    downloads,
    kiosk,
    paper,
    profile,
    projects,
    published_receipts,
    results,
    search,
    votes,
)

RESULT = "budgets/<slug:slug>/result/<slug:envelope>/"
VOTE = "budgets/<slug:slug>/vote/"

urlpatterns = [
    path("search/", search.search, name="search"),
    path("profile/", profile.profile, name="profile"),
    path("profile/sign-out-everywhere/", profile.sign_out, name="sign_out_everywhere"),
    path("profile/data/", profile.ask_for_data, name="ask_for_personal_data"),
    path("profile/data/<uuid:uuid>/", profile.data, name="personal_data"),
    path("profile/erase/", profile.erase, name="erase_account"),
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
    path(VOTE, votes.vote, name="vote"),
    path(f"{VOTE}code/", votes.code, name="vote_code"),
    path(f"{VOTE}document/", votes.census, name="vote_document"),
    path(f"{VOTE}declare/", declarations.declaration, name="vote_declare"),
    path(f"{VOTE}desk/<int:entry>/", kiosk.desk, name="vote_at_desk"),
    path(f"{VOTE}kiosk/", kiosk.kiosk, name="vote_kiosk"),
    path(f"{VOTE}wipe/", kiosk.wipe, name="vote_wipe"),
    path(f"{VOTE}leave/", votes.leave, name="vote_leave"),
    path(f"{VOTE}receipts/", votes.receipts, name="vote_receipts"),
    path(f"{VOTE}receipts/<slug:box>/", published_receipts.published_receipts, name="published_receipts"),
    path(f"{VOTE}<slug:box>/", ballots.ballot, name="ballot"),
    path(f"{VOTE}<slug:box>/cast/", ballots.cast_ballot, name="ballot_cast"),
    path(f"{VOTE}<slug:box>/practice/", ballots.practice, name="ballot_practice"),
    path(f"{VOTE}<slug:box>/paper/", paper.paper_ballot, name="paper_ballot"),
    path(f"{VOTE}<slug:box>/poster/", paper.poster, name="poster"),
]
