"""Listens by WHEP with GStreamer's webrtcbin, asks for what it misses, and takes RTX and RED: a receiver that shares no code with the server.

    whep_client.py URL TOKEN FILE

Prints what its jitter buffer and its RED and RTX receivers counted, as JSON, for each line on the standard input, and leaves at its end.
What was heard is in FILE as 16-bit mono PCM of 48 kHz.
"""
import json
import sys
import threading
import urllib.parse
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

PATIENCE = 20

# RED comes to who calls Opus 111 only: the blocks of a RED payload, which all listeners share, name it.
OPUS = 111


def send(method, url, token, body=None):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/sdp"}
    request = urllib.request.Request(url, body, headers, method=method)
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:
        return response.headers, response.read().decode()


def tell(text):
    print(text, flush=True)


class Listener:
    def __init__(self, url, token, path):
        self.url, self.token, self.path = url, token, path
        self.pipeline = Gst.Pipeline()
        self.webrtc = Gst.ElementFactory.make("webrtcbin")
        self.webrtc.set_property("bundle-policy", "max-bundle")
        self.webrtc.set_property("latency", 200)
        self.pipeline.add(self.webrtc)
        self.found = {}
        self.pipeline.connect("deep-element-added", self.element_added)
        self.webrtc.connect("pad-added", self.pad_added)
        self.webrtc.connect("notify::connection-state", self.state_changed)
        caps = Gst.Caps.from_string(f"application/x-rtp,media=audio,encoding-name=OPUS,clock-rate=48000,encoding-params=(string)2,payload={OPUS}")
        transceiver = self.webrtc.emit("add-transceiver", GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY, caps)
        transceiver.set_property("do-nack", True)
        # RED is offered with forward error correction, which the answer leaves out.
        transceiver.set_property("fec-type", GstWebRTC.WebRTCFECType.ULP_RED)

    def connect(self):
        self.pipeline.set_state(Gst.State.PLAYING)
        created = Gst.Promise.new()
        self.webrtc.emit("create-offer", None, created)
        created.wait()
        # The offer lives as long as the reply.
        reply = created.get_reply()
        offer = reply.get_value("offer")
        self.settle("set-local-description", offer)
        headers, answer = send("POST", self.url, self.token, offer.sdp.as_text().encode())
        self.session = urllib.parse.urljoin(self.url, headers["Location"])
        _, message = GstSdp.SDPMessage.new_from_text(answer)
        self.settle("set-remote-description", GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message))

    def settle(self, action, description):
        settled = Gst.Promise.new()
        self.webrtc.emit(action, description, settled)
        settled.wait()

    def element_added(self, _bin, _parent, element):
        factory = element.get_factory()
        if factory is not None and factory.get_name() in ("rtpjitterbuffer", "rtprtxreceive", "rtpreddec"):
            self.found.setdefault(factory.get_name(), []).append(element)

    def pad_added(self, _webrtc, pad):
        if pad.direction != Gst.PadDirection.SRC:
            return
        sink = Gst.parse_bin_from_description(
            "rtpopusdepay ! opusdec plc=true ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,channels=1,rate=48000"
            f" ! filesink buffer-mode=unbuffered location={self.path}",
            True,
        )
        self.pipeline.add(sink)
        sink.sync_state_with_parent()
        pad.link(sink.get_static_pad("sink"))

    def state_changed(self, webrtc, _property):
        if webrtc.get_property("connection-state") == GstWebRTC.WebRTCPeerConnectionState.CONNECTED:
            tell("connected")

    def statistics(self):
        totals = {}
        for name, elements in self.found.items():
            for element in elements:
                if name == "rtpjitterbuffer":
                    stats = element.get_property("stats")
                    for key in ("num-pushed", "num-lost", "rtx-count", "rtx-success-count"):
                        totals[key] = totals.get(key, 0) + stats.get_value(key)
                elif name == "rtprtxreceive":
                    for key in ("num-rtx-requests", "num-rtx-packets", "num-rtx-assoc-packets"):
                        totals[key] = totals.get(key, 0) + element.get_property(key)
                else:
                    totals["red-received"] = totals.get("red-received", 0) + element.get_property("received")
        return totals


def main(url, token, path):
    Gst.init(None)
    loop = GLib.MainLoop()
    listener = Listener(url, token, path)
    listener.connect()

    def wait():
        for _ in sys.stdin:
            tell(json.dumps(listener.statistics()))
        send("DELETE", listener.session, token)
        loop.quit()

    threading.Thread(target=wait, daemon=True).start()
    loop.run()
    listener.pipeline.set_state(Gst.State.NULL)


main(*sys.argv[1:])
