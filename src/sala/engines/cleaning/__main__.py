"""Cleaning in a process of its own, which may take so much memory and time and no more: bytes in, bytes out.

`python -m sala.engines.cleaning < file > clean`; `cover LEFT,TOP,RIGHT,BOTTOM …` covers areas of a picture. The first
line of the answer is the media type, or "!" and the code of why there is none.
"""

import contextlib
import os
import resource
import sys

from sala.engines import cleaning

# A photograph of 30 million pixels takes about 300 MB; whatever wants more than this is not a photograph.
MOST_BYTES = 900_000_000
MOST_SECONDS = 20


def limit_this_process() -> None:
    """Memory and processor time of this process, from now on. Past the one it fails, past the other it is ended."""
    with contextlib.suppress(OSError, ValueError):  # a system that knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    with contextlib.suppress(OSError):
        os.nice(5)  # whoever waits for a page goes first


def main(arguments: list[str]) -> None:
    """Read standard input, write the clean file or the reason to standard output."""
    limit_this_process()
    content = sys.stdin.buffer.read()
    try:
        if arguments[:1] == ["cover"]:
            areas = [cleaning.Area(*map(float, given.split(","))) for given in arguments[1:]]
            done = cleaning.cover_areas(content, areas)
        else:
            done = cleaning.clean_file(content)
        answer = done.media_type.encode() + b"\n" + done.content
    except cleaning.Unclean as refusal:
        answer = b"!" + refusal.code.encode() + b"\n"
    except (MemoryError, RecursionError):
        answer = b"!file_costs_too_much\n"
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main(sys.argv[1:])
