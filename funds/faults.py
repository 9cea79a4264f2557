"""Why a text or a number cannot be read as a value: a message code and what its message needs."""


class ValueFault(ValueError):
    """`code` is `area.fault`; `params` fill the message; the door that asked knows the place."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = {name: str(value) for name, value in params.items()}
        super().__init__(f"{code} {self.params}" if params else code)


def shorten(value: object, length: int = 40) -> str:
    """What was found, short enough to stand in a message."""
    text = str(value)
    return text if len(text) <= length else f"{text[:length]}…"
