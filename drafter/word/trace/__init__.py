"""Figures of a .docx and where they come from: bookmarks, the record beside the text, and edits that keep both."""
