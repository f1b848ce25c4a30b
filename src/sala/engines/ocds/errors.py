"""What can be wrong with contracting data before any rule about its content applies."""


class OcdsError(ValueError):
    """Contracting data that cannot be used; the message is one sentence for a person."""


class ReadError(OcdsError):
    """Text that is not JSON, or not releases or records. `line` is 1-based, None where none is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason, self.line = reason, line
        super().__init__(reason if line is None else f"line {line}: {reason}")


class MergeError(OcdsError):
    """Releases of one contracting process that cannot be put together; `ocid` and `line` where known."""

    def __init__(self, reason: str, ocid: str | None = None, line: int | None = None) -> None:
        self.reason, self.ocid, self.line = reason, ocid, line
        super().__init__(reason if ocid is None else f"{ocid}: {reason}")


class SchemaError(OcdsError):
    """A schema or codelist folder that cannot be read as OCDS."""
