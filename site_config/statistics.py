"""What SQLite knows of its tables, from which it chooses an index. PostgreSQL keeps that up to date by itself."""

from datetime import datetime

from django.db import connection

from participation.models import Proposal, SearchedWords

# Those that lists are filtered by. The others are found by their keys.
TABLES = (Proposal._meta.db_table, Proposal.categories.through._meta.db_table, SearchedWords._meta.db_table)


def refresh_statistics(at: datetime) -> None:
    """A fraction of a second for a hundred thousand proposals, during which writers wait."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"ANALYZE {table}")
