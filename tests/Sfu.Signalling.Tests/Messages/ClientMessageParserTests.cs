using System.Text;
using Sfu.Rooms;
using Sfu.Signalling.Messages;
using Sfu.TestKit.Fuzzing;

namespace Sfu.Signalling.Tests.Messages;

public sealed class ClientMessageParserTests
{
    /// <summary>One of each type, with every field.</summary>
    private static readonly string[] Valid =
    [
        """{"type":"join","v":1,"room":"lobby","token":"eyJh.e30.c2ln","name":"Ada \u00e9","onStage":true,"id":"1"}""",
        """{"type":"resume","v":1,"resumeToken":"c29tZXRoaW5n","id":"2"}""",
        """{"type":"answer","generation":1,"sdp":"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n","id":"3"}""",
        """{"type":"mute","muted":true,"id":"4"}""",
        """{"type":"stage","on":false,"id":"5"}""",
        """{"type":"ice-restart","id":"6"}""",
        """{"type":"leave","id":"7"}""",
        """{"type":"ping","t":12.5,"id":"8"}""",
        """{"type":"raise-hand","note":"about birds","id":"9"}""",
        """{"type":"invite","participants":["a","b"],"id":"10"}""",
        """{"type":"moderate","action":"remove","participant":"a","ban":true,"id":"11"}""",
        """{"type":"message","to":"stage","topic":"chat","text":"hello","id":"12"}""",
        """{"type":"react","reaction":"clap","id":"13"}""",
        """{"type":"list-audience","prefix":"an","from":"anna\n7","size":50,"id":"14"}""",
        """{"type":"update-room","title":"Birds","hands":"followed","id":"15"}""",
        """{"type":"add-invite-code","uses":3,"id":"16"}""",
        """{"type":"accept-invitation","id":"17"}""",
        """{"type":"list-hands","id":"18"}""",
        """{"type":"lower-hand","id":"19"}""",
        """{"type":"decline-invitation","id":"20"}""",
        """{"type":"close-room","id":"21"}""",
        """{"type":"listen","slots":2,"id":"22"}""",
    ];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 1)]
    [InlineData(1_000_000, 12)]
    public void Slots_to_hear_are_brought_within_what_a_room_may_have(int asked, int read) =>
        Assert.Equal(new ListenMessage(null, read), Parse($$"""{"type":"listen","slots":{{asked}}}"""));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(100_000, 100_000)]
    [InlineData(100_001, 100_000)]
    public void An_invite_code_is_good_as_often_as_one_of_a_backend(int asked, int read) =>
        Assert.Equal(new AddInviteCodeMessage(null, read), Parse($$"""{"type":"add-invite-code","uses":{{asked}}}"""));

    [Fact]
    public void Every_message_is_read()
    {
        Assert.Equal(new JoinMessage("1", "lobby", "eyJh.e30.c2ln", "Ada é", true, null), Parse(Valid[0]));
        Assert.Equal(new ResumeMessage("2", "c29tZXRoaW5n"), Parse(Valid[1]));
        Assert.Equal(new AnswerMessage("3", 1, "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n"), Parse(Valid[2]));
        Assert.Equal(new MuteMessage("4", true), Parse(Valid[3]));
        Assert.Equal(new StageMessage("5", false), Parse(Valid[4]));
        Assert.Equal(new IceRestartMessage("6"), Parse(Valid[5]));
        Assert.Equal(new LeaveMessage("7"), Parse(Valid[6]));
        Assert.Equal(new PingMessage("8", 12.5), Parse(Valid[7]));
        Assert.Equal(new HandMessage("9", true, "about birds"), Parse(Valid[8]));
        Assert.Equal(["a", "b"], Assert.IsType<InviteMessage>(Parse(Valid[9])).Participants);
        Assert.Equal(new ModerateMessage("11", Moderation.Remove, "a", true), Parse(Valid[10]));
        Assert.Equal(new SendMessage("12", MessageScope.Stage, "stage", "chat", "hello"), Parse(Valid[11]));
        Assert.Equal(new ReactMessage("13", "clap"), Parse(Valid[12]));
        Assert.Equal(new ListAudienceMessage("14", "an", "anna\n7", 50), Parse(Valid[13]));
        Assert.Equal(new UpdateRoomMessage("15", "Birds", HandPolicy.Followed), Parse(Valid[14]));
        Assert.Equal(new AddInviteCodeMessage("16", 3), Parse(Valid[15]));
        Assert.Equal(new InvitationMessage("17", true), Parse(Valid[16]));
        Assert.Equal(new ListHandsMessage("18"), Parse(Valid[17]));
        Assert.Equal(new HandMessage("19", false, null), Parse(Valid[18]));
        Assert.Equal(new InvitationMessage("20", false), Parse(Valid[19]));
        Assert.Equal(new CloseRoomMessage("21"), Parse(Valid[20]));
        Assert.Equal(new ListenMessage("22", 2), Parse(Valid[21]));
    }

    [Fact]
    public void Fields_that_are_unknown_are_passed_over() =>
        Assert.Equal(new LeaveMessage(null), Parse("""{"later":{"a":[1]},"type":"leave","id":null}"""));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}{}")]
    [InlineData("""{"type":"leave",}""")]
    [InlineData("""{"type":"leave","deep":[[[[[[[[[[1]]]]]]]]]]}""")]
    public void What_is_no_JSON_object_is_bad_json(string text) => Assert.Equal("bad-json", ErrorOf(text).Code);

    [Theory]
    [InlineData("""{"v":1}""", "missing-field", "type")]
    [InlineData("""{"type":7}""", "bad-field", "type")]
    [InlineData("""{"type":"dance"}""", "unknown-type", "type")]
    [InlineData("""{"type":"leave","id":5}""", "bad-field", "id")]
    [InlineData("""{"type":"leave","id":""}""", "bad-field", "id")]
    [InlineData("""{"type":"join","room":"a","token":"t"}""", "missing-field", "v")]
    [InlineData("""{"type":"join","v":"1","room":"a","token":"t"}""", "bad-field", "v")]
    [InlineData("""{"type":"join","v":2,"room":7}""", "version-unsupported", "v")]
    [InlineData("""{"type":"resume","v":0}""", "version-unsupported", "v")]
    [InlineData("""{"type":"join","v":1,"token":"t"}""", "missing-field", "room")]
    [InlineData("""{"type":"join","v":1,"room":"","token":"t"}""", "bad-field", "room")]
    [InlineData("""{"type":"join","v":1,"room":"a\u0007","token":"t"}""", "bad-field", "room")]
    [InlineData("""{"type":"join","v":1,"room":"a","token":["t"]}""", "bad-field", "token")]
    [InlineData("""{"type":"join","v":1,"room":"a","token":"t","name":5}""", "bad-field", "name")]
    [InlineData("""{"type":"join","v":1,"room":"a","token":"t","onStage":"yes"}""", "bad-field", "onStage")]
    [InlineData("""{"type":"resume","v":1}""", "missing-field", "resumeToken")]
    [InlineData("""{"type":"answer","sdp":"v=0"}""", "missing-field", "generation")]
    [InlineData("""{"type":"answer","generation":1.5,"sdp":"v=0"}""", "bad-field", "generation")]
    [InlineData("""{"type":"answer","generation":1}""", "missing-field", "sdp")]
    [InlineData("""{"type":"answer","generation":1,"sdp":""}""", "bad-field", "sdp")]
    [InlineData("""{"type":"answer","generation":1,"sdp":"\ud800"}""", "bad-field", "sdp")]
    [InlineData("""{"type":"mute"}""", "missing-field", "muted")]
    [InlineData("""{"type":"raise-hand","note":7}""", "bad-field", "note")]
    [InlineData("""{"type":"invite"}""", "missing-field", "participants")]
    [InlineData("""{"type":"invite","participants":"a"}""", "bad-field", "participants")]
    [InlineData("""{"type":"invite","participants":[7]}""", "bad-field", "participants")]
    [InlineData("""{"type":"moderate","action":"tickle","participant":"a"}""", "bad-field", "action")]
    [InlineData("""{"type":"moderate","action":"mute"}""", "missing-field", "participant")]
    [InlineData("""{"type":"message","to":"room"}""", "missing-field", "text")]
    [InlineData("""{"type":"message","text":"hello"}""", "missing-field", "to")]
    [InlineData("""{"type":"react","reaction":""}""", "bad-field", "reaction")]
    [InlineData("""{"type":"update-room","hands":"some"}""", "bad-field", "hands")]
    [InlineData("""{"type":"mute","muted":1}""", "bad-field", "muted")]
    [InlineData("""{"type":"stage"}""", "missing-field", "on")]
    [InlineData("""{"type":"ping","t":"now"}""", "bad-field", "t")]
    public void The_field_at_fault_is_named(string text, string code, string field)
    {
        ProtocolError error = ErrorOf(text);

        Assert.Equal((code, field), (error.Code, error.Field));
        Assert.NotEmpty(error.Text);
    }

    [Fact]
    public void Texts_are_bounded()
    {
        Assert.Equal("room", ErrorOf($$"""{"type":"join","v":1,"token":"t","room":"{{new string('r', Bounds.Room + 1)}}"}""").Field);
        Assert.Equal("name", ErrorOf($$"""{"type":"join","v":1,"token":"t","room":"r","name":"{{new string('n', Bounds.Name + 1)}}"}""").Field);
        Assert.Equal("id", ErrorOf($$"""{"type":"leave","id":"{{new string('i', Bounds.Id + 1)}}"}""").Field);
        Assert.Equal("sdp", ErrorOf($$"""{"type":"answer","generation":1,"sdp":"{{new string('s', Bounds.Sdp + 1)}}"}""").Field);
    }

    [Fact]
    public void The_id_of_a_request_is_known_also_when_the_request_is_wrong()
    {
        ClientMessageParser.Parse("""{"type":"mute","id":"mine"}"""u8.ToArray(), out _, out string? id);

        Assert.Equal("mine", id);
    }

    [Fact]
    public void Mutated_messages_never_throw_and_give_a_message_or_an_error()
    {
        var mutator = new Mutator(0x5151, Valid.Select(Encoding.UTF8.GetBytes));
        var codes = new HashSet<string>();
        int read = 0;
        while (mutator.Iteration < 150_000)
        {
            ProtocolError? error = ClientMessageParser.Parse(mutator.Next().ToArray(), out ClientMessage? message, out _);
            Assert.True(error is null == message is not null, $"Iteration {mutator.Iteration}");
            if (error is null)
                read++;
            else
                codes.Add(error.Code);
        }

        // The mutations reach all the way in.
        Assert.True(read > 5_000);
        Assert.Superset(new HashSet<string> { "bad-json", "missing-field", "bad-field", "unknown-type", "version-unsupported" }, codes);
    }

    private static ClientMessage? Parse(string text)
    {
        Assert.Null(ClientMessageParser.Parse(Encoding.UTF8.GetBytes(text), out ClientMessage? message, out _));
        return message;
    }

    private static ProtocolError ErrorOf(string text)
    {
        ProtocolError? error = ClientMessageParser.Parse(Encoding.UTF8.GetBytes(text), out ClientMessage? message, out _);
        Assert.Null(message);
        return error!;
    }
}
