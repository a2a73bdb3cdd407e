"""A text is written by one, read by another, and only then public."""

import pytest
from django.urls import reverse
from wagtail.models import TaskState, WorkflowPage

from shared import versions
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.factories import make_training
from website import review
from website.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def training():
    page = make_training(title="Vroeger")
    page.save_revision().publish()
    return page


@pytest.fixture
def handed_in(training):
    """The training with a change that an editor handed in."""
    editor = UserFactory(groups=["Redactie"])
    training.title = "Nu"
    training.save_revision(user=editor)
    return training.get_workflow().start(training, editor)


def test_every_page_has_the_workflow_once_however_often_set_up_runs(training):
    review.set_up(HomePage.objects.get())
    assert training.get_workflow().name == "Nalezen"
    assert WorkflowPage.objects.count() == 1


def test_what_is_handed_in_waits_for_the_coordination(handed_in):
    coordinator, editor = UserFactory(groups=["Coördinatie"]), UserFactory(groups=["Redactie"])
    waiting = [list(TaskState.objects.reviewable_by(user)) for user in (coordinator, editor)]
    assert waiting == [[handed_in.current_task_state], []]


def test_what_is_handed_in_is_not_public_yet(handed_in, training):
    training.refresh_from_db()
    assert training.title == "Vroeger"


def test_what_the_coordination_approves_is_public(handed_in, training, django_capture_on_commit_callbacks):
    before = versions.current("site")
    with django_capture_on_commit_callbacks(execute=True):
        handed_in.current_task_state.specific.approve(user=UserFactory(groups=["Coördinatie"]))
    training.refresh_from_db()
    assert training.title == "Nu"
    assert versions.current("site") > before


def test_an_editor_cannot_publish_by_sending_the_button_of_another(client, training):
    sign_in(client, UserFactory(groups=["Redactie"]))
    address = reverse("wagtailadmin_pages:workflow_action", args=[training.pk, "approve", 1])
    assert client.post(address).status_code in (302, 404)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[training.pk]))
    training.refresh_from_db()
    assert training.live
