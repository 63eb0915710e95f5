"""The demo town's pictures: drawn here, so that nobody takes them for photos, and a table for download."""

import io
from collections.abc import Callable

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from cms_pages.models import SiteDocument, SiteImage

WIDTH, HEIGHT, FINER = 1200, 675, 2
SKY, HILL, FAR_HILL, GRASS, RIVER = "#f3e3c3", "#5b8f6a", "#9dbb9a", "#7fa86b", "#3f7f8c"
WALLS, ROOFS = ("#fffaf0", "#f0d9b5", "#e8c7a0", "#dfe6e0"), ("#c65d3b", "#8a3b2a", "#1d5c63", "#b5533c")
INK, WOOD, SUN, COATS = "#2b2a33", "#7a5a3a", "#e4a11b", ("#1d5c63", "#c65d3b", "#7a3b69", "#3a5fa8", "#e4a11b")


class Pen:
    """Draws shapes by where their foot stands, on a picture 1200 wide and 675 high."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), SKY)
        self.draw = ImageDraw.Draw(self.image)

    def box(self, left: int, top: int, right: int, bottom: int, fill: str) -> None:
        self.draw.rectangle([side * FINER for side in (left, top, right, bottom)], fill=fill)

    def disc(self, x: int, y: int, radius: int, fill: str, flat: float = 1) -> None:
        sides = (x - radius, y - radius * flat, x + radius, y + radius * flat)
        self.draw.ellipse([side * FINER for side in sides], fill=fill)

    def shape(self, *points: tuple[int, int], fill: str) -> None:
        self.draw.polygon([(x * FINER, y * FINER) for x, y in points], fill=fill)

    def land(self, horizon: int = 430, ground: str = GRASS) -> None:
        self.disc(980, 130, 62, SUN)
        self.disc(260, horizon + 190, 420, FAR_HILL, 0.7)
        self.disc(900, horizon + 210, 520, HILL, 0.6)
        self.box(0, horizon, WIDTH, HEIGHT, ground)

    def house(self, x: int, foot: int, wide: int, high: int, number: int) -> None:
        wall, roof = WALLS[number % len(WALLS)], ROOFS[number % len(ROOFS)]
        self.box(x, foot - high, x + wide, foot, wall)
        self.shape((x - 12, foot - high), (x + wide + 12, foot - high), (x + wide // 2, foot - high - 62), fill=roof)
        self.windows(x, foot, wide, high)

    def windows(self, x: int, foot: int, wide: int, high: int) -> None:
        for left in range(x + 18, x + wide - 30, 46):
            for top in range(foot - high + 22, foot - 40, 62):
                self.box(left, top, left + 24, top + 34, RIVER)

    def tree(self, x: int, foot: int, high: int) -> None:
        self.box(x - 7, foot - high // 2, x + 7, foot, WOOD)
        for shift, lift, size in ((-24, 0.62, 40), (24, 0.62, 40), (0, 0.86, 48)):
            self.disc(x + shift, int(foot - high * lift), size, HILL if shift else "#4a7d58")

    def person(self, x: int, foot: int, number: int) -> None:
        self.disc(x, foot - 104, 20, "#8d5b3e" if number % 2 else "#e0b08c")
        self.shape(
            (x - 30, foot), (x + 30, foot), (x + 17, foot - 80), (x - 17, foot - 80), fill=COATS[number % len(COATS)]
        )

    def bench(self, x: int, foot: int) -> None:
        self.box(x, foot - 44, x + 150, foot - 32, WOOD)
        self.box(x, foot - 82, x + 150, foot - 66, WOOD)
        for left in (x + 14, x + 124):
            self.box(left, foot - 82, left + 10, foot, INK)

    def png(self) -> bytes:
        file = io.BytesIO()
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(128).save(file, "PNG")
        return file.getvalue()


def town(pen: Pen) -> None:
    pen.land(390)
    for number, (x, high) in enumerate(((40, 150), (190, 210), (350, 130), (700, 170), (860, 230), (1030, 140))):
        pen.house(x, 470, 120, high, number)
    pen.box(0, 500, WIDTH, 620, RIVER)
    pen.box(540, 470, 640, HEIGHT, "#d9c8a8")
    for x in (470, 680, 1180):
        pen.tree(x, 490, 150)


def workshop(pen: Pen) -> None:
    pen.box(0, 0, WIDTH, HEIGHT, "#e9d5ae")
    pen.shape((0, 130), (600, 0), (WIDTH, 130), (WIDTH, 160), (600, 40), (0, 160), fill=WOOD)
    for x in (90, 590, 1090):
        pen.box(x, 90, x + 22, 560, WOOD)
    pen.box(0, 540, WIDTH, HEIGHT, "#c9a877")
    for number, x in enumerate(range(170, 1100, 118)):
        pen.person(x, 470 + 14 * (number % 2), number)
    for x in (130, 480, 830):
        pen.box(x, 470, x + 270, 496, "#fffaf0")
        pen.box(x + 24, 496, x + 38, 610, WOOD)
        pen.box(x + 232, 496, x + 246, 610, WOOD)
    for number, x in enumerate((180, 300, 540, 660, 880, 1000)):
        pen.box(x, 452, x + 60, 470, COATS[number % len(COATS)])


def trees(pen: Pen) -> None:
    pen.land(410)
    pen.shape((420, 420), (560, 420), (900, HEIGHT), (120, HEIGHT), fill="#d9c8a8")
    for x, foot, high in ((330, 460, 190), (650, 460, 190), (200, 550, 250), (800, 550, 250), (1060, 620, 300)):
        pen.tree(x, foot, high)
    pen.bench(850, 640)
    pen.person(905, 600, 2)


def house(pen: Pen) -> None:
    pen.land(450)
    pen.house(360, 540, 460, 250, 1)
    pen.box(560, 430, 630, 540, WOOD)
    pen.shape((630, 540), (950, 590), (950, 604), (560, 548), fill="#b9a789")
    for number, x in enumerate((250, 320, 900, 1000)):
        pen.person(x, 590, number)
    pen.tree(130, 570, 230)


def ballot(pen: Pen) -> None:
    pen.box(0, 0, WIDTH, HEIGHT, "#cfe0da")
    pen.box(0, 560, WIDTH, HEIGHT, "#a9c4ba")
    pen.shape((520, 80), (700, 110), (660, 360), (480, 330), fill="#fffdf9")
    for row in range(3):
        pen.box(545, 150 + row * 56, 565, 170 + row * 56, COATS[row])
        pen.box(580, 156 + row * 56, 650 - row * 14, 164 + row * 56, INK)
    pen.box(380, 300, 820, 590, "#1d5c63")
    pen.box(360, 280, 840, 312, "#14444a")
    pen.box(470, 290, 730, 300, INK)
    pen.disc(600, 450, 62, "#e4a11b")


SCENES: dict[str, tuple[str, Callable[[Pen], None]]] = {
    "town": ("Rivemont on both banks of the river", town),
    "workshop": ("People around three long tables in a market hall", workshop),
    "trees": ("A street with trees and a bench", trees),
    "house": ("A neighbourhood house with a ramp", house),
    "ballot": ("A ballot above a ballot box", ballot),
}


def make_pictures() -> dict[str, SiteImage]:
    """By their names."""
    made = {}
    for name, (what, scene) in SCENES.items():
        pen = Pen()
        scene(pen)
        file = ContentFile(pen.png(), name=f"{name}.png")
        made[name] = SiteImage.objects.create(
            title=what, description=f"Drawing: {what}", file=file, width=WIDTH, height=HEIGHT, credit="Town of Rivemont"
        )
    return made


def make_documents() -> dict[str, SiteDocument]:
    rows = ["evening,place,people,ideas on paper", "1,Market hall,104,31", "2,Mill school,71,22"]
    rows += ["3,Station school,66,25", "4,Home for the elderly,71,19"]
    file = ContentFile("\r\n".join(rows).encode(), name="workshops.csv")
    made = SiteDocument.objects.create(title="Ideas of the workshops", file=file, file_size=file.size)
    return {"workshops": made}
