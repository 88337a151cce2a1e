"""A real RTSP server (GStreamer's) that tests start, stop and start again. Run by the system's python3.

    /usr/bin/python3 tests/rtsp_server.py PORT h264|h265|FILE.mp4 [USER:PASSWORD]

Serves rtsp://127.0.0.1:PORT/street: a moving test picture, or an H.264 file from its beginning at its own pace.
"""

import sys

import gi  # type: ignore[import-not-found]

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # type: ignore[import-not-found]  # noqa: E402

RATE, GOP = 10, 5
PICTURES = f"videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width=320,height=240,framerate={RATE}/1"
CODERS = {
    "h264": f"x264enc tune=zerolatency speed-preset=ultrafast key-int-max={GOP} ! rtph264pay name=pay0 pt=96",
    "h265": f"x265enc tune=zerolatency speed-preset=ultrafast key-int-max={GOP} ! rtph265pay name=pay0 pt=96",
}


def main() -> None:
    port, what, *login = sys.argv[1:]
    Gst.init(None)
    server = GstRtspServer.RTSPServer(address="127.0.0.1", service=port)
    factory = GstRtspServer.RTSPMediaFactory(launch=f"( {pipeline(what)} )", shared=True)
    if login:
        ask_for(login[0], server, factory)
    server.get_mount_points().add_factory("/street", factory)
    server.attach(None)
    print("ready", flush=True)
    GLib.MainLoop().run()


def pipeline(what: str) -> str:
    if what in CODERS:
        return f"{PICTURES} ! {CODERS[what]}"
    whole = "h264parse ! video/x-h264,alignment=au"
    return f'filesrc location="{what}" ! qtdemux ! {whole} ! rtph264pay name=pay0 pt=96 config-interval=-1'


def ask_for(login: str, server: "GstRtspServer.RTSPServer", factory: "GstRtspServer.RTSPMediaFactory") -> None:
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "user")
    auth = GstRtspServer.RTSPAuth()
    auth.add_basic(GstRtspServer.RTSPAuth.make_basic(*login.split(":")), token)
    server.set_auth(auth)
    rights = "user, media.factory.access=true, media.factory.construct=true"
    factory.add_role_from_structure(Gst.Structure.from_string(rights)[0])


main()
