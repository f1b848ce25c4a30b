"""What can go wrong with a file, as one sentence for a person."""

STANDARD_INPUT = "standard input"
STANDARD_OUTPUT = "standard output"


class FileError(Exception):
    """A file that cannot be used: `name` as the person wrote it, `reason` in words."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"{name}: {reason}")


class UnreadableError(FileError):
    """It is not there, may not be read, is damaged, is no text, or is larger than its budget."""


class UnwritableError(FileError):
    """There is no such folder, it may not be written, or there is no room."""


def label_of(name: str) -> str:
    """The name to show; `-` stands for standard input."""
    return STANDARD_INPUT if name == "-" else name


def words_of(problem: BaseException) -> str:
    """What the system says, without the number and the path that Python puts around it."""
    if isinstance(problem, FileNotFoundError):
        return "there is no such file or folder"
    told = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
    return str(told)
