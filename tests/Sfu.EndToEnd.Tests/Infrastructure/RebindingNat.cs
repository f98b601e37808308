using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sfu.EndToEnd.Tests;

/// <summary>A NAT between the clients and the server's media port, on 127.0.0.2; it can forget a client's binding and make another one.</summary>
internal sealed class RebindingNat : IAsyncDisposable
{
    /// <summary>RFC 7983: first bytes of RTP and RTCP; what is below the first is STUN or DTLS.</summary>
    private const byte FirstMedia = 128;
    private const byte LastMedia = 191;
    private const byte LastStun = 3;

    private readonly UdpClient _front;
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<IPEndPoint, Binding> _bindings = [];
    private readonly List<Task> _tasks = [];

    public RebindingNat(int mediaPort)
    {
        _server = new IPEndPoint(IPAddress.Loopback, mediaPort);
        _front = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), mediaPort));
        _tasks.Add(Forward());
    }

    /// <summary>Gives the client that hears most another port towards the server; the old one leads nowhere from now on.</summary>
    /// <returns>How long media takes to come back, from the first check on that goes the new way.</returns>
    public Task<TimeSpan> RebindListener()
    {
        Binding binding;
        lock (_bindings)
        {
            (IPEndPoint client, Binding old) = _bindings.MaxBy(pair => pair.Value.Heard);
            old.IsForgotten = true;
            binding = Open(client);
        }

        return binding.BackAfter.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_tasks);
        _front.Dispose();
        _stop.Dispose();
    }

    private async Task Forward()
    {
        try
        {
            while (true)
            {
                UdpReceiveResult received = await _front.ReceiveAsync(_stop.Token);
                Binding? binding;
                lock (_bindings)
                {
                    if (!_bindings.TryGetValue(received.RemoteEndPoint, out binding))
                        binding = Open(received.RemoteEndPoint);
                }

                if (received.Buffer[0] <= LastStun && binding.Checked == 0)
                    binding.Checked = Stopwatch.GetTimestamp();
                await binding.Socket.SendAsync(received.Buffer, _server, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            lock (_bindings)
            {
                foreach (Binding binding in _bindings.Values)
                    binding.Socket.Dispose();
            }
        }
    }

    private Binding Open(IPEndPoint client)
    {
        var binding = new Binding(new UdpClient(new IPEndPoint(IPAddress.Loopback, 0)));
        _bindings[client] = binding;
        _tasks.Add(Return(binding, client));
        return binding;
    }

    private async Task Return(Binding binding, IPEndPoint client)
    {
        try
        {
            while (true)
            {
                UdpReceiveResult received = await binding.Socket.ReceiveAsync(_stop.Token);
                if (binding.IsForgotten)
                    continue;
                if (received.Buffer[0] is >= FirstMedia and <= LastMedia && binding.Heard++ == 0)
                    binding.BackAfter.TrySetResult(Stopwatch.GetElapsedTime(binding.Checked));
                await _front.SendAsync(received.Buffer, client, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private sealed class Binding(UdpClient socket)
    {
        public UdpClient Socket { get; } = socket;

        /// <summary>Media packets that came to the client.</summary>
        public int Heard { get; set; }

        /// <summary>The time of the first check that went this way, 0 before.</summary>
        public long Checked { get; set; }

        public volatile bool IsForgotten;

        public TaskCompletionSource<TimeSpan> BackAfter { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
