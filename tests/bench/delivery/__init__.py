"""The delivery, measured from outside: the relay is a process of its own, and so is the server."""
