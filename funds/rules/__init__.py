"""The rules of the book: of single rows before they are written, and of the whole book after."""
