
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('peer_xblocks_assessment', '0002_third_ratings_and_aftermath'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MailPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(help_text='a MailHow', max_length=8)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(max_length=64)),
                ('kind', models.CharField(help_text='a NoticeKind', max_length=16)),
                ('about', models.CharField(blank=True, default='', max_length=36)),
                ('key', models.CharField(help_text='the same occasion is told once', max_length=64)),
                ('made_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('mailed_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'read_at'], name='px_asm_notice_unread'), models.Index(fields=['mailed_at', 'made_at'], name='px_asm_notice_unsent')],
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='px_asm_one_notice')],
            },
        ),
    ]
