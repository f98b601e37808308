"""Publishes a sound file by WHIP, or keeps what a room plays by WHEP, with aiortc: a client that shares no code with the server.

    whip_client.py publish|listen URL TOKEN FILE

Goes on until a line comes on the standard input, then sends DELETE. What was heard is in FILE as 16-bit mono PCM of 48 kHz.
"""
import array
import asyncio
import sys
import urllib.error
import urllib.parse
import urllib.request

import aioice.ice
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaPlayer
from aiortc.mediastreams import MediaStreamError

PATIENCE = 20

# A machine without a network has no other address to gather.
aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]


def send(method, url, token, body=None):
    headers = {"Authorization": f"Bearer {token}"}
    if body is not None:
        headers["Content-Type"] = "application/sdp"
    request = urllib.request.Request(url, body, headers, method=method)
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:
        return response.status, response.headers, response.read().decode()


def tell(text):
    print(text, flush=True)


async def keep(track, path):
    with open(path, "wb") as file:
        try:
            while True:
                frame = await track.recv()
                # Stereo, interleaved; the planes are padded.
                samples = array.array("h", bytes(frame.planes[0])[: 4 * frame.samples])
                file.write(samples[::2].tobytes())
        except MediaStreamError:
            pass


async def main(purpose, url, token, path):
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    connected = asyncio.Event()
    keepers = []

    @connection.on("connectionstatechange")
    def state_changed():
        if connection.connectionState == "connected":
            connected.set()

    @connection.on("track")
    def track_added(track):
        keepers.append(asyncio.ensure_future(keep(track, path)))

    if purpose == "publish":
        connection.addTransceiver(MediaPlayer(path).audio, direction="sendonly")
    else:
        connection.addTransceiver("audio", direction="recvonly")
    await connection.setLocalDescription(await connection.createOffer())
    offer = connection.localDescription.sdp.encode()
    _, headers, answer = await asyncio.to_thread(send, "POST", url, token, offer)
    session = urllib.parse.urljoin(url, headers["Location"])
    await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    await asyncio.wait_for(connected.wait(), PATIENCE)
    tell("connected")

    await asyncio.to_thread(sys.stdin.readline)
    status, _, _ = await asyncio.to_thread(send, "DELETE", session, token)
    tell(f"deleted {status}")
    try:
        await asyncio.to_thread(send, "DELETE", session, token)
    except urllib.error.HTTPError as error:
        tell(f"again {error.code}")
    await connection.close()
    for keeper in keepers:
        keeper.cancel()


asyncio.run(main(*sys.argv[1:]))
