"""How reports come in and how what was read goes out."""
