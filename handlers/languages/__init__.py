"""What the relay answers people, by language."""
