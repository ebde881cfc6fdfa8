"""The Bot API edge: the client, what its errors mean, and updates on their way to handlers."""

import os

# python-telegram-bot 22 speaks of time in whole seconds, and warns, unless asked not to.
os.environ["PTB_TIMEDELTA"] = "1"
