"""Note which trails the consents open, so that a search need not ask for the latest word on each."""

import django.db.models.deletion
from django.db import migrations, models


def note(apps, schema_editor):
    """Put what was recorded before on its trails, and open them as the consents say."""
    from peer_xblocks.records.openings import Word, openings_of

    record, trail, consent, opening = (
        apps.get_model("peer_xblocks_records", name)
        for name in ("Record", "Trail", "Consent", "Opening")
    )
    rows = record.objects.exclude(subject="").order_by("log_id", "subject")
    subjects = list(rows.values_list("log_id", "subject").distinct())
    for log_id, subject in subjects:
        of = record.objects.filter(log_id=log_id, subject=subject)
        made = []
        for root in of.order_by("root").values_list("root", flat=True).distinct():
            one = trail.objects.create(log_id=log_id, subject=subject, root=root)
            of.filter(root=root).update(trail=one)
            made.append((one.pk, subject, root))
        said = consent.objects.filter(log_id=log_id, subject=subject).order_by("index")
        words = [Word(*row) for row in said.values_list(*Word._fields)]
        opening.objects.bulk_create(
            opening(trail_id=key, body=body, until=until)
            for (key, body), until in openings_of(words, made).items()
        )


class Migration(migrations.Migration):

    dependencies = [
        ('peer_xblocks_records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(max_length=64)),
                ('until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Trail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=45)),
                ('root', models.CharField(blank=True, max_length=45)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='record',
            name='px_record_kind',
        ),
        migrations.RemoveIndex(
            model_name='record',
            name='px_record_label',
        ),
        migrations.RemoveIndex(
            model_name='record',
            name='px_record_at',
        ),
        migrations.AddField(
            model_name='trail',
            name='log',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='trails', to='peer_xblocks_records.log'),
        ),
        migrations.AddField(
            model_name='opening',
            name='trail',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='peer_xblocks_records.trail'),
        ),
        migrations.AddField(
            model_name='record',
            name='trail',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='records', to='peer_xblocks_records.trail'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['log', 'index', 'trail'], name='px_record_open'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['log', 'kind', 'index', 'trail'], name='px_record_kinds'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['log', 'label', 'index', 'trail'], name='px_record_labels'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['log', 'at', 'index', 'trail'], name='px_record_times'),
        ),
        migrations.AddConstraint(
            model_name='trail',
            constraint=models.UniqueConstraint(fields=('log', 'subject', 'root'), name='px_trail_once'),
        ),
        migrations.AddConstraint(
            model_name='opening',
            constraint=models.UniqueConstraint(fields=('trail', 'body'), name='px_opening_once'),
        ),
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
