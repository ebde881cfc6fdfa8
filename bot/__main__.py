"""`python -m bot` is the command `alert-relay`."""

from bot.cli import main

if __name__ == "__main__":
    main()
