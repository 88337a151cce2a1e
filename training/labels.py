"""The street model's words, and how the words of public sets translate."""

LABELS = ("person", "bicycle", "motorcycle", "tricycle", "car", "van", "bus", "truck")
"""In the order of the network's outputs."""

COCO = {0: "person", 1: "bicycle", 2: "car", 3: "motorcycle", 5: "bus", 7: "truck"}
"""COCO-80 class numbers that are ours; every other class is none of our business."""

STARTS_FROM = {
    "person": (0,),
    "bicycle": (1,),
    "motorcycle": (3,),
    "tricycle": (3, 7),
    "car": (2,),
    "van": (2, 7),
    "bus": (5,),
    "truck": (7,),
}
"""Whose COCO outputs a label's first weights are the mean of, so that fine-tuning starts from a head that works."""

AS_COCO = {"van": "car"}
"""COCO knows no van and calls most of them cars: what our labels count as where COCO wrote the truth."""
