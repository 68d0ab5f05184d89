"""« Mon espace », `/animer/`, errors reported, pages to read again."""
