"""Materials: a small language over shader nodes, and the plain materials that most things need."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy

from samples.render.description import Vec3

Socket = Any
"""A node's output, or a constant: a number, or a colour of three."""


class Shader:
    """The nodes of one new material. Every method adds a node and returns its output."""

    def __init__(self, name: str) -> None:
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self._tree = self.material.node_tree
        self._surface = self._tree.nodes["Principled BSDF"]

    def new(self, kind: str) -> Any:
        return self._tree.nodes.new(kind)

    def feed(self, target: Any, source: Socket) -> None:
        """Links an output into an input, or writes a constant there."""
        if isinstance(source, (int, float)):
            target.default_value = source
        elif isinstance(source, tuple):
            target.default_value = (*source, 1) if len(target.default_value) == 4 else source
        else:
            self._tree.links.new(source, target)

    def set(self, **inputs: Socket) -> "Shader":
        """Inputs of the surface by their Blender names, with _ for blanks: Base_Color=..."""
        for name, value in inputs.items():
            self.feed(self._surface.inputs[name.replace("_", " ")], value)
        return self

    def here(self) -> Socket:
        """The point in the object's own coordinates, metres."""
        return self.new("ShaderNodeTexCoord").outputs["Object"]

    def axes(self, vector: Socket) -> tuple[Socket, Socket, Socket]:
        node = self.new("ShaderNodeSeparateXYZ")
        self.feed(node.inputs[0], vector)
        return node.outputs[0], node.outputs[1], node.outputs[2]

    def vector(self, x: Socket, y: Socket, z: Socket = 0.0) -> Socket:
        node = self.new("ShaderNodeCombineXYZ")
        for slot, value in zip(node.inputs, (x, y, z), strict=True):
            self.feed(slot, value)
        return node.outputs[0]

    def noise(self, at: Socket, scale: float, detail: float = 6, rough: float = 0.6, *, colour: bool = False) -> Socket:
        node = self.new("ShaderNodeTexNoise")
        for name, value in (("Scale", scale), ("Detail", detail), ("Roughness", rough), ("Vector", at)):
            self.feed(node.inputs[name], value)
        return node.outputs["Color" if colour else "Fac"]

    def ramp(
        self, value: Socket, low: float, high: float, a: float = 0.0, b: float = 1.0, *, soft: bool = False
    ) -> Socket:
        node = self.new("ShaderNodeMapRange")
        node.interpolation_type = "SMOOTHSTEP" if soft else "LINEAR"
        for slot, number in zip(node.inputs[:5], (value, low, high, a, b), strict=True):
            self.feed(slot, number)
        return node.outputs[0]

    def mix(self, share: Socket, a: Socket, b: Socket, blend: str = "MIX") -> Socket:
        node = self.new("ShaderNodeMix")
        node.data_type, node.blend_type = "RGBA", blend
        for slot, value in ((0, share), (6, a), (7, b)):
            self.feed(node.inputs[slot], value)
        return node.outputs[2]

    def math(self, operation: str, a: Socket, b: Socket | None = None) -> Socket:
        node = self.new("ShaderNodeMath")
        node.operation = operation
        self.feed(node.inputs[0], a)
        if b is not None:
            self.feed(node.inputs[1], b)
        return node.outputs[0]

    def times(self, a: Socket, b: Socket) -> Socket:
        return self.math("MULTIPLY", a, b)

    def bump(self, height: Socket, distance: float, strength: Socket = 1.0, *, invert: bool = False) -> None:
        node = self.new("ShaderNodeBump")
        node.invert = invert
        for name, value in (("Distance", distance), ("Height", height), ("Strength", strength)):
            self.feed(node.inputs[name], value)
        self.set(Normal=node.outputs[0])

    def picture(self, path: Path, *, data: bool = False) -> Any:
        """The image node over the UV map; `data`: numbers, not a colour."""
        node = self.new("ShaderNodeTexImage")
        node.image = bpy.data.images.load(str(path), check_existing=True)
        node.extension = "CLIP"
        if data:
            node.image.colorspace_settings.name = "Non-Color"
        self.feed(node.inputs[0], self.new("ShaderNodeUVMap").outputs[0])
        return node

    def channels(self, colour: Socket) -> tuple[Socket, Socket, Socket]:
        node = self.new("ShaderNodeSeparateColor")
        self.feed(node.inputs[0], colour)
        return node.outputs[0], node.outputs[1], node.outputs[2]

    def measure(self, name: str, value: Socket) -> None:
        """Writes a number into a pass of its own (an AOV), so that truth comes from the same node as the look."""
        node = self.new("ShaderNodeOutputAOV")
        node.aov_name = name
        self.feed(node.inputs["Value"], value)


def cached(name: str, make: Callable[[], bpy.types.Material]) -> bpy.types.Material:
    """The scene's material of that name, made when it is not there yet."""
    return bpy.data.materials.get(name) or make()


def plain(
    name: str,
    colour: Vec3,
    rough: float = 0.6,
    metal: float = 0.0,
    *,
    coat: float = 0.0,
    vary: float = 0.0,
    scale: float = 6.0,
    glow: float = 0.0,
    specular: float = 0.5,
) -> bpy.types.Material:
    """One even surface. vary: how much its brightness wanders, by a noise of `scale` per metre. glow: it shines."""
    return cached(name, lambda: _plain(name, colour, rough, metal, coat, vary, scale, glow, specular))


def _plain(
    name: str,
    colour: Vec3,
    rough: float,
    metal: float,
    coat: float,
    vary: float,
    scale: float,
    glow: float,
    specular: float,
) -> bpy.types.Material:
    shader = Shader(name)
    shader.set(Base_Color=colour, Roughness=rough, Metallic=metal, Coat_Weight=coat, Coat_Roughness=0.05)
    shader.set(Specular_IOR_Level=specular)
    if vary:
        wander = shader.ramp(shader.noise(shader.here(), scale, rough=0.65), 0.3, 0.7, 1 - vary, 1 + 0.6 * vary)
        shader.set(Base_Color=shader.mix(1.0, colour, wander, "MULTIPLY"))
    if glow:
        shader.set(Emission_Color=colour, Emission_Strength=glow)
    return shader.material


def printed(name: str, path: Path, rough: float = 0.5, *, glow: float = 0.0) -> bpy.types.Material:
    """A picture on a card. glow: lit from behind, as shop signs are at dusk."""
    return cached(name, lambda: _printed(name, path, rough, glow))


def _printed(name: str, path: Path, rough: float, glow: float) -> bpy.types.Material:
    shader = Shader(name)
    colour = shader.picture(path).outputs["Color"]
    shader.set(Base_Color=colour, Roughness=rough)
    if glow:
        shader.set(Emission_Color=colour, Emission_Strength=glow)
    return shader.material
