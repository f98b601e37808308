using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.DevPage;

public sealed class DevEndpointsTests
{
    private const string Wish = """{"room":"lobby","identity":"ada","name":"Ada","role":"speaker"}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_gets_a_token_that_lets_it_in()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false);
        using HttpResponseMessage response = await PostAsync(server, Wish);
        JsonNode body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled))!;
        await using ProtocolClient client = await server.ConnectAsync();

        await client.JoinAsync("lobby", (string)body["token"]!, onStage: true);

        Assert.Equal("ada", (string)body["identity"]!);
        Assert.Equal("Ada", (string)client.Welcome["self"]!["name"]!);
        using HttpClient http = server.CreateHttpClient();
        JsonNode room = Assert.Single(JsonNode.Parse(await http.GetStringAsync("/dev/rooms", Cancelled))!.AsArray())!;
        Assert.Equal(("lobby", "Ada", 0), ((string)room["name"]!, (string)room["stage"]![0]!, (int)room["audience"]!));
    }

    [Fact]
    public async Task An_identity_is_made_up_when_none_is_named()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false);
        using HttpResponseMessage response = await PostAsync(server, """{"room":"lobby","role":"audience"}""");

        Assert.NotEmpty((string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled))!["identity"]!);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"role":"speaker"}""")]
    [InlineData("""{"room":"lobby","role":"king"}""")]
    [InlineData("""{"room":"lobby"}""")]
    [InlineData("""{"room":"lobby","role":"speaker","identity":""}""")]
    public async Task A_wish_that_makes_no_sense_is_refused(string wish)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false);
        using HttpResponseMessage response = await PostAsync(server, wish);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Host", "evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_from_elsewhere_gets_no_token(string header, string value)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false);
        using HttpResponseMessage response = await PostAsync(server, Wish, (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_form_cannot_ask_for_a_token()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false);
        using HttpClient http = server.CreateHttpClient();
        using HttpResponseMessage response = await http.PostAsync("/dev/token", new StringContent(Wish, Encoding.UTF8, "text/plain"), Cancelled);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task With_keys_of_the_operator_there_is_no_such_place()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpResponseMessage token = await PostAsync(server, Wish);
        using HttpClient http = server.CreateHttpClient();
        using HttpResponseMessage rooms = await http.GetAsync("/dev/rooms", Cancelled);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (token.StatusCode, rooms.StatusCode));
    }

    private static Task<HttpResponseMessage> PostAsync(ServerUnderTest server, string body, (string Name, string Value)? header = null) =>
        server.PostJsonAsync("/dev/token", body, header);
}
