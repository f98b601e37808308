using Sfu.Dtls;
using Sfu.LoadTest.Net;
using Sfu.Net;
using Sfu.Srtp;
using Sfu.TestKit.Ice;

namespace Sfu.LoadTest.Clients;

/// <summary>One client: its path to the server, its ICE and its keys.</summary>
/// <param name="number">Listeners first, then speakers.</param>
/// <param name="socket">Of the receive thread that owns it.</param>
/// <param name="address">Its own IPv4 address.</param>
internal sealed class LoadClient(int number, ClientSocket socket, uint address, bool isSpeaker)
{
    private readonly TaskCompletionSource<string?> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Number => number;

    public bool IsSpeaker => isSpeaker;

    public uint MicrophoneSsrc => MicrophoneSsrcOf(number);

    public required TransportAddress Server { get; init; }

    public required TestIceClient Ice { get; init; }

    /// <summary>Of the first slot, as the offer says.</summary>
    public required uint FirstSsrc { get; init; }

    /// <summary>The server's RTP timestamps for this client are not those for others.</summary>
    public required bool HasOwnTimeline { get; init; }

    /// <summary>Of the offer; the server's certificate must match.</summary>
    public required Fingerprint ServerFingerprint { get; init; }

    /// <summary>The handshake threads' alone.</summary>
    public DtlsHandshake? Handshake { get; set; }

    /// <summary>Owner's thread; true when the handshake was asked for.</summary>
    public bool HasBegunHandshake { get; set; }

    public SrtpSender? Sender { get; set; }

    public SrtpReceiver? Receiver { get; set; }

    /// <summary>CLOCK_REALTIME nanoseconds; 0 until then.</summary>
    public long ConnectedAt { get; set; }

    /// <summary>The arrival of the first packet of any slot, on the same clock; 0 until then.</summary>
    public long HeardAt { get; set; }

    public static uint MicrophoneSsrcOf(int number) => (uint)(0x1000 + number);

    /// <summary>Null when there are keys, else why not.</summary>
    public Task<string?> Connected => _connected.Task;

    public void Finish(string? failure) => _connected.TrySetResult(failure);

    /// <summary>Any thread.</summary>
    public bool Send(ReadOnlySpan<byte> datagram) => socket.Send(address, Server, datagram);
}
