"""``python -m bot`` is the ``daricheh`` command."""

from bot.commands.app import main

if __name__ == "__main__":
    main()
