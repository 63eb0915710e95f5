import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms_pages', '0002_page_types_frame_written'),
        ('participation', '0013_support_sheets'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProjectPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.ForeignKey(help_text='Large enough for print, with whose work it is.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cms_pages.siteimage', verbose_name='picture')),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='participation.project', verbose_name='project')),
            ],
            options={
                'verbose_name': 'picture of a project',
                'verbose_name_plural': 'pictures of projects',
            },
        ),
    ]
