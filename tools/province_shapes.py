#!/usr/bin/env python3
"""Derives src/sala/commons/places/data/{provinces,outline}.json from a public file of province shapes.

Usage: tools/province_shapes.py SHAPES.geojson[.gz] PROVINCES.csv. The first is GeoJSON whose features are named in
English by `CHA_NE`; the second has `provinceCode` and `provinceNameEn`. Borders are thinned once and shared by both
neighbours, so that no gap opens between them. Where the licence and the limits are told: data/NOTICE.md beside it.
"""

import csv
import gzip
import json
import math
import sys
from collections import defaultdict
from functools import partial
from pathlib import Path

DATA = Path(__file__).parents[1] / "src/sala/commons/places/data"
GRID = 500  # points per degree: about 220 m, finer than the source is right
# Square grid steps that a bend must enclose, and an island must have, to be kept: (for points, for pictures).
# One is about 0.05 km². What decides where a point lies stays fine; a picture 330 steps wide can be coarse.
LEAST = {"provinces": (12.0, 0.0), "outline": (140.0, 1200.0)}
WIDE = 330  # units of the picture; its height follows
# Spelt otherwise in the two tables, or split since the shapes were drawn: Bueng Kan left Nong Khai in March 2011.
OTHER_NAMES = {"lopburi": "loburi", "phangnga": "phangnga"}
SPLIT_SINCE = {"43": ["43", "38"]}

Point = tuple[int, int]


def plain(name: str) -> str:
    """A name without what the tables write differently: spaces, hyphens, capitals."""
    return "".join(sign for sign in name.lower() if sign.isalpha())


def rings_of(geometry: dict) -> list[list[Point]]:
    """The outer rings of a polygon or several, on the grid, no point twice in a row, not closed."""
    many = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = []
    for polygon in many:
        ring = [(round(x * GRID), round(y * GRID)) for x, y, *_ in polygon[0]]
        ring = [p for p, before in zip(ring, [ring[-1], *ring], strict=False) if p != before]
        if len(ring) > 3:
            rings.append(ring)
    return rings


def size(ring: list[Point]) -> float:
    """The area of a ring in square grid steps."""
    turned = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in turned)) / 2


def thinned(arc: tuple[Point, ...], keep: float) -> list[Point]:
    """The bend that encloses least goes first, until each that is left matters (Visvalingam and Whyatt 1993)."""
    points = list(arc)
    while len(points) > 2:
        enclosed = [
            abs((a[0] - c[0]) * (b[1] - a[1]) - (a[0] - b[0]) * (c[1] - a[1])) / 2
            for a, b, c in zip(points, points[1:], points[2:], strict=False)
        ]
        least = min(range(len(enclosed)), key=enclosed.__getitem__)
        if enclosed[least] > keep:
            break
        del points[least + 1]
    return points


def arcs_of(ring: list[Point], joints: set[Point]) -> list[tuple[Point, ...]]:
    """The ring cut at the points where three shapes meet or a border leaves the coast."""
    start = next((at for at, point in enumerate(ring) if point in joints), 0)
    turned = [*ring[start:], *ring[:start], ring[start]]
    arcs: list[tuple[Point, ...]] = []
    arc = [turned[0]]
    for point in turned[1:]:
        arc.append(point)
        if point in joints or point == turned[0]:
            arcs.append(tuple(arc))
            arc = [point]
    return arcs


Done = dict[tuple[Point, ...], list[Point]]


def thinned_ring(ring: list[Point], joints: set[Point], done: Done, keep: float) -> list[Point]:
    """The ring with each of its arcs thinned; an arc that a neighbour has too is thinned once for both."""
    cut = partial(thinned, keep=keep)
    line: list[Point] = []
    for arc in arcs_of(ring, joints):
        key = min(arc, arc[::-1])
        if key not in done:
            half = len(key) // 2
            is_island = key[0] == key[-1]
            done[key] = cut(key[: half + 1])[:-1] + cut(key[half:]) if is_island else cut(key)
        piece = done[key] if key == arc else done[key][::-1]
        line += piece[1:] if line else piece
    return line[:-1]


