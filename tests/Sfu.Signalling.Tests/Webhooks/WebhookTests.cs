using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Sfu.Rooms;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.Webhooks;

/// <summary>The running server and a receiver that works, fails, is slow, or is dead.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private HookServer _receiver = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _receiver = await HookServer.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task What_happens_in_a_room_is_told_in_order_and_signed()
    {
        await using ServerUnderTest server = await StartAsync();
        await using ProtocolClient mia = await server.JoinAsync("lobby", "mia", "moderator");
        await using (ProtocolClient ann = await server.JoinAsync("lobby", "ann", "audience"))
        {
            await ann.RequestAsync("""{"type":"raise-hand","note":"birds"}""");
            await mia.SendAsync(new JsonObject { ["type"] = "invite", ["participants"] = new JsonArray(ann.SessionId) });
            await ann.ExpectAsync("invited");
            await ann.RequestAsync("""{"type":"accept-invitation"}""");
            await ann.RequestAsync("""{"type":"message","to":"room","text":"hello"}""");
            await ann.SendAsync("""{"type":"leave"}""");
            await ann.ReceiveUntilClosedAsync();
        }

        await mia.SendAsync("""{"type":"close-room"}""");
        var hooks = new List<ReceivedHook>();
        do
            hooks.Add(await _receiver.NextAsync());
        while (hooks[^1].Type != "room.ended");

        string[] types = [.. hooks.Select(h => h.Type)];
        Assert.Equal(["room.opened", "participant.joined", "participant.joined", "hand.raised", "invited"], types.Take(5));
        Assert.All((string[])["invitation.ended", "hand.lowered", "stage.joined", "role.changed", "message", "stage.left", "participant.left"], type => Assert.Contains(type, types));
        Assert.Equal(hooks.Select(Revision).Order(), hooks.Select(Revision));
        Assert.Equal(hooks.Count, hooks.Select(h => h.Id).Distinct().Count());
        Assert.All(hooks, hook => Assert.True(hook.IsGenuine(TestToken.Secret, DateTimeOffset.UtcNow)));
        Assert.All(hooks, hook => Assert.Equal((hook.Id, hook.Type, "lobby", TestToken.KeyId), ((string)hook.Json["id"]!, (string)hook.Json["type"]!, (string)hook.Json["room"]!, hook.KeyId)));
        JsonObject hand = hooks.Single(h => h.Type == "hand.raised").Json;
        Assert.Equal(("ann", "birds"), ((string)hand["hand"]!["identity"]!, (string)hand["hand"]!["note"]!));
        Assert.Equal("hello", (string)hooks.Single(h => h.Type == "message").Json["message"]!["text"]!);
        Assert.Equal("room-closed", (string)hooks[^1].Json["reason"]!);
    }

    [Fact]
    public async Task What_fails_comes_again_under_the_same_id_and_signed_anew_before_what_follows()
    {
        int tries = 0;
        _receiver.Answer = _ => Task.FromResult(++tries <= 2 ? 500 : 200);
        await using ServerUnderTest server = await StartAsync();
        server.Node.CreateRoom("lobby", new RoomSettings(), out _);
        server.Node.CloseRoom("lobby");

        ReceivedHook[] hooks = [await _receiver.NextAsync(), await _receiver.NextAsync(), await _receiver.NextAsync(), await _receiver.NextAsync()];

        Assert.Equal(["room.opened", "room.opened", "room.opened", "room.ended"], hooks.Select(h => h.Type));
        Assert.Equal(2, hooks.Select(h => h.Id).Distinct().Count());
        Assert.Single(hooks.Take(3).Select(h => h.Body).Distinct());
        Assert.All(hooks, hook => Assert.True(hook.IsGenuine(TestToken.Secret, DateTimeOffset.UtcNow)));
        await MetricAsync(server, "sfu_webhook_failed_total{receiver=\"0\"} 2");
        await MetricAsync(server, "sfu_webhook_delivered_total{receiver=\"0\"} 2");
        Assert.Contains("it answers 500", Assert.Single(server.Logs.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_tells_replays_and_forgeries_apart_from_what_is_genuine()
    {
        await using ServerUnderTest server = await StartAsync();
        server.Node.CreateRoom("lobby", new RoomSettings(), out _);
        ReceivedHook hook = await _receiver.NextAsync();
        DateTimeOffset now = DateTimeOffset.UtcNow;

        Assert.True(hook.IsGenuine(TestToken.Secret, now));
        Assert.False(hook.IsGenuine(TestToken.Secret, now.AddMinutes(6)));
        Assert.False(hook.IsGenuine("another secret of at least 32 bytes", now));
        Assert.False((hook with { Body = hook.Body.Replace("lobby", "other", StringComparison.Ordinal) }).IsGenuine(TestToken.Secret, now));
        Assert.False((hook with { Signature = hook.Signature.Replace("t=1", "t=2", StringComparison.Ordinal) }).IsGenuine(TestToken.Secret, now));
    }

    [Fact]
    public async Task One_room_whose_event_is_slow_does_not_hold_up_another()
    {
        var held = new TaskCompletionSource();
        _receiver.Answer = async hook =>
        {
            if ((string)hook.Json["room"]! == "slow")
                await held.Task;
            return 200;
        };
        await using ServerUnderTest server = await StartAsync();
        server.Node.CreateRoom("slow", new RoomSettings(), out _);
        server.Node.CloseRoom("slow");
        for (int i = 0; i < 20; i++)
            server.Node.CreateRoom($"quick-{i}", new RoomSettings(), out _);

        for (int i = 0; i < 20; i++)
            Assert.StartsWith("quick-", (string)(await _receiver.NextAsync()).Json["room"]!, StringComparison.Ordinal);
        held.SetResult();
        Assert.Equal("room.opened", (await _receiver.NextAsync()).Type);
        Assert.Equal("room.ended", (await _receiver.NextAsync()).Type);
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_is_tried_again()
    {
        var seen = new ConcurrentDictionary<string, int>();
        _receiver.Answer = async hook =>
        {
            if (seen.AddOrUpdate(hook.Id, 1, (_, n) => n + 1) == 1)
                await Task.Delay(Timeout.Infinite, Cancelled).ContinueWith(_ => { }, TaskScheduler.Default);
            return 200;
        };
        await using ServerUnderTest server = await StartAsync(new() { ["Sfu:Webhooks:0:Timeout"] = "100ms" });
        server.Node.CreateRoom("lobby", new RoomSettings(), out _);

        Assert.Equal("room.opened", (await _receiver.NextAsync()).Type);
        await MetricAsync(server, "sfu_webhook_failed_total{receiver=\"0\"} 1");
    }

    [Fact]
    public async Task A_dead_receiver_blocks_no_room_drops_the_oldest_and_lets_the_server_stop()
    {
        await _receiver.DisposeAsync();
        await using ServerUnderTest server = await StartAsync(new() { ["Sfu:Webhooks:0:QueueEvents"] = "5" });
        await using ProtocolClient ann = await server.JoinAsync("lobby", "ann", "audience");
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("ok", (string)(await ann.RequestAsync("""{"type":"raise-hand"}"""))["type"]!);
            server.Node.Act("lobby", room => room.LowerHand(null, room.Participants.First()));
        }

        await MetricAsync(server, "sfu_webhook_waiting{receiver=\"0\"} 5");
        string text = await MetricAsync(server, "sfu_webhook_dropped_total{receiver=\"0\",reason=\"queue-full\"} ");
        Assert.DoesNotContain("reason=\"queue-full\"} 0", text, StringComparison.Ordinal);
        long start = Stopwatch.GetTimestamp();
        await server.StopAsync();
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task The_end_of_the_server_is_told_too()
    {
        await using ServerUnderTest server = await StartAsync();
        server.Node.CreateRoom("lobby", new RoomSettings { EmptyTimeout = null }, out _);

        await server.StopAsync();

        Assert.Equal("server-stopping", (string)(await _receiver.NextAsync("room.ended")).Json["reason"]!);
    }

    [Fact]
    public async Task Who_asks_for_some_events_gets_no_others()
    {
        await using ServerUnderTest server = await StartAsync(new() { ["Sfu:Webhooks:0:Events"] = "room.ended, hand.raised" });
        server.Node.CreateRoom("lobby", new RoomSettings(), out _);
        server.Node.CloseRoom("lobby");

        Assert.Equal("room.ended", (await _receiver.NextAsync()).Type);
    }

    private static long Revision(ReceivedHook hook) => (long)hook.Json["revision"]!;

    /// <summary>Waits until the metrics hold it.</summary>
    private static async Task<string> MetricAsync(ServerUnderTest server, string line)
    {
        using HttpClient http = server.CreateHttpClient();
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            string text = await http.GetStringAsync("/metrics", guard.Token);
            if (text.Contains(line, StringComparison.Ordinal))
                return text;
        }
    }

    private Task<ServerUnderTest> StartAsync(Dictionary<string, string?>? more = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Sfu:Webhooks:0:Url"] = _receiver.Url,
            ["Sfu:Webhooks:0:Key"] = TestToken.KeyId,
            ["Sfu:Webhooks:0:RetryDelay"] = "10ms",
            ["Sfu:Limits:IdentityHands:PerMinute"] = "0",
        };
        foreach ((string key, string? value) in more ?? [])
            settings[key] = value;
        return ServerUnderTest.StartAsync(settings);
    }
}
