using System.Diagnostics;
using System.Text.Json.Nodes;
using Sfu.Rooms;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.Scale;

/// <summary>What others cost somebody who listens in a large room.</summary>
public sealed class LargeRoomTests(ITestOutputHelper output)
{
    private const string Room = "large";
    private const int Listeners = 2_000;
    private const int Passing = 200;
    private const int Seconds = 3;
    private const int AtOnce = 32;

    /// <summary>Of an <c>audience</c> message in its frame.</summary>
    private const int MostBytesOfCount = 64;

    [Fact]
    public async Task Who_comes_and_goes_costs_the_others_a_count_a_second_and_nothing_else()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        server.Node.CreateRoom(Room, new RoomSettings { Profile = RoomProfile.Silent }, out _);
        CheapClient[] listeners = await JoinAllAsync(server, "listener", Listeners);
        try
        {
            await SetTitleAsync(server, "before", listeners);
            long start = Stopwatch.GetTimestamp();
            for (int second = 1; second <= Seconds; second++)
            {
                CheapClient[] passing = await JoinAllAsync(server, $"passing-{second}", Passing);
                await Parallel.ForEachAsync(passing, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, (client, _) => LeaveAsync(client));
                TimeSpan churn = Stopwatch.GetElapsedTime(start);
                output.WriteLine($"{second * Passing} came and went within {churn.TotalMilliseconds:F0} ms");
                if (TimeSpan.FromSeconds(second) > churn)
                    await Task.Delay(TimeSpan.FromSeconds(second) - churn, TestContext.Current.CancellationToken);
            }

            // One stays, so that there is a count to be told at the end.
            using CheapClient last = (await JoinAllAsync(server, "last", 1))[0];
            await CountIsToldAsync(server, listeners[0], Listeners + 1);
            Heard[] heard = await SetTitleAsync(server, "after", listeners[1..]);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);

            int most = heard.Max(h => h.Messages.Count);
            output.WriteLine($"each of {Listeners} got at most {most} messages and {heard.Max(h => h.Bytes)} bytes in {elapsed.TotalMilliseconds:F0} ms");
            Assert.All(heard.SelectMany(h => h.Messages), message => Assert.Equal("audience", (string)message["type"]!));
            // So many fit into the time when they are a second apart.
            Assert.InRange(most, 1, (int)(elapsed / Sfu.Rooms.Room.CountInterval) + 1);
            Assert.All(heard, h => Assert.InRange(h.Bytes, 1, h.Messages.Count * MostBytesOfCount));
        }
        finally
        {
            foreach (CheapClient listener in listeners)
                listener.Dispose();
        }
    }

    private static async Task<CheapClient[]> JoinAllAsync(ServerUnderTest server, string name, int count)
    {
        var clients = new CheapClient[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            clients[i] = await CheapClient.ConnectAsync(server.Address);
            await clients[i].SendAsync(new JsonObject
            {
                ["type"] = "join",
                ["v"] = 1,
                ["room"] = Room,
                ["token"] = TestToken.For(Room, $"{name}-{i}").ToString(),
            });
            Assert.Equal("welcome", (string)(await clients[i].ReceiveAsync())!["type"]!);
        });
        return clients;
    }

    private static async ValueTask LeaveAsync(CheapClient client)
    {
        await client.SendAsync(new JsonObject { ["type"] = "leave" });
        while (await client.ReceiveAsync() is not null)
        {
            // Counts, and the bye.
        }

        client.Dispose();
    }

    /// <summary>Receives until the count has come.</summary>
    private static async Task CountIsToldAsync(ServerUnderTest server, CheapClient listener, int count)
    {
        Assert.Equal(count, server.Node.FindRoom(Room)!.Audience);
        while ((int?)(await listener.ReceiveAsync())!["count"] != count)
        {
            // Earlier ones.
        }
    }

    /// <summary>Something that everybody is told, as a mark in the order of messages.</summary>
    /// <returns>What each one was told before.</returns>
    private static async Task<Heard[]> SetTitleAsync(ServerUnderTest server, string title, CheapClient[] listeners)
    {
        server.Node.Act(Room, room => room.Update(null, room.Settings with { Title = title }));
        return await Task.WhenAll(listeners.Select(async listener =>
        {
            var before = new List<JsonObject>();
            long start = listener.Bytes;
            while (true)
            {
                long bytes = listener.Bytes - start;
                JsonObject message = (await listener.ReceiveAsync())!;
                if ((string)message["type"]! == "room.updated" && (string)message["settings"]!["title"]! == title)
                    return new Heard(before, bytes);
                before.Add(message);
            }
        }));
    }

    /// <param name="Bytes">Of the messages in their frames.</param>
    private sealed record Heard(List<JsonObject> Messages, long Bytes);
}
