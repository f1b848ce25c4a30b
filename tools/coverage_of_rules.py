"""Which lines of rules and actions no test reached, from the record of `make test-coverage`: one row a box."""

from collections import defaultdict
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print the table: lines that could run, lines that did, the first that did not."""
    record = Coverage(config_file=str(ROOT / "pyproject.toml"))
    record.load()
    rows: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for name in sorted(record.get_data().measured_files()):
        file = Path(name).relative_to(ROOT / "src" / "sala")
        room = next((part for part in ("rules", "actions") if part in (file.stem, *file.parts)), "")
        if room:
            _, lines, _, missed, _ = record.analysis2(name)
            first = f"{file}:{missed[0]}" if missed else ""
            rows[f"{'/'.join(file.parts[:2])} {room}"].append((len(lines), len(missed), first))
    print(f"\n{'box and room':<36} {'lines':>6} {'reached':>8}   first that no test reached")
    for box, files in sorted(rows.items()):
        lines, missed = sum(file[0] for file in files), sum(file[1] for file in files)
        where = next((first for _, _, first in files if first), "")
        print(f"{box:<36} {lines:>6} {1 - missed / max(lines, 1):>8.1%}   {where}")


if __name__ == "__main__":
    main()
