using System.Net.WebSockets;
using System.Text;
using Sfu.Signalling.Tests.Support;
using Sfu.Signalling.WebSockets;

namespace Sfu.Signalling.Tests.WebSockets;

public sealed class OutboxTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_leave_in_order_and_the_close_frame_after_them()
    {
        var outbox = new Outbox(capacity: 4);
        var socket = new RecordingWebSocket();
        outbox.Post("one"u8.ToArray());
        outbox.Post("two"u8.ToArray());
        outbox.Complete(Signalling.Messages.Farewell.RoomClosed);
        outbox.Post("too late"u8.ToArray());

        await outbox.WriteToAsync(socket, Cancelled);

        Assert.Equal("one", socket.Sent[0]);
        Assert.Equal("two", socket.Sent[1]);
        Assert.Contains("\"bye\"", socket.Sent[2], StringComparison.Ordinal);
        Assert.Equal(3, socket.Sent.Count);
        Assert.Equal((4410, "room-closed"), ((int)socket.CloseStatus!, socket.CloseStatusDescription));
    }

    [Fact]
    public async Task A_client_that_is_too_slow_is_closed_with_a_code_of_its_own()
    {
        var outbox = new Outbox(capacity: 3);
        var socket = new RecordingWebSocket();
        for (int i = 0; i < 3; i++)
            outbox.Post(Encoding.UTF8.GetBytes($"{i}"));
        Assert.False(outbox.IsCompleted);

        outbox.Post("one more"u8.ToArray());

        Assert.True(outbox.Overflowed);
        outbox.Post("and another"u8.ToArray());
        Assert.True(outbox.IsCompleted);
        Assert.Equal(0, outbox.Waiting);
        await outbox.WriteToAsync(socket, Cancelled);
        Assert.Empty(socket.Sent);
        Assert.Equal(Outbox.TooSlow, (int)socket.CloseStatus!);
    }

    [Fact]
    public async Task The_last_message_fits_into_a_full_outbox()
    {
        var outbox = new Outbox(capacity: 1);
        var socket = new RecordingWebSocket();
        outbox.Post("one"u8.ToArray());

        outbox.Complete(Signalling.Messages.Farewell.ServerStopping);

        await outbox.WriteToAsync(socket, Cancelled);
        Assert.Equal(2, socket.Sent.Count);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
    }

    [Fact]
    public async Task Only_the_first_end_counts()
    {
        var outbox = new Outbox(capacity: 1);
        var socket = new RecordingWebSocket();

        outbox.Complete(Signalling.Messages.Farewell.Replaced);
        outbox.Complete(Signalling.Messages.Farewell.ServerStopping);

        await outbox.WriteToAsync(socket, Cancelled);
        Assert.Equal("replaced", socket.CloseStatusDescription);
    }

    [Fact]
    public async Task A_broken_connection_completes_the_outbox()
    {
        var outbox = new Outbox(capacity: 1);
        outbox.Post("one"u8.ToArray());

        await outbox.WriteToAsync(new RecordingWebSocket { IsBroken = true }, Cancelled);

        Assert.True(outbox.IsCompleted);
        Assert.False(outbox.Overflowed);
    }
}
