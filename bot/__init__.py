"""The running program: settings, commands, wiring, loops, the Bot API edge, HTTP."""
