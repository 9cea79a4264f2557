"""The made-up city (示例市) that shows what the program does; nothing in it exists."""

from dashboard.sample.city import make_city, write_city

__all__ = ["make_city", "write_city"]
