"""Documents beside things of the book: handing them in, listing them, and the way to the file."""
