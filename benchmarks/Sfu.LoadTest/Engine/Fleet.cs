using Sfu.Dtls;
using Sfu.Ice;
using Sfu.LoadTest.Clients;
using Sfu.LoadTest.Handshakes;
using Sfu.LoadTest.Net;
using Sfu.LoadTest.Options;
using Sfu.LoadTest.Receiving;
using Sfu.LoadTest.Signalling;
using Sfu.LoadTest.Speaking;
using Sfu.Net;
using Sfu.TestKit.Ice;
using Sfu.Time;

namespace Sfu.LoadTest.Engine;

/// <summary>All clients with the threads and sockets that they share. Client n is listener n; speakers come behind the listeners.</summary>
internal sealed class Fleet : IDisposable
{
    private const int ReceiveBufferBytes = 256 << 20;
    private const int WorthAWarning = 16 << 20;

    private readonly LoadOptions _options;
    private readonly LoadClient?[] _clients;
    private readonly DtlsContext _dtls;
    private readonly ClientHandshakes _handshakes;
    private readonly ReceiveThread[] _threads;
    private readonly PacingThread _pacing;

    public Fleet(LoadOptions options, Action<string> warn)
    {
        _options = options;
        Speech = Speech.Load();
        Desk = new SpeakerDesk(Speech, options.Rooms * options.Speakers);
        _clients = new LoadClient?[options.Listeners + Desk.Count];
        var clock = new MediaClock(TimeProvider.System);
        _dtls = new DtlsContext(DtlsCertificate.Create(DateTimeOffset.UtcNow), profiles: options.Profiles);
        _handshakes = new ClientHandshakes(_dtls, clock);
        _threads = [.. Enumerable.Range(0, options.Threads).Select(index => NewThread(index, clock))];
        _pacing = new PacingThread(Desk, new TurnSchedule(options.Speakers, options.Speech, Measured), options.Speakers, options.IsAligned, Measured);
        int granted = _threads.Min(thread => thread.Socket.GrantedReceiveBuffer);
        if (granted < WorthAWarning)
            warn($"The kernel grants a receive buffer of {granted / 1024} KiB only (net.core.rmem_max, or run as root): packets may be lost in this tool.");
        foreach (ReceiveThread thread in _threads)
            thread.Start();
    }

    public Speech Speech { get; }

    public SpeakerDesk Desk { get; }

    public MeasuredTime Measured { get; } = new();

    public IReadOnlyList<ReceiveThread> Threads => _threads;

    public ReadOnlySpan<LoadClient?> Clients => _clients;

    public Fingerprint Fingerprint => _dtls.Certificate.Fingerprint;

    public long SocketDrops => _threads.Sum(thread => thread.Socket.Drops);

    public bool IsRamping
    {
        set
        {
            foreach (ReceiveThread thread in _threads)
                thread.IsRamping = value;
        }
    }

    /// <summary>A client that knows its server. It connects as soon as it is posted to its thread.</summary>
    public LoadClient NewClient(int number, ServerMedia media) =>
        new(number, ThreadOf(number).Socket, _options.ClientNetwork.AddressOf(number), number >= _options.Listeners)
        {
            Server = media.Address,
            FirstSsrc = media.FirstSsrc,
            HasOwnTimeline = media.HasOwnTimeline,
            Ice = new TestIceClient(IceCredentials.Create(), media.Ice, (ulong)number + 1),
            ServerFingerprint = media.Fingerprint,
        };

    /// <summary>Of a speaker that does not join.</summary>
    public PlainMicrophone NewPlainMicrophone(int number, TransportAddress destination) =>
        new(ThreadOf(number).Socket, _options.ClientNetwork.AddressOf(number), destination, LoadClient.MicrophoneSsrcOf(number));

    public ReceiveThread ThreadOf(int number) => _threads[number % _threads.Length];

    public void StartSpeech() => _pacing.Start();

    public void StopSpeech() => _pacing.Stop();

    public void StopReceiving()
    {
        foreach (ReceiveThread thread in _threads)
            thread.Stop();
    }

    /// <summary>After <see cref="StopReceiving"/>.</summary>
    public void Dispose()
    {
        _handshakes.Dispose();
        foreach (ReceiveThread thread in _threads)
            thread.Dispose();
        foreach (LoadClient? client in _clients)
        {
            client?.Sender?.Dispose();
            client?.Receiver?.Dispose();
        }

        _dtls.Dispose();
    }

    private ReceiveThread NewThread(int index, MediaClock clock)
    {
        var meter = new SlotMeter(_clients, _options.Listeners, _options.Rooms, Desk, Measured, new Injection(_options.InjectedLoss, (ulong)index + 1));
        return new ReceiveThread(index, new ClientSocket(ReceiveBufferBytes, _options.Coalesces), _clients, _options.ClientNetwork, meter, _handshakes, clock);
    }
}
