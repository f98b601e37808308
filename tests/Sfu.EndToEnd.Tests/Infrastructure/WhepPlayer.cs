using System.Text.Json;
using Microsoft.Playwright;

namespace Sfu.EndToEnd.Tests;

/// <summary>A browser that listens by WHEP without our client: a page of nothing but a peer connection.</summary>
internal sealed class WhepPlayer
{
    private const float ExpectTimeout = 20_000;

    private const string RestartScript =
        """
        async () => {
          const pc = probe.connections[0];
          const offer = await pc.createOffer({ iceRestart: true });
          await pc.setLocalDescription(offer);
          const lines = name => new RegExp(`^a=${name}:.*$`, 'm');
          window.fragment = /^a=ice-ufrag:(\S+)/m.exec(offer.sdp)[1];
          const fragment = [offer.sdp.match(lines('ice-ufrag'))[0].trim(), offer.sdp.match(lines('ice-pwd'))[0].trim(), 'm=audio 9 UDP/TLS/RTP/SAVPF 0', 'a=mid:0', ''].join('\r\n');
          const response = await fetch(session, {
            method: 'PATCH', body: fragment, headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' },
          });
          const answered = await response.text();
          let sdp = answer;
          for (const name of ['ice-ufrag', 'ice-pwd'])
            sdp = sdp.replace(new RegExp(`^a=${name}:.*$`, 'mg'), answered.match(lines(name))[0].trim());
          await pc.setRemoteDescription({ type: 'answer', sdp });
          return response.status;
        }
        """;

    private readonly IPage _page;

    private WhepPlayer(IPage page) => _page = page;

    /// <summary>Returns as soon as it is connected.</summary>
    /// <param name="lines">How many m-lines it offers.</param>
    /// <param name="opus">Its payload type of Opus.</param>
    public static async Task<WhepPlayer> Listen(IBrowser browser, Uri server, string room, string token, int lines, int opus)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { BypassCSP = true });
        await context.AddInitScriptAsync(Probe.Script);
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(ExpectTimeout);
        await page.GotoAsync(new Uri(server, "/healthz").ToString());
        await page.EvaluateAsync(
            """
            async ({ room, token, lines, opus }) => {
              const pc = new RTCPeerConnection();
              // Chromium plays a remote track to others only when an element plays it.
              pc.ontrack = event => Object.assign(new Audio(), { srcObject: new MediaStream([event.track]) }).play();
              for (let i = 0; i < lines; i++) pc.addTransceiver('audio', { direction: 'recvonly' });
              const offer = await pc.createOffer();
              const sdp = offer.sdp.replace(/^(m=audio .*?) 111 /mg, `$1 ${opus} `)
                .replace(/^(a=(rtpmap|fmtp|rtcp-fb)):111 /mg, `$1:${opus} `)
                .replaceAll('111/111', `${opus}/${opus}`);
              await pc.setLocalDescription({ type: 'offer', sdp });
              const response = await fetch(`/whep/${room}`, {
                method: 'POST', body: sdp, headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${token}` },
              });
              window.session = response.headers.get('Location');
              window.answer = await response.text();
              await pc.setRemoteDescription({ type: 'answer', sdp: window.answer });
            }
            """,
            new { room, token, lines, opus = $"{opus}" });
        await page.WaitForFunctionAsync("() => probe.connections[0].connectionState === 'connected'");
        return new WhepPlayer(page);
    }

    /// <summary>How many of its m-lines the server plays something on.</summary>
    public Task<int> Lines() =>
        _page.EvaluateAsync<int>("() => probe.connections[0].getTransceivers().filter(t => t.currentDirection === 'recvonly').length");

    /// <summary>What each of those plays for a while.</summary>
    public async Task<IReadOnlyList<HeardSlot>> Listen(TimeSpan duration)
    {
        JsonElement result = await _page.EvaluateAsync<JsonElement>("ms => probe.record(ms)", (int)duration.TotalMilliseconds);
        return [.. result.EnumerateArray().Select(HeardSlot.Read)];
    }

    /// <summary>The payload types of what it receives.</summary>
    public Task<int[]> PayloadTypes() => _page.EvaluateAsync<int[]>(
        """
        async () => {
          const reports = [...(await probe.connections[0].getStats()).values()];
          return reports.filter(r => r.type === 'inbound-rtp' && r.packetsReceived > 0).map(r => reports.find(c => c.id === r.codecId).payloadType);
        }
        """);

    /// <summary>Sends a fragment of trickle ICE with the credentials of another ICE generation, and goes on with what is answered.</summary>
    /// <returns>The status, as soon as media comes by a path of the new generation.</returns>
    public async Task<int> RestartIce()
    {
        int status = await _page.EvaluateAsync<int>(RestartScript);
        await _page.WaitForFunctionAsync(
            """
            async () => {
              const reports = await probe.connections[0].getStats();
              const transport = [...reports.values()].find(r => r.type === 'transport');
              const pair = reports.get(transport.selectedCandidatePairId);
              return pair && reports.get(pair.localCandidateId).usernameFragment === window.fragment;
            }
            """);
        return status;
    }

    /// <returns>The status.</returns>
    public Task<int> Delete() => _page.EvaluateAsync<int>("async () => (await fetch(session, { method: 'DELETE' })).status");
}
