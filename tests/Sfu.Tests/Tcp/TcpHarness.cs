using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Tcp;
using Sfu.TestKit.Ice;
using Sfu.Time;

namespace Sfu.Tests.Tcp;

/// <summary>A TCP port on loopback whose workers only write down what they get; its time is the test's.</summary>
internal sealed class TcpHarness : IFrameReceiver, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly List<Socket> _clients = [];

    public TcpHarness(SfuOptions? options = null)
    {
        options ??= new SfuOptions();
        Server = new TcpServer(options with { TcpPort = 0, BindAddresses = [IPAddress.Loopback] }, new MediaClock(_time), NullLogger.Instance);
        Server.Start(this);
    }

    public TcpServer Server { get; }

    public int Count => 4;

    public ConcurrentQueue<(int Worker, NetworkPath Path, byte[] Packet)> Received { get; } = [];

    /// <summary>Workers have no room.</summary>
    public bool IsFull { get; set; }

    /// <summary>A check as a client of that worker sends it.</summary>
    public static byte[] Check(int worker) => new IceCheck(RoutedFragment.Create(worker), IceCredentials.Create()).ToBytes();

    public async Task<Socket> Connect()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _clients.Add(client);
        await client.ConnectAsync(Server.Bound[0], TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Connects, sends a check and waits until the worker has it.</summary>
    public async Task<(Socket Client, NetworkPath Path)> ConnectToWorker(int worker = 0)
    {
        Socket client = await Connect();
        int before = Received.Count;
        await Send(client, FrameTests.Framed(Check(worker)));
        await Until(() => Received.Count > before);
        return (client, Received.Last().Path);
    }

    /// <summary>Waits until the server has closed a new connection; often that is before anybody here knows that it was open.</summary>
    public async Task ConnectInVain()
    {
        try
        {
            await ReadToEnd(await Connect());
        }
        catch (SocketException)
        {
            // Reset.
        }
    }

    public static async Task Send(Socket client, byte[] bytes) =>
        Assert.Equal(bytes.Length, await client.SendAsync(bytes.AsMemory(), TestContext.Current.CancellationToken));

    public void Advance(TimeSpan span) => _time.Advance(span);

    /// <summary>Waits for what another thread does, and fails when it does not.</summary>
    public static async Task Until(Func<bool> condition)
    {
        DateTime end = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, "It did not happen.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the server has closed it.</summary>
    public static async Task ReadToEnd(Socket client)
    {
        byte[] buffer = new byte[1_024];
        try
        {
            while (await client.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset.
        }
    }

    public bool TryPost(int worker, in NetworkPath path, ReadOnlySpan<byte> packet)
    {
        if (!IsFull)
            Received.Enqueue((worker, path, packet.ToArray()));
        return !IsFull;
    }

    public void Dispose()
    {
        Server.Dispose();
        _clients.ForEach(client => client.Dispose());
    }
}
