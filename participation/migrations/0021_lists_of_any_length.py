import django.db.models.deletion
from django.db import migrations, models

import participation.models.project

TABLE, INDEX = "participation_searchedwords", "participation_searched_trigrams"
COPY = f"INSERT INTO {TABLE} (proposal_id, words) SELECT id, search_words FROM participation_proposal"
COPY_BACK = (
    "UPDATE participation_proposal SET search_words = COALESCE("
    f"(SELECT words FROM {TABLE} WHERE proposal_id = participation_proposal.id), '')"
)
CATEGORIES = "participation_proposal_of_category"
# On SQLite an index without words of its own, kept in step by triggers: no writer can forget it.
FORGET = f"INSERT INTO {INDEX} ({INDEX}, rowid, words) VALUES ('delete', old.proposal_id, old.words);"
TAKE_IN = f"INSERT INTO {INDEX} (rowid, words) VALUES (new.proposal_id, new.words);"
SQLITE = (
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5(words, content='{TABLE}', content_rowid='proposal_id', "
    "tokenize='trigram case_sensitive 1', detail='none')",
    f"CREATE TRIGGER {INDEX}_insert AFTER INSERT ON {TABLE} BEGIN {TAKE_IN} END",
    f"CREATE TRIGGER {INDEX}_delete AFTER DELETE ON {TABLE} BEGIN {FORGET} END",
    f"CREATE TRIGGER {INDEX}_update AFTER UPDATE ON {TABLE} BEGIN {FORGET} {TAKE_IN} END",
)
POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"CREATE INDEX {INDEX} ON {TABLE} USING gin (words gin_trgm_ops)",
)


def make_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement, None)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER {INDEX}_{verb}", None)
        schema_editor.execute(f"DROP TABLE {INDEX}", None)
    else:
        schema_editor.execute(f"DROP INDEX {INDEX}", None)


class Migration(migrations.Migration):

    dependencies = [
        ('participation', '0020_councils_money'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchedWords',
            fields=[
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='searched', serialize=False, to='participation.proposal')),
                ('words', models.TextField()),
            ],
            options={
                'verbose_name': 'searched words',
                'verbose_name_plural': 'searched words',
            },
        ),
        migrations.RunPython(make_index, drop_index),
        migrations.RunSQL(COPY, COPY_BACK),
        migrations.RunSQL(
            f"CREATE INDEX {CATEGORIES} ON participation_proposal_categories (category_id, proposal_id)",
            f"DROP INDEX {CATEGORIES}",
        ),
        migrations.RemoveIndex(
            model_name='proposal',
            name='proposal_newest',
        ),
        migrations.RemoveIndex(
            model_name='proposal',
            name='proposal_most_supported',
        ),
        migrations.RemoveIndex(
            model_name='proposal',
            name='proposal_by_title',
        ),
        migrations.RemoveField(
            model_name='proposal',
            name='search_words',
        ),
        migrations.AddField(
            model_name='proposal',
            name='is_listed',
            field=models.GeneratedField(db_persist=True, expression=models.Q(('published_at__isnull', False), ('status__in', ['merged', 'published', 'withdrawn'])), output_field=models.BooleanField()),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='shuffle',
            field=models.FloatField(default=participation.models.project.random_place, editable=False),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['budget', 'is_listed', '-published_at', '-id'], name='proposal_newest'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['budget', 'is_listed', '-support_count', 'id'], name='proposal_most_supported'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['budget', 'is_listed', 'sort_key', 'id'], name='proposal_by_title'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['budget', 'is_listed', 'shuffle', 'id'], name='proposal_shuffled'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['is_listed', '-published_at', '-id'], name='proposal_newest_of_all'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['is_listed', '-support_count', 'id'], name='proposal_supported_of_all'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['is_listed', 'sort_key', 'id'], name='proposal_by_title_of_all'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['is_listed', 'shuffle', 'id'], name='proposal_shuffled_of_all'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['budget', 'is_listed', 'status'], name='proposal_by_status'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['budget', 'cost_band'], name='proposal_by_cost'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['latitude', 'longitude'], name='proposal_by_place'),
        ),
    ]
