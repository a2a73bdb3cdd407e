"""The audit log: one row for each thing done and each look taken, chained so that nothing can be changed or left out unseen."""

from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """Who did what with which row, and when; never what stood in it. Rows are added, never changed: the database refuses both."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True, blank=True, db_index=True)
    action = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, blank=True)
    object = models.CharField(max_length=40, blank=True, db_index=True)
    detail = models.TextField(default="{}")
    previous = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["at"], name="casework_log_by_time"),
            models.Index(fields=["action", "at"], name="casework_log_by_action"),
        ]

    def __str__(self):
        return f"{self.number} {self.action}"


class LogCheck(models.Model):
    """How far the log was walked along and found whole, and when; one row, kept by the worker."""

    number = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)
    whole_at = models.DateTimeField(default=timezone.now, help_text="When it was last walked from its first row.")
    faults = models.PositiveIntegerField(default=0)
    first_fault = models.PositiveBigIntegerField(null=True, blank=True)

    def __str__(self):
        return f"checked up to {self.number}"
