"""The addresses of the work list of the contact point, below the admin's own."""

from django.urls import path

from shared.team_screens import only_with

from . import questions

app_name = "website_questions"

see = only_with(questions.READ)

urlpatterns = [
    path("", see(questions.QuestionList.as_view()), name="index"),
    path("resultaten/", see(questions.QuestionList.as_view(results_only=True)), name="results"),
    path("<int:pk>/", questions.question, name="question"),
    path("<int:pk>/opnemen/", questions.take, name="take"),
    path("<int:pk>/teruggeven/", questions.give_back, name="give-back"),
    path("<int:pk>/wissen/", questions.forget, name="forget"),
]
