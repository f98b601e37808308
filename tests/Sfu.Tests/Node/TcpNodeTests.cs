using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Sfu.Diagnostics;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Node;
using Sfu.Rooms;
using Sfu.Stun;
using Sfu.Tcp;
using Sfu.TestKit.Ice;
using Sfu.TestKit.Node;
using Sfu.Tests.Tcp;

namespace Sfu.Tests.Node;

/// <summary>From the node's one TCP port to the worker of a peer, and back.</summary>
public sealed class TcpNodeTests : IAsyncDisposable
{
    private const int Workers = 3;

    private readonly SfuNode _node = SfuNode.Start(
        new SfuOptions { Workers = Workers, Port = 0, TcpPort = 0, BindAddresses = [IPAddress.Loopback] },
        TimeProvider.System,
        NullLoggerFactory.Instance);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Each_peer_is_answered_on_the_same_port_whatever_its_worker()
    {
        for (int i = 0; i < 2 * Workers; i++)
        {
            string sdp = Offer($"guest{i}");
            using Socket client = await Connect(sdp);
            IceCredentials server = ServerOf(sdp);

            await TcpHarness.Send(client, FrameTests.Framed(new IceCheck(server, IceCredentials.Create()) { UseCandidate = true }.ToBytes()));

            AssertAnswer(await ReadFrame(client), server, client);
        }

        Assert.Equal(2 * Workers, _node.Snapshot().Tcp!.Opened);
        Assert.Equal(Workers, _node.Snapshot().Workers.Count(worker => worker.Drops[DropReason.StunUnknownUser] == 0));
    }

    [Fact]
    public async Task A_restart_is_answered_on_the_connection_that_is_there()
    {
        Session session = Join("ann");
        string first = session.CreateOffer().Sdp;
        using Socket client = await Connect(first);
        await TcpHarness.Send(client, FrameTests.Framed(new IceCheck(ServerOf(first), IceCredentials.Create()) { UseCandidate = true }.ToBytes()));
        AssertAnswer(await ReadFrame(client), ServerOf(first), client);

        string second = session.RestartIce().Sdp;
        await TcpHarness.Send(client, FrameTests.Framed(new IceCheck(ServerOf(second), IceCredentials.Create()) { UseCandidate = true }.ToBytes()));

        AssertAnswer(await ReadFrame(client), ServerOf(second), client);
    }

    [Fact]
    public async Task A_check_that_names_a_worker_and_no_peer_is_dropped_there_and_not_answered()
    {
        using Socket stranger = await Connect(Offer("ann"));

        await TcpHarness.Send(stranger, FrameTests.Framed(TcpHarness.Check(worker: 1)));

        await TcpHarness.Until(() => _node.Snapshot().Workers[1].Drops[DropReason.StunUnknownUser] == 1);
        Assert.Equal(0, stranger.Available);
        Assert.Equal(0, _node.Snapshot().Tcp!.FramesSent);
    }

    [Fact]
    public async Task The_port_is_offered_behind_the_udp_ports_and_only_where_it_is_on()
    {
        await using SfuNode udpOnly = SfuNode.Start(
            new SfuOptions { Workers = 1, Port = 0, BindAddresses = [IPAddress.Loopback] }, TimeProvider.System, NullLoggerFactory.Instance);
        udpOnly.Join(Request("ann"), new RecordingObserver(), out Session? session, out _);

        string[] candidates = [.. Lines(Offer("ann"), "a=candidate:").Distinct()];
        Assert.Equal(2, candidates.Length);
        Assert.EndsWith("typ host", candidates[0], StringComparison.Ordinal);
        Assert.EndsWith("typ host tcptype passive", candidates[1], StringComparison.Ordinal);
        Assert.DoesNotContain("tcptype", session!.CreateOffer().Sdp, StringComparison.Ordinal);
        Assert.Null(udpOnly.Snapshot().Tcp);
    }

    private static JoinRequest Request(string identity) => new("lobby", identity, identity, Role.Speaker, OnStage: false);

    private static void AssertAnswer(byte[] frame, IceCredentials server, Socket client)
    {
        Assert.Equal(DropReason.None, StunMessage.TryRead(frame, out StunMessage answer));
        Assert.Equal(StunMessageType.BindingSuccessResponse, answer.Type);
        Assert.True(answer.HasValidIntegrity(System.Text.Encoding.ASCII.GetBytes(server.Password)));
        Assert.Equal(TransportAddress.From((IPEndPoint)client.LocalEndPoint!), answer.XorMappedAddress);
    }

    private static async Task<Socket> Connect(string sdp)
    {
        string[] fields = Lines(sdp, "a=candidate:").First(line => line.Contains(" tcp ", StringComparison.Ordinal)).Split(' ');
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Parse(fields[4]), int.Parse(fields[5], CultureInfo.InvariantCulture), TestContext.Current.CancellationToken);
        return client;
    }

    private static IceCredentials ServerOf(string sdp) => new(Lines(sdp, "a=ice-ufrag:").First(), Lines(sdp, "a=ice-pwd:").First());

    private static IEnumerable<string> Lines(string sdp, string prefix) =>
        sdp.Split("\r\n").Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..]);

    private static async Task<byte[]> ReadFrame(Socket client)
    {
        byte[] prefix = await Read(client, Frame.PrefixLength);
        return await Read(client, BinaryPrimitives.ReadUInt16BigEndian(prefix));
    }

    private static async Task<byte[]> Read(Socket client, int length)
    {
        byte[] buffer = new byte[length];
        for (int read = 0; read < length;)
        {
            int received = await client.ReceiveAsync(buffer.AsMemory(read), TestContext.Current.CancellationToken);
            Assert.True(received > 0, "The connection was closed.");
            read += received;
        }

        return buffer;
    }

    private string Offer(string identity) => Join(identity).CreateOffer().Sdp;

    private Session Join(string identity)
    {
        Assert.Equal(RoomError.None, _node.Join(Request(identity), new RecordingObserver(), out Session? session, out _));
        return session!;
    }
}
