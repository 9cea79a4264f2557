"""The screen 撬动社会资本: what each fiscal yuan brought in, by which definition, and how that is known."""
