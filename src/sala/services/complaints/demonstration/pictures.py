"""Pictures for the demonstration, drawn here: no photographs, no faces, no places that exist."""

import io
import random

from PIL import Image, ImageDraw

SIZE = (800, 600)
SCENES = {
    "street_light": "lamp",
    "road_damage": "road",
    "bridge": "road",
    "procurement": "road",
    "reckless_driving": "car",
    "illegal_parking": "car",
    "taxi_hire": "car",
    "traffic_signal": "signal",
    "sidewalk": "tiles",
    "obstruction": "tiles",
    "building": "tiles",
    "flood_drain": "water",
    "canal_water": "water",
    "water_supply": "water",
    "garbage": "heap",
    "tree": "tree",
    "air_smoke": "smoke",
    "factory_pollution": "smoke",
    "cables": "wires",
    "electricity": "wires",
}


def draw_picture(topic: str, *, is_mended: bool, number: int) -> bytes:
    """A JPEG of a thing of that topic, broken or mended; the same number always draws the same."""
    chance = random.Random(number * 2 + is_mended)  # noqa: S311  # a drawing, not a secret
    night = SCENES.get(topic) == "lamp"
    picture = Image.new("RGB", SIZE, (22, 28, 48) if night else (188 + chance.randrange(40), 214, 232))
    pen = ImageDraw.Draw(picture)
    _DRAWINGS[SCENES.get(topic, "paper")](pen, chance, is_mended)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


def _ground(pen: ImageDraw.ImageDraw, grey: int) -> None:
    pen.polygon([(300, 250), (500, 250), (800, 600), (0, 600)], fill=(grey, grey, grey + 6))
    for near in (280, 360, 470):
        pen.polygon([(396, near), (404, near), (408, near + 50), (392, near + 50)], fill=(230, 226, 210))


def _lamp(pen: ImageDraw.ImageDraw, chance: random.Random, is_mended: bool) -> None:
    _ground(pen, 40)
    for at in (140, 620):
        shift = chance.randrange(-40, 40)
        if is_mended:
            pen.polygon(
                [(at + shift, 120), (at + shift - 120, 600), (at + shift + 120, 600)], fill=(92, 86, 62)
            )
        pen.rectangle([at + shift - 5, 110, at + shift + 5, 560], fill=(90, 96, 104))
        glow = (255, 236, 170) if is_mended else (64, 66, 72)
        pen.ellipse([at + shift - 24, 92, at + shift + 24, 128], fill=glow)


def _road(pen: ImageDraw.ImageDraw, chance: random.Random, is_mended: bool) -> None:
    pen.rectangle([0, 250, 800, 600], fill=(132, 158, 108))
    _ground(pen, 96)
    x, y = 300 + chance.randrange(120), 400 + chance.randrange(60)
    if is_mended:
        pen.polygon([(x, y), (x + 170, y), (x + 200, y + 80), (x - 20, y + 80)], fill=(58, 58, 62))
        return
    for size in (100, 80, 55):
        shade = 30 + size // 2
        pen.ellipse([x, y, x + size * 2, y + size], fill=(shade + 20, shade + 8, shade))
        x, y = x + 18, y + 9


def _car(pen: ImageDraw.ImageDraw, chance: random.Random, is_mended: bool) -> None:
    pen.rectangle([0, 250, 800, 600], fill=(168, 164, 156))
    pen.rectangle([0, 430, 800, 600], fill=(92, 92, 98))
    for mark in range(10):
        colour = (214, 70, 58) if mark % 2 else (238, 236, 228)
        pen.rectangle([mark * 80, 418, mark * 80 + 80, 432], fill=colour)
    if is_mended:
        return
    left, paint = 180 + chance.randrange(160), chance.choice([(196, 200, 206), (58, 84, 132), (150, 52, 48)])
    pen.polygon(
        [(left + 70, 350), (left + 120, 280), (left + 270, 280), (left + 330, 350)], fill=(62, 72, 84)
    )
    pen.rounded_rectangle([left, 345, left + 400, 445], 26, fill=paint)
    for wheel in (left + 55, left + 285):
        pen.ellipse([wheel, 405, wheel + 72, 477], fill=(30, 30, 34))


def _smoke(pen: ImageDraw.ImageDraw, chance: random.Random, is_mended: bool) -> None:
    pen.rectangle([0, 430, 800, 600], fill=(132, 150, 104))
    pen.rectangle([430, 300, 720, 470], fill=(150, 132, 118))
    pen.rectangle([470, 170, 512, 310], fill=(120, 104, 94))
    for puff in range(2 if is_mended else 26):
        shade = 90 + puff * 4
        x, y = 480 - puff * 15 + chance.randrange(-12, 12), 150 - puff * 4 + chance.randrange(-16, 16)
        pen.ellipse([x - puff * 2, y - puff, x + 46 + puff * 2, y + 40 + puff], fill=(shade, shade, shade))


