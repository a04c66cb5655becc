"""The knowledge format: Markdown files with front matter, read and validated."""
