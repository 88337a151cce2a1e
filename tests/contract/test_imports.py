"""What may be loaded together: the service carries no pixels and no models."""

import subprocess
import sys

HEAVY = ("cv2", "numpy", "torch", "av", "openvino", "ultralytics")


def loaded_by(module: str) -> set[str]:
    program = f"import sys, {module}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_whole_service_loads_neither_pixels_nor_models() -> None:
    loaded = loaded_by("service.server")
    assert "service.app" in loaded
    assert loaded.isdisjoint(HEAVY)
