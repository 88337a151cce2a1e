"""The sample clip, whose keyframes are 50 s apart and whose pictures are sent out of order, reads as undamaged."""

from clock import SystemClock
from commands.looking import ROOT
from pipelines.observation import CameraState
from pipelines.sources import SourceEnded, open_source


def test_a_long_run_that_is_still_inside_the_decoder_is_no_damage() -> None:
    source = open_source(
        str(ROOT / "samples" / "firelane_60s.mp4"), "c", rate_hz=1.0, clock=SystemClock(), captured_from=None
    )
    source.open()
    states = set()
    try:
        while source.look(1.0) is not None:
            states.add(source.state().state)
    except SourceEnded:
        pass
    finally:
        source.close()
    assert states == {CameraState.OK}
    assert (source.delivered().sampled, source.delivered().dropped) == (60, 0)
