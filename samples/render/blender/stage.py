"""The empty stage: sky, camera and Cycles, set so that a picture costs seconds on two cores."""

import math
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import bpy
from mathutils import Vector

from samples.render.description import Camera, Light


@contextmanager
def quiet() -> Iterator[None]:
    """Blender tells of every picture it saves on standard output; a progress bar says it better."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def cleared() -> bpy.types.Scene:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    return bpy.context.scene


def lit(scene: bpy.types.Scene, light: Light) -> None:
    world = bpy.data.worlds.new("sky")
    scene.world = world
    world.use_nodes = True
    nodes = world.node_tree.nodes
    sky = nodes.new("ShaderNodeTexSky")
    sky.sky_type = "MULTIPLE_SCATTERING"
    sky.sun_elevation = math.radians(light.sun_elevation_deg)
    sky.sun_rotation = math.radians(light.sun_azimuth_deg)
    sky.aerosol_density, sky.sun_intensity, sky.sun_size = light.haze, light.sun, math.radians(0.6)
    nodes["Background"].inputs["Strength"].default_value = light.sky
    world.node_tree.links.new(sky.outputs[0], nodes["Background"].inputs[0])
    scene.view_settings.exposure = light.exposure


def filmed(scene: bpy.types.Scene, camera: Camera) -> bpy.types.Object:
    lens = bpy.data.cameras.new("camera")
    lens.sensor_width = 36
    lens.lens = 18 / math.tan(math.radians(camera.hfov_deg / 2))
    lens.clip_end = 2000
    thing = bpy.data.objects.new("camera", lens)
    scene.collection.objects.link(thing)
    thing.location = camera.position
    looking = Vector(camera.target) - Vector(camera.position)
    thing.rotation_euler = looking.to_track_quat("-Z", "Y").to_euler()
    scene.camera = thing
    scene.render.resolution_x, scene.render.resolution_y = camera.size
    scene.render.resolution_percentage = 100
    return thing


def cycles(scene: bpy.types.Scene, *, samples: int, threads: int = 2) -> None:
    """Eight to twelve samples and a denoiser: more samples gain no confidence in any detector we asked."""
    scene.render.engine = "CYCLES"
    settings = scene.cycles
    settings.device, settings.samples = "CPU", samples
    settings.use_adaptive_sampling, settings.adaptive_threshold = True, 0.03
    settings.use_denoising, settings.denoiser = True, "OPENIMAGEDENOISE"
    settings.denoising_input_passes, settings.denoising_prefilter = "RGB_ALBEDO_NORMAL", "FAST"
    settings.max_bounces, settings.diffuse_bounces, settings.glossy_bounces = 4, 2, 3
    settings.transmission_bounces, settings.transparent_max_bounces = 3, 6
    settings.caustics_reflective = settings.caustics_refractive = False
    settings.sample_clamp_indirect = 4.0
    scene.render.threads_mode, scene.render.threads = "FIXED", threads
    scene.render.use_persistent_data = True
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = "AgX - Medium High Contrast"


def told_apart(scene: bpy.types.Scene, measures: tuple[str, ...] = ()) -> None:
    """Asks for the passes that truth is read from: which object, and every named measure of a shader."""
    layer = scene.view_layers[0]
    layer.use_pass_object_index = True
    for name in measures:
        entry = layer.aovs.add()
        entry.name, entry.type = name, "VALUE"