def read_rings(shapes: dict, codes: dict[str, str]) -> dict[str, list[list[Point]]]:
    """The rings of each province by its code."""
    rings: dict[str, list[list[Point]]] = {}
    for shape in shapes["features"]:
        name = plain(shape["properties"]["CHA_NE"])
        code = codes.get(name) or codes[OTHER_NAMES[name]]
        rings.setdefault(code, []).extend(rings_of(shape["geometry"]))
    return rings


def thin_all(
    rings: dict[str, list[list[Point]]], least: float, smallest: float
) -> dict[str, list[list[Point]]]:
    """Every province with its borders thinned, the largest ring first."""
    neighbours = defaultdict(set)
    for many in rings.values():
        for ring in many:
            for before, here, after in zip(ring[-1:] + ring, ring, ring[1:] + ring[:1], strict=False):
                neighbours[here] |= {before, after}
    joints = {point for point, beside in neighbours.items() if len(beside) > 2}
    done: Done = {}
    found = {}
    for code, many in sorted(rings.items()):
        ordered = sorted(many, key=size, reverse=True)
        kept = [r for at, r in enumerate(ordered) if at == 0 or size(r) >= smallest]
        found[code] = [line for ring in kept if len(line := thinned_ring(ring, joints, done, least)) > 2]
    return found


def degrees(lines: list[list[Point]]) -> list[list[float]]:
    """Rings as longitude, latitude, longitude, latitude …"""
    return [[round(number / GRID, 3) for point in line for number in point] for line in lines]


def paths(rings: dict[str, list[list[Point]]]) -> tuple[dict[str, str], int]:
    """An SVG path of each province in a picture WIDE units wide, and how high that is.

    Longitudes are shortened as at 13 degrees north, the middle of the country, so that it looks as on maps.
    """
    points = [p for many in rings.values() for ring in many for p in ring]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    scale = WIDE / (right - left)
    tall = scale / math.cos(math.radians(13))
    found = {}
    for code, many in rings.items():
        parts = []
        for ring in many:
            spots = [(round((x - left) * scale * 10), round((high - y) * tall * 10)) for x, y in ring]
            steps = [f"{a[0] - b[0]} {a[1] - b[1]}" for a, b in zip(spots[1:], spots, strict=False) if a != b]
            parts.append(f"M{spots[0][0]} {spots[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
        found[code] = "".join(parts)
    return found, round((high - low) * tall * 10)


def main() -> None:
    """Read both files, write the shapes and the picture."""
    shapes_file, provinces_file = map(Path, sys.argv[1:3])
    raw = shapes_file.read_bytes()
    shapes = json.loads(gzip.decompress(raw) if shapes_file.suffix == ".gz" else raw)
    with provinces_file.open(encoding="utf-8-sig", newline="") as table:
        codes = {plain(row["provinceNameEn"]): row["provinceCode"] for row in csv.DictReader(table)}
    rings = read_rings(shapes, codes)
    fine = thin_all(rings, *LEAST["provinces"])
    lines = [{"codes": SPLIT_SINCE.get(code, [code]), "rings": degrees(many)} for code, many in fine.items()]
    write("provinces", "shapes", lines)
    found, high = paths(thin_all(rings, *LEAST["outline"]))
    drawn = [{"codes": SPLIT_SINCE.get(code, [code]), "path": path} for code, path in found.items()]
    write("outline", f'size":[{WIDE * 10},{high}],"paths', drawn)


def write(name: str, key: str, rows: list[dict]) -> None:
    """One row a line, so that a change of one province is seen as that."""
    target = DATA / f"{name}.json"
    lines = [json.dumps(row, separators=(",", ":")) for row in rows]
    target.write_text(f'{{"{key}":[\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
    print(f"{target.name}: {len(lines)} shapes, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
