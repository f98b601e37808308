using System.Text;
using Sfu.Dtls;
using Sfu.Ice;

namespace Sfu.TestKit.Sdp;

/// <summary>An answer to the server's offer as a careful client writes it; each property bends one thing.</summary>
public sealed record TestAnswer(IceCredentials Ice, Fingerprint Fingerprint)
{
    /// <summary>As offered.</summary>
    public int Slots { get; init; } = 3;

    /// <summary>Null leaves the SSRC out.</summary>
    public uint? MicrophoneSsrc { get; init; } = 0x0A0B_0C0D;

    public string MicrophoneDirection { get; init; } = "sendonly";

    public byte OpusPayloadType { get; init; } = 111;

    public bool Red { get; init; } = true;

    /// <summary>As a client library puts it back into a browser's answer.</summary>
    public bool Nack { get; init; }

    /// <summary>The slots' packets are sent again as RTX.</summary>
    public bool Rtx { get; init; }

    /// <summary>Null leaves the extension out.</summary>
    public byte? AudioLevelExtensionId { get; init; } = 1;

    /// <summary>The microphone answers NACKs.</summary>
    public bool MicrophoneNack { get; init; }

    public string Setup { get; init; } = "active";

    public string NewLine { get; init; } = "\r\n";

    public override string ToString()
    {
        var sdp = new StringBuilder();
        Append(sdp, "v=0", "o=- 4611731400430051336 2 IN IP4 127.0.0.1", "s=-", "t=0 0");
        Append(sdp, $"a=group:BUNDLE {string.Join(' ', Enumerable.Range(0, Slots + 1))}", "a=msid-semantic: WMS");
        for (int mid = 0; mid <= Slots; mid++)
            AppendSection(sdp, mid);
        return sdp.ToString();
    }

    private void AppendSection(StringBuilder sdp, int mid)
    {
        bool isMicrophone = mid == 0;
        int opus = isMicrophone ? OpusPayloadType : 111;
        bool rtx = Rtx && !isMicrophone;
        Append(sdp, $"m=audio 9 UDP/TLS/RTP/SAVPF {opus}{(Red ? " 63" : "")}{(rtx ? " 112 113" : "")}", "c=IN IP4 0.0.0.0");
        Append(sdp, $"a=ice-ufrag:{Ice.UsernameFragment}", $"a=ice-pwd:{Ice.Password}");
        Append(sdp, $"a=fingerprint:{Fingerprint}", $"a=setup:{Setup}", $"a=mid:{mid}");
        if (AudioLevelExtensionId is { } id)
            Append(sdp, $"a=extmap:{id} urn:ietf:params:rtp-hdrext:ssrc-audio-level");
        Append(sdp, isMicrophone ? $"a={MicrophoneDirection}" : "a=recvonly", "a=rtcp-mux");
        Append(sdp, $"a=rtpmap:{opus} opus/48000/2", $"a=fmtp:{opus} minptime=10;useinbandfec=1");
        if (Nack)
            Append(sdp, $"a=rtcp-fb:{opus} nack");
        if (Red)
            Append(sdp, "a=rtpmap:63 red/48000/2", $"a=fmtp:63 {opus}/{opus}");
        if (rtx)
            Append(sdp, "a=rtpmap:112 rtx/48000", "a=fmtp:112 apt=111", "a=rtpmap:113 rtx/48000", "a=fmtp:113 apt=63");
        if (isMicrophone && MicrophoneNack)
            Append(sdp, $"a=rtcp-fb:{opus} nack");
        if (isMicrophone && MicrophoneSsrc is { } ssrc)
            Append(sdp, "a=msid:- 3f9e1e5c", $"a=ssrc:{ssrc} cname:test-client");
    }

    private void Append(StringBuilder sdp, params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines)
            sdp.Append(line).Append(NewLine);
    }
}
