"""A quarter's end: which holdings need a mark, who has seen them, and whether the fund's value ties."""
