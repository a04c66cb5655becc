"""Keeping the bot running: its figures, its health, its examination, its backup."""
