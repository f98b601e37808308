using System.Security.Cryptography;
using System.Text.Json;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.DevPage;

/// <summary>Who wants a development token for which room.</summary>
internal sealed record TokenRequest(string Room, string Identity, string? Name, Role Role, ProtocolError? Error)
{
    private const string IdentityCharacters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int IdentityLength = 10;

    public static TokenRequest Read(JsonElement body)
    {
        var fields = new FieldReader(body);
        string room = fields.Name("room", 1, Bounds.Room);
        string? identity = fields.OptionalName("identity", 1, Bounds.Identity);
        string? name = fields.OptionalName("name", 0, Bounds.Name);
        Role? role = RoleNames.Parse(fields.String("role", 0, Bounds.Id));
        ProtocolError? error = fields.Error ?? (role is null ? Errors.BadField("role", "must be audience, speaker or moderator") : null);
        return new TokenRequest(room, identity ?? RandomNumberGenerator.GetString(IdentityCharacters, IdentityLength), name, role ?? Role.Audience, error);
    }
}
