import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participation', '0017_machine_translations'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShortLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=6, unique=True, verbose_name='code')),
                ('leads_to', models.CharField(max_length=300, verbose_name='leads to')),
                ('place', models.CharField(help_text='Where it hangs or is handed out.', max_length=200, verbose_name='place')),
                ('event', models.UUIDField(blank=True, editable=False, null=True)),
                ('made_at', models.DateTimeField(editable=False, verbose_name='made')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='short_links', to='participation.budget', verbose_name='budget')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='short_links', to='participation.project')),
                ('station', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='short_links', to='participation.station')),
            ],
            options={
                'verbose_name': 'short link',
                'verbose_name_plural': 'short links',
                'ordering': ['place', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ShortLinkDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('visits', models.PositiveIntegerField(default=0, verbose_name='visits')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='participation.shortlink', verbose_name='short link')),
            ],
            options={
                'verbose_name': 'visits of a short link',
                'verbose_name_plural': 'visits of short links',
                'ordering': ['-day'],
            },
        ),
        migrations.AddConstraint(
            model_name='shortlink',
            constraint=models.UniqueConstraint(fields=('budget', 'place', 'leads_to'), name='short_link_once'),
        ),
        migrations.AddConstraint(
            model_name='shortlink',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[23456789abcdefghjkmnpqrstvwxyz]{6}\\Z')), name='short_link_code_is_plain'),
        ),
        migrations.AddConstraint(
            model_name='shortlink',
            constraint=models.CheckConstraint(condition=models.Q(('leads_to__regex', '^/([A-Za-z0-9_~%-][A-Za-z0-9_.~%-]*/)*([A-Za-z0-9_~%-][A-Za-z0-9_.~%-]*)?([?][A-Za-z0-9_.~%=&+-]*)?\\Z')), name='short_link_stays_inside'),
        ),
        migrations.AddConstraint(
            model_name='shortlink',
            constraint=models.CheckConstraint(condition=models.Q(('place', ''), _negated=True), name='short_link_names_its_place'),
        ),
        migrations.AddConstraint(
            model_name='shortlinkday',
            constraint=models.UniqueConstraint(fields=('link', 'day'), name='short_link_day_once'),
        ),
        migrations.AddConstraint(
            model_name='shortlinkday',
            constraint=models.CheckConstraint(condition=models.Q(('visits__range', (0, 1000000))), name='short_link_visits_bounded'),
        ),
    ]
