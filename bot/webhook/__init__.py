"""The webhook: Telegram calls the bot. Knows nothing of what an update says."""
