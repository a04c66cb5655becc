"""State that several processes of one bot share, in Redis.

Nothing in here knows Telegram's handlers, and nothing outside imports Redis. Everything that is
kept is sealed with a key that Redis does not hold, under names that tell nobody's number: see
``names`` for the whole list of keys and ``seal`` for how values are sealed.
"""
