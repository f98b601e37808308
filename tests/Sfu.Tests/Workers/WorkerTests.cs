using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.Time;
using Sfu.Workers;

namespace Sfu.Tests.Workers;

/// <summary>The thread around a core.</summary>
public sealed class WorkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_fault_in_one_command_does_not_hold_up_those_behind_it()
    {
        var options = new SfuOptions { Port = 0, BindAddresses = [IPAddress.Loopback] };
        using var worker = new Worker(0, options, new Nobody(), new Nobody(), new MediaClock(TimeProvider.System), NullLogger.Instance);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Post((_, _) => throw new InvalidOperationException("a fault of ours"));
        worker.Post((_, _) => done.SetResult());

        worker.Start();
        try
        {
            await done.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.Equal(1, worker.Snapshot().Faults);
        }
        finally
        {
            worker.Stop();
        }
    }

    private sealed class Nobody : IHandshakes, IWorkerLinks
    {
        public bool Begin(long peerKey, IHandshakeOwner owner) => false;

        public DropReason Receive(long peerKey, IHandshakeOwner owner, ReadOnlySpan<byte> datagram) => DropReason.DtlsUnexpected;

        public void Abandon(long peerKey, IHandshakeOwner owner)
        {
        }

        public bool TryPost(int worker, in CrossingHeader header, ReadOnlySpan<byte> payload) => false;
    }
}
