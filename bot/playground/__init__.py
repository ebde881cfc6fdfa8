"""The playground: the same bot on a local Bot API, with a page in the browser."""