def _paper(pen: ImageDraw.ImageDraw, chance: random.Random, is_mended: bool) -> None:
    pen.rectangle([0, 0, 800, 600], fill=(196, 178, 150))
    pen.polygon([(220, 50), (590, 70), (570, 560), (200, 540)], fill=(250, 249, 244))
    for line in range(15):
        across = chance.randrange(160, 300)
        pen.rectangle([256, 120 + line * 26, 256 + across, 128 + line * 26], fill=(120, 124, 132))
    if is_mended:
        pen.ellipse([430, 430, 540, 520], outline=(60, 90, 160), width=7)


def _signal(pen: ImageDraw.ImageDraw, chance: random.Random, is_mended: bool) -> None:
    _ground(pen, 100)
    left = 340 + chance.randrange(-120, 120)
    pen.rectangle([left + 45, 330, left + 60, 600], fill=(70, 70, 76))
    pen.rounded_rectangle([left, 80, left + 105, 340], 18, fill=(34, 36, 40))
    for row, colour in enumerate(((214, 60, 52), (232, 180, 60), (70, 170, 100))):
        lit = colour if is_mended and row == 2 else (66, 68, 72)
        pen.ellipse([left + 20, 95 + row * 82, left + 85, 160 + row * 82], fill=lit)


def _tiles(pen: ImageDraw.ImageDraw, chance: random.Random, is_mended: bool) -> None:
    pen.rectangle([0, 170, 800, 600], fill=(150, 144, 136))
    for row in range(6):
        for column in range(11):
            x, y = column * 76 - row * 6, 180 + row * 72
            tilt = 0 if is_mended or chance.random() < 0.7 else chance.randrange(8, 24)
            shade = 176 + chance.randrange(20) - tilt * 3
            corners = [(x, y + tilt), (x + 68, y), (x + 64, y + 62), (x - 4, y + 64 - tilt)]
            pen.polygon(corners, fill=(shade, shade - 8, shade - 18))


def _water(pen: ImageDraw.ImageDraw, chance: random.Random, is_mended: bool) -> None:
    pen.rectangle([0, 200, 800, 600], fill=(140, 136, 130))
    if not is_mended:
        pen.rectangle([0, 280, 800, 600], fill=(104, 96, 74))
        for _ in range(26):
            x, y = chance.randrange(760), chance.randrange(300, 580)
            pen.arc([x, y, x + 90, y + 22], 190, 350, fill=(150, 142, 112), width=4)
        return
    pen.rounded_rectangle([270, 320, 560, 500], 10, fill=(60, 62, 66))
    for bar in range(8):
        pen.rectangle([290 + bar * 34, 335, 306 + bar * 34, 485], fill=(24, 26, 28))


def _heap(pen: ImageDraw.ImageDraw, chance: random.Random, is_mended: bool) -> None:
    pen.rectangle([0, 330, 800, 600], fill=(158, 152, 142))
    pen.rounded_rectangle([560, 240, 690, 470], 16, fill=(56, 120, 78))
    pen.rectangle([548, 226, 702, 252], fill=(44, 98, 64))
    if is_mended:
        return
    for _ in range(46):
        x, y, size = chance.randrange(90, 560), chance.randrange(330, 500), chance.randrange(24, 90)
        shade = chance.choice([(36, 38, 42), (210, 206, 196), (96, 130, 170), (176, 120, 70), (64, 66, 60)])
        pen.ellipse([x, y, x + size, y + size * 0.7], fill=shade)


def _tree(pen: ImageDraw.ImageDraw, chance: random.Random, is_mended: bool) -> None:
    pen.rectangle([0, 440, 800, 600], fill=(128, 160, 98))
    lean = 0 if is_mended else 190
    pen.polygon([(380, 460), (420, 460), (410 + lean, 200), (385 + lean, 200)], fill=(104, 76, 52))
    for _ in range(30):
        x, y = 400 + lean + chance.randrange(-150, 130), 160 + chance.randrange(-110, 90)
        size = chance.randrange(40, 90)
        pen.ellipse(
            [x, y, x + size, y + size], fill=(50 + chance.randrange(40), 116 + chance.randrange(40), 66)
        )


def _wires(pen: ImageDraw.ImageDraw, chance: random.Random, is_mended: bool) -> None:
    pen.rectangle([0, 470, 800, 600], fill=(150, 150, 148))
    for at in (110, 680):
        pen.rectangle([at, 70, at + 22, 520], fill=(120, 116, 110))
        pen.rectangle([at - 50, 100, at + 72, 114], fill=(96, 92, 88))
    for line in range(4 if is_mended else 14):
        sag = 30 if is_mended else chance.randrange(40, 330)
        box = [120, 110 + line * 8 - sag, 690, 110 + line * 8 + sag]
        pen.arc(box, 0, 180, fill=(30, 30, 34), width=3)


_DRAWINGS = {
    "lamp": _lamp,
    "road": _road,
    "car": _car,
    "smoke": _smoke,
    "paper": _paper,
    "signal": _signal,
    "tiles": _tiles,
    "water": _water,
    "heap": _heap,
    "tree": _tree,
    "wires": _wires,
}
