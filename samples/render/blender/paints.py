"""The colours and finishes that recur: car paint, glass, rubber, cloth, metal."""

import bpy

from samples.render.blender.shader import plain
from samples.render.description import Vec3

PAINTS: dict[str, tuple[Vec3, float]] = {
    "silver": ((0.60, 0.61, 0.63), 0.6),
    "white": ((0.72, 0.72, 0.70), 0.0),
    "black": ((0.015, 0.015, 0.017), 0.2),
    "red": ((0.36, 0.02, 0.02), 0.2),
    "blue": ((0.03, 0.07, 0.22), 0.3),
    "grey": ((0.16, 0.17, 0.18), 0.5),
    "champagne": ((0.50, 0.42, 0.30), 0.5),
    "green": ((0.04, 0.20, 0.10), 0.1),
    "yellow": ((0.75, 0.42, 0.03), 0.0),
    "fire": ((0.55, 0.015, 0.01), 0.0),
}


def paint(colour: str) -> bpy.types.Material:
    rgb, metal = PAINTS[colour]
    return plain(f"paint {colour}", rgb, 0.32, metal, coat=0.8, vary=0.10, scale=1.3)


def glass() -> bpy.types.Material:
    return plain("glass", (0.012, 0.015, 0.018), 0.04, specular=0.6)


def rubber() -> bpy.types.Material:
    return plain("rubber", (0.018, 0.018, 0.018), 0.8)


def trim() -> bpy.types.Material:
    return plain("black trim", (0.02, 0.02, 0.022), 0.45)


def gap() -> bpy.types.Material:
    return plain("gap", (0.015, 0.015, 0.015), 0.7)


def steel() -> bpy.types.Material:
    return plain("steel", (0.25, 0.25, 0.26), 0.4, 0.8)


def stainless() -> bpy.types.Material:
    return plain("stainless", (0.55, 0.56, 0.57), 0.3, 0.85, vary=0.1)


def headlamp() -> bpy.types.Material:
    return plain("headlamp", (0.75, 0.78, 0.8), 0.08, 0.2, coat=1.0)


def tail_lamp() -> bpy.types.Material:
    return plain("tail lamp", (0.45, 0.012, 0.015), 0.12, coat=1.0)


def wood() -> bpy.types.Material:
    return plain("wood", (0.30, 0.19, 0.10), 0.7, vary=0.3)


def cloth(colour: Vec3) -> bpy.types.Material:
    return plain(f"cloth {colour}", colour, 0.85, vary=0.12)
