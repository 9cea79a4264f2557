"""The canonical content of a row, built in SQL: the bytes that its seal is a digest of."""

from sqlalchemy import Boolean, Column, LargeBinary, Table

FORMAT = 1  # the number of this layout; columns are added and never renamed, so that old seals hold


def content_sql(table: Table, dialect: str) -> str:
    """SQL for one row's bytes: format, table, then `name=length:value;` for each non-NULL column by name."""
    parts = [f"'{FORMAT} {table.name};'"]
    for column in sorted(table.columns, key=lambda column: column.name):
        value = _text_sql(column, dialect)
        parts.append(
            f"CASE WHEN {column.name} IS NULL THEN '' ELSE "
            f"'{column.name}=' || CAST(length({value}) AS TEXT) || ':' || {value} || ';' END"
        )
    joined = " || ".join(parts)
    return f"convert_to({joined}, 'UTF8')" if dialect == "postgresql" else f"CAST({joined} AS BLOB)"


def _text_sql(column: Column[object], dialect: str) -> str:
    name = column.name
    if dialect == "postgresql":
        if isinstance(column.type, Boolean):
            return f"CAST(CAST({name} AS INTEGER) AS TEXT)"
        if isinstance(column.type, LargeBinary):
            return f"encode({name}, 'hex')"
    elif isinstance(column.type, LargeBinary):
        return f"lower(hex({name}))"
    return f"CAST({name} AS TEXT)"
