"""The upper body of a car: roof, pillars and glass as one loft whose faces choose their material."""

from samples.render.blender.carbody import Body, CarShape
from samples.render.blender.mesh import Material, Object, grid, mesh_object, sharpened
from samples.render.blender.paints import glass, trim
from samples.render.description import Vec2, Vec3

_LEVELS = (0, 0.06, 0.30, 0.55, 0.80, 0.90, 0.96, 1.0)
_ROOF = ((0.975, 0.022), (0.90, 0.045), (0.70, 0.062), (0.40, 0.070), (0.02, 0.072))
_FRONT = (0, 0.3, 0.6, 0.82)
_PAINT, _GLASS, _TRIM = 0, 1, 2


def cabin(body: Body, paint: Material, parent: Object) -> Object:
    shape = body.shape
    base = min(body.top(shape.cabin[1]), body.top(0)) - 0.04
    half = len(_half_ring(shape, 0.0))
    rings = [_ring(shape, t, base) for t in _LEVELS]
    rings += [_ring(shape, 1.0, base, shrink, rise) for shrink, rise in _ROOF]
    around = len(rings[0])
    faces = grid(len(rings), around, closed=True)
    of_face = [_material(shape, half, *divmod(i, around)) for i in range(len(faces))]
    vertices = [v for ring in rings for v in ring]
    thing = mesh_object("cabin", vertices, faces, [paint, glass(), trim()], of_face=of_face, parent=parent)
    return sharpened(thing, 38)


def _half_ring(shape: CarShape, t: float) -> list[Vec2]:
    """(x, y) of the left half at height share t, from the middle of the windscreen to the middle of the rear window."""
    base_rear, base_front, roof_rear, roof_front = shape.cabin
    front = base_front + (roof_front - base_front) * t**0.92
    rear = base_rear + (roof_rear - base_rear) * t**1.1
    width = shape.width / 2 * (0.955 + (shape.taper - 0.955) * t**1.25)
    bow = shape.bow
    screen = [(front - bow * g * g * 0.8, width * g) for g in _FRONT]
    corner = [(front - bow * 0.85, width * 0.94), (front - bow * 1.25, width * 0.985)]
    a, b = front - bow * 1.25, rear + bow * 0.9
    side = [(a + (b - a) * q, width) for q in (*shape.pillars, 1)]
    back = [(rear + bow * 0.5, width * 0.95), *((rear + bow * 0.35 * g * g, width * g) for g in _FRONT[::-1])]
    return screen + corner + side + back


def _ring(shape: CarShape, t: float, base: float, shrink: float = 1.0, rise: float = 0.0) -> list[Vec3]:
    half = _half_ring(shape, t)
    middle = (half[0][0] + half[-1][0]) / 2
    outline = half + [(x, -y) for x, y in half[::-1][1:-1]]
    z = base + (shape.height - 0.07 - base) * t + rise
    return [(middle + (x - middle) * shrink, y * shrink, z) for x, y in outline]


def _material(shape: CarShape, half: int, level: int, column: int) -> int:
    if column >= half - 1:
        column = 2 * (half - 1) - 1 - column
    windows = (0, *shape.pillars, 1)
    first_side = len(_FRONT) + 1
    if column < len(_FRONT) - 1:
        return _GLASS if level < 5 else _PAINT
    if column >= half - len(_FRONT):
        return _GLASS if 1 <= level < 5 else _PAINT
    return _side_material(windows, column - first_side, level)


def _side_material(windows: tuple[float, ...], window: int, level: int) -> int:
    if not 0 <= window < len(windows) - 1 or windows[window + 1] - windows[window] < 0.06:
        return _PAINT
    if 1 <= level < 4:
        return _GLASS
    return _TRIM if level == 0 else _PAINT
