using System.Text;
using System.Text.Json.Nodes;
using Sfu.Signalling.Tests.Support;
using Sfu.Signalling.WebSockets;
using Sfu.TestKit.Fuzzing;

namespace Sfu.Signalling.Tests.WebSockets;

public sealed class MalformedMessageTests
{
    /// <summary>A stage message may bring ok, an event and self; nothing brings more.</summary>
    private const int MostAnswers = 4;

    private static readonly JsonObject Join = new()
    {
        ["type"] = "join",
        ["v"] = 1,
        ["room"] = "lobby",
        ["token"] = TestToken.For("lobby", "ada", "speaker").ToString(),
        ["onStage"] = true,
        ["id"] = "1",
    };

    private static readonly string[] Valid =
    [
        Join.ToJsonString(),
        new JsonObject { ["type"] = "answer", ["generation"] = 1, ["sdp"] = TestSdp.Answer(), ["id"] = "2" }.ToJsonString(),
        """{"type":"mute","muted":true,"id":"3"}""",
        """{"type":"stage","on":true,"id":"4"}""",
        """{"type":"stage","on":false,"id":"5"}""",
        """{"type":"ice-restart","id":"6"}""",
        """{"type":"ping","t":12.5,"id":"7"}""",
        """{"type":"resume","v":1,"resumeToken":"c29tZXRoaW5n","id":"8"}""",
        """{"type":"leave","id":"9"}""",
    ];

    [Fact]
    public async Task Mutated_messages_are_answered_boundedly_and_nobody_else_suffers()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new() { ["Sfu:Limits:IdentityJoins:PerMinute"] = "0" });
        await using ProtocolClient other = await server.JoinAsync("elsewhere", "bob");
        var mutator = new Mutator(0x717, Valid.Select(Encoding.UTF8.GetBytes));
        Outbox? outbox = null;
        Conversation? conversation = null;
        int unanswered = 0;

        while (mutator.Iteration < 100_000)
        {
            if (outbox is null || outbox.IsCompleted)
            {
                outbox = new Outbox(capacity: 100);
                conversation = new Conversation(outbox, address: null, server.Signalling);
                await conversation.HandleAsync(Encoding.UTF8.GetBytes(Join.ToJsonString()));
                Assert.True(conversation.HasJoined);
            }

            await conversation!.HandleAsync(mutator.Next().ToArray());

            int answers = 0;
            while (outbox.TryTake(out _))
                answers++;
            unanswered += answers == 0 ? 1 : 0;
            Assert.True(answers <= MostAnswers + 3, $"Iteration {mutator.Iteration}: {answers} answers");
        }

        // Only a right message without an id may be passed over in silence.
        Assert.True(unanswered < mutator.Iteration / 50, $"{unanswered} messages had no answer");
        Assert.Equal("pong", (string)(await other.RequestAsync("""{"type":"ping"}"""))["type"]!);
        Assert.Empty(server.Logs.Warnings);
    }

    /// <summary>The same over the wire, where text is UTF-8 by RFC 6455.</summary>
    [Fact]
    public async Task Mutated_texts_do_not_end_the_connection()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(
            new() { ["Sfu:Signalling:MessagesPerSecond"] = "100000", ["Sfu:Signalling:MessageBurst"] = "100000" });
        await using ProtocolClient client = await server.JoinAsync("lobby", "ada");
        var mutator = new Mutator(0x718, Valid[1..^1].Select(Encoding.UTF8.GetBytes));

        while (mutator.Iteration < 1_000)
        {
            await client.SendAsync(Encoding.UTF8.GetString(mutator.Next()));
            string t = $"{mutator.Iteration}.25";
            await client.SendAsync($$"""{"type":"ping","t":{{t}}}""");
            JsonObject message;
            do
                message = await client.ReceiveAsync();
            while ((string)message["type"]! != "pong" || message["t"]?.ToJsonString() != t);
        }

        Assert.Empty(server.Logs.Warnings);
    }
}
