"""Fruit, and what palms give."""

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.greens import long_leaf
from pol.demo.drawings.shapes import ellipse, move, reach, ribbon, rounded, smooth
from pol.demo.drawings.tones import Tone, colour, mix

BANANA = Tone.of("#f0c22f", "#a5791a", "#fde98d")
MANGO = Tone.of("#e9a52c", "#a3611a", "#fbd778")
RIND = Tone.of("#2f6b34", "#123718", "#6fa75a")
FLESH = Tone.of("#e0392f", "#b01f24", "#f4705c")
ORANGE = Tone.of("#f08a1d", "#ad500c", "#fdbf63")
PAPAYA = Tone.of("#e5a32f", "#8d7a26", "#f6cf6b")
PULP = Tone.of("#ee6a33", "#b93f1e", "#f99a62")
GREEN = Tone.of("#3e8a38")


def _mango_body(canvas: Canvas) -> None:
    body = smooth(
        [
            (-10, -165),
            (80, -140),
            (130, -30),
            (100, 90),
            (20, 150),
            (-70, 120),
            (-125, 20),
            (-105, -100),
        ]
    )
    canvas.solid(body, MANGO, depth=74)
    with canvas.inside(body):
        canvas.glow(50, -90, 150, 120, paint=(200, 60, 40), strength=0.65)
        canvas.glow(-60, 110, 130, 90, paint=(110, 150, 50), strength=0.55)
    canvas.glow(-46, -60, 34, 66, strength=0.7, turn=15)
    canvas.solid(
        ribbon([(-8, -158), (0, -190), (-8, -212)], lambda _t: 9), Tone.of("#6b4a2a"), depth=5
    )


def _orange(canvas: Canvas) -> None:
    body = ellipse(0, 0, 120, 114)
    canvas.solid(body, ORANGE, depth=62)
    canvas.grain(body, ORANGE.dark, 0.22, size=7)
    canvas.glow(-40, -42, 44, 34, strength=0.7)
    canvas.solid(ellipse(10, -56, 13, 9), GREEN, depth=5)


def _wedge(canvas: Canvas) -> None:
    """Paint a slice of watermelon, rind down."""
    half = ellipse(0, 0, 290, 290)[:25]
    canvas.solid(half, RIND, depth=24)
    canvas.flat(ellipse(0, 0, 268, 268)[:25], colour("#dfeebd"))
    canvas.solid(ellipse(0, 0, 250, 250)[:25], FLESH, depth=40)
    for ring, count in ((110, 4), (185, 7)):
        for i in range(count):
            angle = 180 * (i + 0.5) / count
            x, y = reach(0, 0, ring, angle)
            canvas.solid(ellipse(x, y, 13, 7.5, angle), Tone.of("#2a1712"), depth=4)


def _papaya_half(canvas: Canvas) -> None:
    outline = smooth(
        [
            (-320, 0),
            (-250, -78),
            (-90, -105),
            (110, -150),
            (270, -110),
            (335, 0),
            (270, 110),
            (110, 150),
            (-90, 105),
            (-250, 78),
        ]
    )
    canvas.solid(outline, PAPAYA, depth=26)
    canvas.solid(move(outline, scale=0.92), PULP, depth=46)
    hollow = move(outline, 28, 0, scale=0.52)
    canvas.solid(hollow, Tone.of("#d9572a", "#9c3015", "#f2824d"), depth=26)
    with canvas.inside(hollow):
        for _ in range(60):
            x, y = canvas.rng.uniform(-130, 190), canvas.rng.uniform(-64, 64)
            canvas.solid(
                ellipse(x, y, 15, 11, canvas.rng.uniform(0, 180), steps=12),
                Tone.of("#2d2723", "#0f0c0b", "#7b736b"),
                depth=6,
            )


@motif("pisang", "mat", "wood", "cloth", "paper")
def pisang(canvas: Canvas) -> None:
    """Paint a comb of bananas."""
    lean = canvas.rng.uniform(-12, 12)
    for row, (count, length) in enumerate(((6, 1.0), (5, 0.92))):
        for i in range(count):
            part = (i / (count - 1) - 0.5) * 2
            tip = (500 + part * 360 + lean * 3, 190 + row * 320 + abs(part) * 330 * length)
            elbow = (500 + part * 330, 300 + row * 90 + abs(part) * 80)
            foot = (500 + part * 70 + lean, 180 + row * 22)
            drop = (tip[0] - part * 90, tip[1] + 360 * length * (1 - abs(part) * 0.55))
            finger = ribbon(
                [foot, elbow, drop],
                lambda t: (
                    58 * (1 - abs(2 * t - 1.05) ** 3.4) ** 0.6 + 11 if abs(2 * t - 1.05) < 1 else 11
                ),
            )
            canvas.shadow(finger, strength=0.4)
            canvas.solid(finger, BANANA, depth=30, shadow=0.35)
            ridge = smooth(
                [foot, (elbow[0] - 8, elbow[1] + 6), (drop[0] - 6, drop[1] - 30)], closed=False
            )
            canvas.line(ridge, 5, mix(BANANA.mid, BANANA.dark, 0.45))
            canvas.solid(ellipse(*drop, 15, 12), Tone.of("#5a4326"), depth=6)
    canvas.solid(
        smooth([(420, 140), (470, 90), (500, 50), (540, 90), (585, 140), (570, 230), (430, 230)]),
        Tone.of("#b99a35", "#6b5316", "#dfc56a"),
        depth=26,
        shadow=0.3,
    )


