"""What is remembered: schema, migrations, queries, the outbox."""
