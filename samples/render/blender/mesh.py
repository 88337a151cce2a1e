"""Meshes from numbers, linked into the scene as they are made, joined, copied and hung from joints."""

import math
from collections.abc import Iterable, Sequence

import bpy
import numpy as np

from samples.render.description import Vec3

Object = bpy.types.Object
Material = bpy.types.Material
Face = tuple[int, ...]


def mesh_object(
    name: str,
    vertices: Iterable[Sequence[float]],
    faces: Iterable[Face],
    material: Material | Sequence[Material],
    *,
    of_face: Sequence[int] | None = None,
    smooth: bool = True,
    parent: Object | None = None,
    at: Vec3 = (0, 0, 0),
    uv: Sequence[tuple[float, float]] | None = None,
) -> Object:
    """of_face: which of several materials each face takes. uv: one pair per vertex."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata([tuple(map(float, v)) for v in vertices], [], [tuple(map(int, f)) for f in faces])
    for one in [material] if isinstance(material, Material) else material:
        mesh.materials.append(one)
    if of_face is not None:
        mesh.polygons.foreach_set("material_index", np.asarray(of_face, np.int32))
    mesh.polygons.foreach_set("use_smooth", np.full(len(mesh.polygons), smooth))
    if uv is not None:
        _unwrap(mesh, np.asarray(uv, np.float32))
    mesh.validate()
    mesh.update()
    return _linked(bpy.data.objects.new(name, mesh), parent, at)


def _unwrap(mesh: bpy.types.Mesh, uv: np.ndarray) -> None:
    corner = np.empty(len(mesh.loops), np.int32)
    mesh.loops.foreach_get("vertex_index", corner)
    mesh.uv_layers.new(name="UVMap").data.foreach_set("uv", uv[corner].ravel())


def _linked(thing: Object, parent: Object | None, at: Vec3) -> Object:
    thing.location = at
    bpy.context.scene.collection.objects.link(thing)
    if parent:
        thing.parent = parent
    return thing


def joint(name: str, at: Vec3 = (0, 0, 0), *, yaw: float = 0.0, parent: Object | None = None) -> Object:
    """An empty: a place to hang things from and turn them by. yaw in radians."""
    thing = _linked(bpy.data.objects.new(name, None), parent, at)
    thing.rotation_euler[2] = yaw
    return thing


def grid(rows: int, columns: int, *, closed: bool = False, base: int = 0) -> list[Face]:
    """Faces of a grid of vertices laid row by row; `closed` joins the last column to the first."""
    across = range(columns if closed else columns - 1)
    return [
        tuple(
            base + r * columns + c % columns
            for r, c in ((row, col), (row, col + 1), (row + 1, col + 1), (row + 1, col))
        )
        for row in range(rows - 1)
        for col in across
    ]


def joined(things: Sequence[Object], name: str) -> Object | None:
    """One mesh of many: Cycles takes in hundreds of small objects slowly."""
    if not things:
        return None
    bpy.ops.object.select_all(action="DESELECT")
    for thing in things:
        thing.select_set(True)
    bpy.context.view_layer.objects.active = things[0]
    bpy.ops.object.join()
    things[0].name = name
    return things[0]


def sharpened(thing: Object, degrees: float) -> Object:
    """Smooth, except where faces meet at more than that angle."""
    thing.data.polygons.foreach_set("use_smooth", np.ones(len(thing.data.polygons), bool))
    thing.data.set_sharp_from_angle(angle=math.radians(degrees))
    return thing


def copied(source: Object, at: Vec3, *, yaw: float = 0.0, scale: float = 1.0) -> Object:
    """A second one of a parented set that shares its meshes: one acceleration structure for all of them."""
    root = joint(source.name + "_copy", at, yaw=yaw)
    root.scale = (scale, scale, scale)
    _copy_children(source, root)
    return root


def _copy_children(source: Object, parent: Object) -> None:
    for child in source.children:
        twin = bpy.data.objects.new(child.name, child.data)
        twin.parent, twin.rotation_mode = parent, child.rotation_mode
        twin.location, twin.scale = child.location, child.scale
        twin.rotation_euler, twin.rotation_quaternion = child.rotation_euler, child.rotation_quaternion
        bpy.context.scene.collection.objects.link(twin)
        _copy_children(child, twin)
