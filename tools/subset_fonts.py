"""Makes the small Latin typeface of our pages from the large one: `python tools/subset_fonts.py` (fonttools, brotli).

Every page loads two weights of it for its digits and English words; of 248 glyphs it uses a hundred. The large file
stays for what is left (names from abroad): a browser fetches it only where such a letter stands. Run by hand when
the typeface changes; what it makes is kept in the repository, since building a site should not need these two packages.
The typeface is under the SIL Open Font License 1.1, which lets it be cut down, under another name than its own.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, parse_unicodes, save_font

ROOT = Path(__file__).resolve().parents[1]
FACE = ROOT / "node_modules/@fontsource/ibm-plex-sans-thai-looped/files"
TARGET = ROOT / "src/sala/design/static/fonts"
# ASCII, the signs that our own words and typists use. The same range stands in tools/assets.mjs.
BASIC = "20-7E,A0,A7,A9,AB,B0-B2,B7,BB,D7,E9,F7,2013-2014,2018-201A,201C-201E,2022,2026,2191,2193,2212"


def main() -> None:
    """Write both weights, with hints and kerning, without fractions that no page asks for."""
    for weight in (400, 600):
        options = Options(flavor="woff2", layout_features=["kern", "liga", "ccmp", "mark", "mkmk"])
        font = load_font(str(FACE / f"ibm-plex-sans-thai-looped-latin-{weight}-normal.woff2"), options)
        for record in font["name"].names:
            if record.nameID in (1, 3, 4, 6, 16):
                record.string = f"SalaLatin-{weight}"
        cutter = Subsetter(options)
        cutter.populate(unicodes=parse_unicodes(BASIC))
        cutter.subset(font)
        TARGET.mkdir(exist_ok=True)
        save_font(font, str(TARGET / f"sala-latin-{weight}.woff2"), options)


if __name__ == "__main__":
    main()
