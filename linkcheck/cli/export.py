"""`linkcheck export`: every check as a row, for people who analyse."""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal, TextIO

import msgspec
from cyclopts import Parameter

from linkcheck.cli.history import opened
from linkcheck.cli.outputs import atomic
from linkcheck.cli.terminal import as_utf8
from linkcheck.errors import UsageError
from linkcheck.render.escape import cell, verbatim
from linkcheck.render.json import encoded
from linkcheck.store.lookback import CheckRow, check_rows

_COLUMNS = [field.name for field in msgspec.structs.fields(CheckRow)]
_BATCH = 10_000


def export(
    *,
    format_: Annotated[
        Literal["csv", "jsonl", "parquet"], Parameter(name="--format", help="csv, jsonl or parquet.")
    ] = "csv",
    out: Annotated[str | None, Parameter(name=["--output", "-o"], help="The file; default: stdout.")] = None,
    store: Annotated[str | None, Parameter(help="The history file.")] = None,
) -> None:
    """Write the checks, oldest first."""
    if format_ == "parquet" and out is None:
        raise UsageError("parquet is no text; name a file: linkcheck export --format parquet -o checks.parquet")
    with opened(store) as database:
        rows = check_rows(database)
        if format_ == "parquet":
            _write_parquet(rows, Path(out or ""))
            return
        with _stream(out) as stream:
            (_write_csv if format_ == "csv" else _write_jsonl)(rows, stream)


@contextmanager
def _stream(out: str | None) -> Iterator[TextIO]:
    if out is None:
        as_utf8(sys.stdout)
        yield sys.stdout
        return
    with atomic(Path(out)) as stream:
        yield stream


def _write_csv(rows: Iterable[CheckRow], stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_made(getattr(row, name), cell) for name in _COLUMNS] for row in rows)


def _made(value: Any, inert: Callable[[str], str]) -> Any:
    return inert(value) if isinstance(value, str) else value


def _write_jsonl(rows: Iterable[CheckRow], stream: TextIO) -> None:
    stream.writelines(f"{encoded(row)}\n" for row in rows)


def _write_parquet(rows: Iterable[CheckRow], path: Path) -> None:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise UsageError("parquet needs pyarrow: pip install 'linkcheck-provenance[parquet]'") from error
    kinds = {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    schema = pa.schema(
        [(field.name, kinds.get(field.type, _kind(field.type, pa))) for field in msgspec.structs.fields(CheckRow)]
    )
    with atomic(path) as stream, pq.ParquetWriter(stream.buffer, schema, compression="zstd") as writer:
        rows = iter(rows)
        while batch := [
            {name: _made(value, verbatim) for name, value in msgspec.structs.asdict(row).items()}
            for row in islice(rows, _BATCH)
        ]:
            writer.write_table(pa.Table.from_pylist(batch, schema))


def _kind(annotated: Any, pa: Any) -> Any:
    return pa.int64() if annotated == int | None else pa.string()