@motif("mangga", "leaf", "wood", "cloth", "mat")
def mangga(canvas: Canvas) -> None:
    """Paint mangoes with a leaf."""
    for turn in (-150, -165):
        long_leaf(canvas, 520, 300, 330, 96, turn, GREEN)
    for x, y in ((330, 420), (640, 330), (770, 650), (470, 700)):
        canvas.lay(canvas.piece(220, _mango_body), x, y, turn=canvas.rng.uniform(-30, 30), lift=22)


@motif("semangka", "wood", "cloth", "paper")
def semangka(canvas: Canvas) -> None:
    """Paint a watermelon and two slices of it."""
    whole = ellipse(430, 380, 350, 310, -12)
    canvas.shadow(whole, dx=24, dy=36, blur=40, strength=0.55)
    canvas.solid(whole, RIND, depth=130)
    with canvas.inside(whole):
        for i in range(-3, 4):
            stripe = [
                (430 + i * 30, 40),
                (430 + i * 118 + canvas.rng.uniform(-14, 14), 260),
                (430 + i * 118, 500),
                (430 + i * 30, 720),
            ]
            canvas.tint(ribbon(stripe, lambda t: 26 + 9 * abs((t * 12) % 2 - 1)), (18, 52, 24), 0.6)
    canvas.glow(320, 250, 110, 70, strength=0.55, turn=-25)
    piece = canvas.piece(310, _wedge)
    for x, y, turn in ((330, 640, 8), (690, 580, -20)):
        canvas.lay(piece, x, y, turn=turn + canvas.rng.uniform(-6, 6), lift=20)


@motif("jeruk", "leaf", "cloth", "wood")
def jeruk(canvas: Canvas) -> None:
    """Paint oranges, one of them cut."""
    pieces = [canvas.piece(135, _orange) for _ in range(2)]
    for x, y in (
        (280, 290),
        (540, 250),
        (790, 340),
        (200, 540),
        (450, 500),
        (800, 600),
        (340, 760),
    ):
        canvas.lay(canvas.rng.choice(pieces), x, y, turn=canvas.rng.uniform(-40, 40), lift=18)
    x, y = 620, 720
    canvas.shadow(ellipse(x, y, 150, 145), strength=0.5)
    canvas.solid(ellipse(x, y, 150, 145), ORANGE, depth=16)
    canvas.flat(ellipse(x, y, 136, 131), colour("#fdecc4"))
    for angle in range(0, 360, 40):
        segment = smooth(
            [
                reach(x, y, 18, angle),
                reach(x, y, 122, angle - 15),
                reach(x, y, 127, angle),
                reach(x, y, 122, angle + 15),
            ],
            steps=5,
        )
        canvas.solid(segment, Tone.of("#f59a24", "#d97412", "#fdc25c"), depth=14)


@motif("pepaya", "leaf", "wood", "cloth")
def pepaya(canvas: Canvas) -> None:
    """Paint a whole papaya and an open half."""
    spine = [(120, 430), (350, 320), (640, 210), (880, 140)]
    whole = ribbon(spine, lambda t: (60 + 105 * t) * rounded(t, 0.14, 0.3))
    canvas.shadow(whole, dy=34, strength=0.5)
    canvas.solid(whole, PAPAYA, depth=60)
    canvas.glow(380, 330, 240, 60, paint=(110, 150, 50), strength=0.5, turn=-22)
    canvas.glow(560, 190, 170, 28, strength=0.6, turn=-20)
    canvas.lay(
        canvas.piece(360, _papaya_half, tall=170),
        520,
        640,
        turn=canvas.rng.uniform(-16, 2),
        lift=24,
    )


@motif("melon", "wood", "cloth", "leaf")
def melon(canvas: Canvas) -> None:
    """Paint a netted melon and a slice of it."""
    whole = ellipse(420, 420, 330, 315)
    canvas.shadow(whole, dx=24, dy=36, blur=40, strength=0.55)
    canvas.solid(whole, Tone.of("#b9c48a", "#6d7a45", "#e9edc6"), depth=130)
    with canvas.inside(whole):
        for _ in range(90):
            x, y = canvas.rng.uniform(90, 750), canvas.rng.uniform(100, 740)
            turn = canvas.rng.uniform(0, 180)
            thread = [(x, y), reach(x, y, 40, turn), reach(x, y, 80, turn + 40)]
            canvas.line(smooth(thread, closed=False), 5, colour("#e9e4c4"))
    slice_ = ribbon([(430, 700), (640, 860), (920, 700)], lambda t: 110 * rounded(t, 0.5, 0.5))
    canvas.shadow(slice_, strength=0.5)
    canvas.solid(slice_, Tone.of("#a9b877", "#6d7a45", "#dfe6b8"), depth=14)
    flesh = ribbon([(455, 690), (640, 826), (900, 690)], lambda t: 92 * rounded(t, 0.5, 0.5))
    canvas.solid(flesh, Tone.of("#f2b25c", "#c47a2a", "#fbdca4"), depth=30)
