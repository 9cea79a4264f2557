"""The revisions of the book's shape, numbered and named in words."""
