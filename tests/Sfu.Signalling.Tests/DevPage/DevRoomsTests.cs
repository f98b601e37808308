using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sfu.Rooms;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.DevPage;

public sealed class DevRoomsTests
{
    private const string Birds = """
        {"name":"birds","title":"Birds","tags":["nature/birds","talk"],"visibility":"private","profile":"music","hands":"followed",
          "maxStage":4,"maxAudience":50,"waitingList":true,"opensAt":"2100-01-02T03:04:05Z"}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_room_opens_with_the_settings_that_were_asked_for()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false);
        using HttpResponseMessage response = await server.PostJsonAsync("/dev/rooms", Birds);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        RoomSettings settings = server.Node.FindRoom("birds")!.Settings;
        Assert.Equal(("Birds", Visibility.Private, RoomProfile.Music, HandPolicy.Followed), (settings.Title, settings.Visibility, settings.Profile, settings.Hands));
        Assert.Equal(["nature/birds", "talk"], settings.Tags);
        Assert.Equal((4, 50, true), (settings.MaxStage, settings.MaxAudience, settings.WaitingList));
        Assert.Equal(new DateTimeOffset(2100, 1, 2, 3, 4, 5, TimeSpan.Zero), settings.OpensAt);
    }

    [Fact]
    public async Task A_room_needs_no_more_than_a_name()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false);
        using HttpResponseMessage response = await server.PostJsonAsync("/dev/rooms", """{"name":"plain"}""");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        RoomSettings settings = server.Node.FindRoom("plain")!.Settings;
        Assert.Equal((Visibility.Public, RoomProfile.Voice, HandPolicy.Everyone), (settings.Visibility, settings.Profile, settings.Hands));
        Assert.Equal((RoomBounds.MaxStage, false, null), (settings.MaxStage, settings.WaitingList, settings.OpensAt));
    }

    [Fact]
    public async Task The_hallway_lists_what_a_room_is_about()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false);
        using HttpResponseMessage created = await server.PostJsonAsync("/dev/rooms", Birds);
        using HttpClient http = server.CreateHttpClient();

        JsonNode room = Assert.Single(JsonNode.Parse(await http.GetStringAsync("/dev/rooms", Cancelled))!.AsArray())!;

        Assert.Equal(("birds", "Birds"), ((string)room["name"]!, (string)room["title"]!));
        Assert.Equal(("music", "private"), ((string)room["profile"]!, (string)room["visibility"]!));
        Assert.Equal("nature/birds", (string)room["tags"]![0]!);
        Assert.Equal(new DateTimeOffset(2100, 1, 2, 3, 4, 5, TimeSpan.Zero), (DateTimeOffset)room["opensAt"]!);
        Assert.Equal((0, 0), (room["stage"]!.AsArray().Count, (int)room["audience"]!));
        Assert.Equal(room.ToJsonString(), JsonNode.Parse(await created.Content.ReadAsStringAsync(Cancelled))!.ToJsonString());
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false);
        using HttpResponseMessage first = await server.PostJsonAsync("/dev/rooms", """{"name":"birds","title":"First"}""");
        using HttpResponseMessage second = await server.PostJsonAsync("/dev/rooms", """{"name":"birds","title":"Second"}""");

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("First", server.Node.FindRoom("birds")!.Settings.Title);
    }

    [Fact]
    public async Task A_server_that_is_drained_opens_no_room()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false);
        server.Node.Drain(true);

        using HttpResponseMessage response = await server.PostJsonAsync("/dev/rooms", Birds);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Theory]
    [InlineData("[]", "JSON")]
    [InlineData("{}", "name")]
    [InlineData("""{"name":"a","title":1}""", "title")]
    [InlineData("""{"name":"a","tags":["a/b/c"]}""", "tags")]
    [InlineData("""{"name":"a","tags":"birds"}""", "tags")]
    [InlineData("""{"name":"a","visibility":"secret"}""", "visibility")]
    [InlineData("""{"name":"a","profile":"loud"}""", "profile")]
    [InlineData("""{"name":"a","hands":"all"}""", "hands")]
    [InlineData("""{"name":"a","maxStage":0}""", "maxStage")]
    [InlineData("""{"name":"a","maxAudience":-1}""", "maxAudience")]
    [InlineData("""{"name":"a","waitingList":"yes"}""", "waitingList")]
    [InlineData("""{"name":"a","opensAt":"soon"}""", "opensAt")]
    public async Task What_makes_no_sense_is_refused_and_named(string wish, string named)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false);
        using HttpResponseMessage response = await server.PostJsonAsync("/dev/rooms", wish);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(named, await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Empty(server.Node.Rooms());
    }

    [Fact]
    public async Task A_page_from_elsewhere_opens_no_room()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false);
        using HttpResponseMessage elsewhere = await server.PostJsonAsync("/dev/rooms", Birds, ("Origin", "https://evil.example"));
        using HttpClient http = server.CreateHttpClient();
        using HttpResponseMessage form = await http.PostAsync("/dev/rooms", new StringContent(Birds, Encoding.UTF8, "text/plain"), Cancelled);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.UnsupportedMediaType), (elsewhere.StatusCode, form.StatusCode));
        Assert.Empty(server.Node.Rooms());
    }

    [Fact]
    public async Task With_keys_of_the_operator_there_is_no_such_place()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpResponseMessage response = await server.PostJsonAsync("/dev/rooms", Birds);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
