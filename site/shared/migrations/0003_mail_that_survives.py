"""The team's own words in mails, how far a mailbox was read, and since when a message is due."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('shared', '0002_outbox_keeps_no_secret'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MailboxPosition',
            fields=[
                ('name', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('numbering', models.BigIntegerField(default=0)),
                ('last', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='alarmed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='due_since',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.CreateModel(
            name='MailText',
            fields=[
                ('kind', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('subject', models.CharField(blank=True, max_length=150, verbose_name='subject')),
                ('opening', models.TextField(blank=True, max_length=2000, verbose_name='opening')),
                ('closing', models.TextField(blank=True, max_length=2000, verbose_name='closing')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'words of a mail',
                'verbose_name_plural': 'words of mails',
            },
        ),
    ]
