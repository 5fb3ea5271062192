
import django.db.models.deletion
import peer_xblocks.assessment.models.keys
from django.conf import settings
from django.db import migrations, models


def open_third_seats(apps, schema_editor):
    """What waited for a lead because no third rating could be held may now get one."""
    case = apps.get_model('peer_xblocks_assessment', 'CaseRecord')
    seat = apps.get_model('peer_xblocks_assessment', 'Seat')
    for one in case.objects.filter(state='needs_lead'):
        seat.objects.create(
            case=one,
            programme=one.programme,
            number=3,
            queued_at=one.submitted_at,
            trainee_id=one.trainee_id,
            rubric_key=one.rubric_key,
        )
        one.state = 'needs_third'
        one.save(update_fields=['state'])


def note_announced(apps, schema_editor):
    """Releases of before were announced when they were made."""
    release = apps.get_model('peer_xblocks_assessment', 'ReleaseRecord')
    release.objects.filter(announced_at=None).update(announced_at=models.F('released_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('peer_xblocks_assessment', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel(old_name='SeatSkip', new_name='SeatExclusion'),
        migrations.AddField(
            model_name='seatexclusion',
            name='cause',
            field=models.CharField(choices=[('passed_on', 'Passed On'), ('saw_ratings', 'Saw Ratings'), ('rated_before', 'Rated Before')], default='passed_on', max_length=16),
        ),
        migrations.AlterField(
            model_name='seatexclusion',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to='peer_xblocks_assessment.caserecord'),
        ),
        migrations.CreateModel(
            name='AppealRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(max_length=64)),
                ('ground', models.CharField(max_length=32)),
                ('words', models.TextField()),
                ('key', models.CharField(help_text="idempotency key of the trainee's page", max_length=64)),
                ('made_at', models.DateTimeField()),
                ('decision', models.CharField(blank=True, default='', max_length=16)),
                ('reason', models.TextField(blank=True, default='')),
                ('decision_key', models.CharField(blank=True, default='', max_length=64)),
                ('record_id', models.CharField(blank=True, default='', max_length=45)),
                ('decided_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='CorrectionRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(help_text='id of the record that is corrected', max_length=45)),
                ('reason', models.TextField()),
                ('changes', models.TextField(help_text='JSON: list of core.record.Change')),
                ('record_id', models.CharField(max_length=45)),
                ('key', models.CharField(help_text='idempotency key of the page', max_length=64)),
                ('corrected_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PreparedRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goals', models.TextField(default='[]', help_text='JSON: list of core.record.Goal')),
                ('message', models.TextField(blank=True)),
                ('held', models.BooleanField(default=False)),
                ('reason', models.TextField(blank=True, help_text='why it is held, for leads')),
                ('prepared_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.CharField(default=peer_xblocks.assessment.models.keys.new_uuid, editable=False, max_length=36, unique=True)),
                ('programme', models.CharField(max_length=64)),
                ('words', models.TextField()),
                ('key', models.CharField(help_text='idempotency key of the page', max_length=64)),
                ('made_at', models.DateTimeField()),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('what_was_done', models.TextField(blank=True, default='')),
            ],
        ),
        migrations.CreateModel(
            name='SafeguardingContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(max_length=64)),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='VoidRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(max_length=16)),
                ('reason', models.TextField()),
                ('record_id', models.CharField(max_length=45)),
                ('key', models.CharField(help_text='idempotency key of the page', max_length=64)),
                ('voided_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='caserecord',
            name='round',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='releaserecord',
            name='announced_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='seat',
            name='assigned_to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='caserecord',
            name='state',
            field=models.CharField(choices=[('rating', 'Rating'), ('due', 'Due'), ('needs_third', 'Needs Third'), ('to_sign', 'To Sign'), ('to_release', 'To Release'), ('released', 'Released'), ('voided', 'Voided')], default='rating', max_length=16),
        ),
        migrations.AlterField(
            model_name='caserecord',
            name='submission',
            field=models.CharField(max_length=36),
        ),
        migrations.AddConstraint(
            model_name='caserecord',
            constraint=models.UniqueConstraint(fields=('submission', 'round'), name='px_asm_one_round'),
        ),
        migrations.AddField(
            model_name='appealrecord',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='peer_xblocks_assessment.caserecord'),
        ),
        migrations.AddField(
            model_name='appealrecord',
            name='heard_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correctionrecord',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='peer_xblocks_assessment.caserecord'),
        ),
        migrations.AddField(
            model_name='correctionrecord',
            name='corrected_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='preparedrelease',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='prepared', to='peer_xblocks_assessment.caserecord'),
        ),
        migrations.AddField(
            model_name='preparedrelease',
            name='prepared_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referral',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='peer_xblocks_assessment.caserecord'),
        ),
        migrations.AddField(
            model_name='referral',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referral',
            name='to',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='safeguardingcontact',
            name='named_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='safeguardingcontact',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='voidrecord',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='voided', to='peer_xblocks_assessment.caserecord'),
        ),
        migrations.AddField(
            model_name='voidrecord',
            name='voided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='appealrecord',
            index=models.Index(fields=['programme', 'decided_at', 'made_at'], name='px_asm_appeal_open'),
        ),
        migrations.AddConstraint(
            model_name='correctionrecord',
            constraint=models.UniqueConstraint(fields=('case', 'key'), name='px_asm_one_correction'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['to', 'acknowledged_at', 'made_at'], name='px_asm_referral_open'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(fields=('made_by', 'key'), name='px_asm_one_referral'),
        ),
        migrations.AddIndex(
            model_name='safeguardingcontact',
            index=models.Index(fields=['programme', 'id'], name='px_asm_contact'),
        ),
        migrations.RunPython(open_third_seats, migrations.RunPython.noop),
        migrations.RunPython(note_announced, migrations.RunPython.noop),
    ]
