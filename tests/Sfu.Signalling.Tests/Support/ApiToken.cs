using System.Text.Json.Nodes;

namespace Sfu.Signalling.Tests.Support;

/// <summary>Signs a backend's token by hand, as the README says.</summary>
internal static class ApiToken
{
    public static readonly TestToken Everything = With(["create", "list", "moderate", "admit"], ["read", "drain"]);

    public static TestToken With(string[] rooms, string[]? node = null, string? room = null)
    {
        var grants = new JsonObject
        {
            ["rooms"] = new JsonArray([.. rooms.Select(grant => (JsonNode)grant)]),
            ["node"] = new JsonArray([.. (node ?? []).Select(grant => (JsonNode)grant)]),
        };
        if (room is not null)
            grants["room"] = room;
        return new TestToken
        {
            Claims = new JsonObject { ["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600, ["grants"] = grants },
        };
    }
}
