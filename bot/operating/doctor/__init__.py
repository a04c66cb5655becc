"""An examination of everything the bot leans on, each finding with its mend."""
