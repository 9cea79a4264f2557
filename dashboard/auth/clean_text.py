"""Text that a browser sent, made fit for a line of a log: nothing in it can end the line or hide."""


def clean_text(text: str, longest: int) -> str:
    """The text without its outer blanks, signs that do not print replaced, cut to a length."""
    return "".join(letter if letter.isprintable() else "�" for letter in text.strip())[:longest]
