using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Node;
using Sfu.Rooms;
using Sfu.Sdp;
using Sfu.Srtp;
using Sfu.TestKit.Ice;
using Sfu.TestKit.Net;
using Sfu.TestKit.Node;
using Sfu.TestKit.Sdp;
using Sfu.Tests.Dtls;
using Sfu.Time;
using Sfu.Workers;

namespace Sfu.Tests.Workers;

/// <summary>What a connected listener keeps in the media core; its WebSocket is not part of it.</summary>
[Collection(RunsAlone.Name)]
public sealed class ListenerMemoryTests(ITestOutputHelper output)
{
    private const int Listeners = 5_000;
    private const long RoomKey = 1;
    private const int MostBytes = 4 * 1024;

    private static readonly SfuOptions Options = new() { Workers = 1, Port = 0, BindAddresses = [IPAddress.Loopback] };

    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm)]
    [InlineData(SrtpProfile.AeadAes256Gcm)]
    [InlineData(SrtpProfile.AesCm128HmacSha1_80)]
    public async Task A_connected_listener_takes_at_most_4_KiB_among_5000(SrtpProfile profile)
    {
        long control = await OfControlPlane();
        long media = OfMedia(profile);
        output.WriteLine($"{profile}: session and participant {control} bytes, peer and keys {media} bytes a listener");

        Assert.InRange(control + media, 1, MostBytes);
    }

    /// <summary>Session and participant as the node holds them.</summary>
    private static async Task<long> OfControlPlane()
    {
        await using var node = SfuNode.Start(Options with { MaxAudience = Listeners + 1 }, TimeProvider.System, NullLoggerFactory.Instance);
        var observer = new RecordingObserver();
        var sessions = new List<Session>(Listeners + 1);
        void Join(int number)
        {
            var request = new JoinRequest("room", $"listener-{number}", $"Listener {number}", Role.Audience, OnStage: false);
            Assert.Equal(RoomError.None, node.Join(request, observer, out Session? session, out _));
            sessions.Add(session!);
        }

        Join(0);
        long before = Settled();
        for (int i = 1; i <= Listeners; i++)
            Join(i);
        long grown = Settled() - before;
        GC.KeepAlive(sessions);
        return grown / Listeners;
    }

    /// <summary>A worker's part: ICE with its path, keys, microphone, listener and timers.</summary>
    private static long OfMedia(SrtpProfile profile)
    {
        var clock = new MediaClock(TimeProvider.System);
        using var core = new WorkerCore(
            0, Options, new NullSender(), new TagBatch(), new NoHandshakes(), new NoOwner(), new NoLinks(), clock, new DropCounters());
        core.OpenRoom(RoomKey, home: 0, Options.Slots);
        Connect(core, 0, profile, clock.Now);
        long before = Settled();
        for (int i = 1; i <= Listeners; i++)
            Connect(core, i, profile, clock.Now);
        long grown = Settled() - before;
        Assert.Equal(0, core.Drops[DropReason.DtlsFingerprintMismatch]);
        GC.KeepAlive(core);
        return grown / Listeners;
    }

    private static void Connect(WorkerCore core, int number, SrtpProfile profile, Instant now)
    {
        IceCredentials server = IceCredentials.Create();
        IceCredentials client = IceCredentials.Create();
        byte[] certificate = BitConverter.GetBytes(number);
        var path = new NetworkPath(0, TransportAddress.FromIPv4(0x7F01_0000 + (uint)number, 5_000));
        core.AddPeer(RoomKey, number, server, csrc: (uint)number + 1, new NoObserver());
        core.ApplyAnswer(number, ReadAnswer(client, Fingerprint.OfCertificate(certificate)));
        core.Receive(new IceCheck(server, client) { UseCandidate = true }.ToBytes(), path, now);
        byte[] material = new byte[SrtpKeys.KeyingMaterialLength(profile)];
        Random.Shared.NextBytes(material);
        core.CompleteHandshake(number, new DtlsResult(DtlsRole.Server, profile, material, certificate, new DtlsFinalFlight(new byte[75])));
    }

    private static Answer ReadAnswer(IceCredentials ice, Fingerprint fingerprint) =>
        AnswerReader.TryRead(new TestAnswer(ice, fingerprint).ToString(), Options.Slots, out Answer? answer, out _)
            ? answer!
            : throw new InvalidOperationException("The answer is bad.");

    private static long Settled()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private sealed class NoHandshakes : IHandshakes
    {
        public bool Begin(long peerKey, IHandshakeOwner owner) => true;

        public DropReason Receive(long peerKey, IHandshakeOwner owner, ReadOnlySpan<byte> datagram) => DropReason.None;

        public void Abandon(long peerKey, IHandshakeOwner owner)
        {
        }
    }

    private sealed class NoOwner : IHandshakeOwner
    {
        public void SendHandshake(long peerKey, ReadOnlySpan<byte> datagram)
        {
        }

        public void HandshakeCompleted(long peerKey, DtlsResult result)
        {
        }

        public void HandshakeFailed(long peerKey, string reason)
        {
        }
    }

    private sealed class NoLinks : IWorkerLinks
    {
        public bool TryPost(int worker, in CrossingHeader header, ReadOnlySpan<byte> payload) => true;
    }

    private sealed class NoObserver : Sfu.Peers.IPeerObserver
    {
        public void OnMediaState(Sfu.Peers.MediaState state)
        {
        }

        public void OnRedundancy(bool isOn)
        {
        }

        public void OnFingerprintMismatch()
        {
        }
    }
}
