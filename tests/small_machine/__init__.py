"""The bot on the smallest machine it is meant for: one core, 768 MB."""
