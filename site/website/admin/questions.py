"""The work list of the contact point: questions that wait, are taken up, and are answered from the screen."""

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Case, Value, When
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from shared.team_screens import only_with, screen
from website import contact
from website.forms import AnswerForm
from website.models import Question

READ, ANSWER, DELETE = "website.view_question", "website.change_question", "website.delete_question"
ICON = "help"


class QuestionFilterSet(WagtailFilterSet):
    """New, taken up or answered; several at once."""

    toestand = django_filters.MultipleChoiceFilter(
        field_name="state", label=gettext_lazy("State"), choices=Question.State.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Question
        fields: list[str] = []


class StateColumn(Column):
    """The state, with a colour and a word."""

    cell_template_name = "website/admin/cells/question_state.html"


def question_url(question: Question) -> str:
    return reverse("website_questions:question", args=[question.pk])


class QuestionList(IndexView):
    """What waits stands first, the longest wait on top. No download: questions stay where they are."""

    model = Question
    columns = [
        TitleColumn("beginning", label=gettext_lazy("Question"), get_url=question_url),
        Column("name", label=gettext_lazy("From"), sort_key="name"),
        StateColumn("state", label=gettext_lazy("State"), sort_key="state"),
        Column("taken_by", label=gettext_lazy("Taken up by"), classname="expor-wide"),
        DateColumn("created_at", label=gettext_lazy("Asked"), sort_key="created_at", classname="expor-wide"),
    ]
    table_classname = "listing expor-rows"
    filterset_class = QuestionFilterSet
    search_fields = ["name", "email", "organisation", "text", "answer"]
    index_url_name = "website_questions:index"
    index_results_url_name = "website_questions:results"
    header_icon = ICON
    page_title = gettext_lazy("Questions")
    any_permission_required = None
    default_ordering = ("closed", "created_at")
    results_template_name = "website/admin/question_results.html"

    def get_base_queryset(self):
        closed = Case(When(state=Question.State.ANSWERED, then=Value(1)), default=Value(0))
        return Question.objects.annotate(closed=closed).select_related("taken_by")


@only_with(READ)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, pk):
    """One question with its answer, or the form to answer it."""
    found = get_object_or_404(Question.objects.select_related("taken_by"), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and request.user.has_perm(ANSWER):
        try:
            contact.answer_question(found, text=form.cleaned_data["text"], by=request.user)
        except contact.QuestionRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Your answer is on its way."))
            return redirect("website_questions:index")
    return _show(request, found, form)


def _show(request, found: Question, form: AnswerForm):
    context = {
        "question": found,
        "form": form,
        "mine": found.taken_by == request.user,
        "may_answer": request.user.has_perm(ANSWER),
        "may_delete": request.user.has_perm(DELETE),
    }
    return screen(request, "website/admin/question.html", str(found), context, path=_way(), icon=ICON)


@only_with(ANSWER)
@require_POST
def take(request, pk):
    """I answer this one."""
    return _change(request, pk, contact.take_question, _("You have taken this question up."))


@only_with(ANSWER)
@require_POST
def give_back(request, pk):
    """Somebody else may answer this one."""
    return _change(request, pk, contact.give_back, _("This question waits for somebody again."))


def _change(request, pk, verb, done: str):
    found = get_object_or_404(Question, pk=pk)
    try:
        verb(found, by=request.user)
    except contact.QuestionRefused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, done)
    return redirect("website_questions:question", pk)


@only_with(DELETE)
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request, pk):
    """Deletes a question and the messages about it, because the asker wants that or it is not needed any more."""
    found = get_object_or_404(Question, pk=pk)
    if request.method == "POST":
        contact.forget_question(found)
        messages.success(request, _("The question and the messages about it are deleted."))
        return redirect("website_questions:index")
    path = [*_way(), (str(found), question_url(found))]
    title = _("Delete %(question)s?") % {"question": found}
    return screen(request, "website/admin/question_forget.html", title, {"question": found}, path=path, icon="bin")


def _way() -> list[tuple[str, str]]:
    return [(_("Questions"), reverse("website_questions:index"))]
