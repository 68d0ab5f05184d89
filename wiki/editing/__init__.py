"""The form of a page, drafts, conflicts, previews."""
