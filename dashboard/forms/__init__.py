"""What people typed into a form, turned into drafts, or into problems that name the field."""
