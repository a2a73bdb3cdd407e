"""Reading a text before it goes public: one workflow with one step, done by the coordination."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from .roles import COORDINATION

NAME = "Nalezen"
WAGTAILS_OWN = "Moderators approval"


@transaction.atomic
def set_up(home: Page) -> None:
    """Puts the workflow on every page of the site, unless there is one; takes away the one that Wagtail brings along."""
    _retire_wagtails_own()
    if not WorkflowPage.objects.filter(page=home).exists():
        WorkflowPage.objects.create(page=home, workflow=_workflow())


def _workflow() -> Workflow:
    task = GroupApprovalTask.objects.create(name=NAME)
    task.groups.set([Group.objects.get(name=COORDINATION)])
    workflow = Workflow.objects.create(name=NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow


def _retire_wagtails_own() -> None:
    # Its only step waits for a group that nobody is in: a text handed in there would wait for ever.
    for workflow in Workflow.objects.filter(name=WAGTAILS_OWN, workflow_pages__page__depth=1):
        tasks = [step.task for step in workflow.workflow_tasks.all()]
        workflow.deactivate()
        for task in tasks:
            task.deactivate()
