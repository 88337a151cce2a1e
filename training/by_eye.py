"""Labels that a person corrected after looking at every vehicle of these clips: the teacher knows no van."""

from training.pictures import Picture, Truth

CORRECTED: dict[str, tuple[tuple[int, int, int, str], ...]] = {
    "dvrscan_traffic_camera": (
        (48, 107, 531, "van"),
        (48, 270, 519, "truck"),
        (48, 911, 382, "truck"),
        (72, 262, 448, "van"),
        (72, 378, 428, "truck"),
        (96, 343, 400, "van"),
        (120, 388, 636, "van"),
        (120, 397, 369, "van"),
        (144, 433, 344, "van"),
        (144, 481, 482, "van"),
        (168, 460, 327, "van"),
        (168, 518, 411, "van"),
        (192, 480, 316, "van"),
        (192, 544, 373, "van"),
        (216, 180, 644, "van"),
        (216, 560, 346, "van"),
        (240, 343, 489, "van"),
        (264, 51, 630, "van"),
        (264, 420, 418, "van"),
        (288, 180, 509, "van"),
        (288, 466, 377, "van"),
        (312, 294, 438, "van"),
        (312, 495, 351, "van"),
        (336, 363, 395, "van"),
        (360, 411, 365, "van"),
        (384, 444, 343, "van"),
        (408, 471, 327, "van"),
        (432, 828, 338, "van"),
        (432, 844, 355, "van"),
        (456, 432, 596, "van"),
        (456, 959, 424, "van"),
        (480, 208, 501, "truck"),
        (480, 497, 470, "van"),
        (480, 1241, 632, "van"),
        (504, 308, 433, "truck"),
        (504, 532, 407, "van"),
        (504, 784, 355, "van"),
        (528, 143, 517, "van"),
        (528, 552, 371, "van"),
        (528, 897, 463, "van"),
        (552, 258, 445, "van"),
        (552, 565, 346, "van"),
    ),
    "andrewssobral_haar_video2": (
        (0, 163, 36, "van"),
        (25, 133, 48, "van"),
        (50, 81, 67, "van"),
        (150, 143, 46, "van"),
        (175, 97, 62, "van"),
        (200, 24, 89, "van"),
        (200, 170, 44, "van"),
        (225, 139, 59, "van"),
        (225, 165, 52, "van"),
        (250, 122, 71, "van"),
        (275, 48, 102, "van"),
        (325, 133, 50, "van"),
        (350, 92, 66, "van"),
        (500, 178, 223, "car"),
        (575, 239, 117, "car"),
        (625, 13, 102, "van"),
        (700, 193, 187, "van"),
        (725, 41, 78, "car"),
        (725, 246, 113, "van"),
    ),
}
"""Scene -> (frame, x, y, label): the box whose middle lies within a few pixels of x, y is this."""
NEAR_PX = 4
MISSED: dict[str, dict[int, tuple[tuple[str, int, int, int, int], ...]]] = {
    "andrewssobral_haar_video2": {
        100: (("car", 167, 148, 220, 196),),
        425: (("truck", 40, 160, 184, 239),),
        450: (("truck", 142, 91, 248, 239),),
        475: (("truck", 209, 58, 271, 152),),
        675: (("car", 171, 166, 218, 202),),
    },
}
"""Scene -> frame -> boxes x1 y1 x2 y2 of what the teacher did not see."""


def corrected(picture: Picture) -> Picture:
    """The picture with a person's word in place of the teacher's."""
    rows = [row for row in CORRECTED.get(picture.scene, ()) if row[0] == int(picture.name)]
    labels = list(picture.truth.labels)
    for _, x, y, label in rows:
        for at, (x1, y1, x2, y2) in enumerate(picture.truth.boxes):
            if abs((x1 + x2) / 2 - x) < NEAR_PX and abs((y1 + y2) / 2 - y) < NEAR_PX:
                labels[at] = label
    missed = Truth.of(MISSED.get(picture.scene, {}).get(int(picture.name), ()))
    return Picture(picture.name, picture.scene, picture.image, Truth(picture.truth.boxes, tuple(labels)) + missed)
