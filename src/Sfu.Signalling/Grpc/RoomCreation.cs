using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Sfu.Node;
using Sfu.Rooms;
using Sfu.Signalling.Messages;
using Sfu.Signalling.Options;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>Opens rooms for backends, once for each request.</summary>
internal sealed class RoomCreation(SfuNode node, ServerSettings settings, TimeProvider time)
{
    private const int LongestRequestId = 64;
    private const int ChosenNameLength = 16;

    private readonly RecentRequests _recent = new();

    /// <param name="keyId">Of the caller.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT, ALREADY_EXISTS, NOT_FOUND when the request's room has ended, UNAVAILABLE.</exception>
    public RoomSnapshot Create(string keyId, Wire.CreateRoomRequest request)
    {
        var violations = new Violations();
        violations.Name("request_id", request.RequestId, 0, LongestRequestId);
        if (request.Name.Length > 0)
            violations.Name("name", request.Name, 1, Bounds.Room);
        RoomSettings wanted = new SettingsPatch(request.Settings ?? new Wire.RoomSettings(), settings.Media, time.GetUtcNow(), violations).Create();
        violations.ThrowIfAny();

        if (request.RequestId.Length == 0)
            return Open(request.Name, wanted);

        byte[] content = SHA256.HashData(request.ToByteArray());
        RoomSnapshot? opened = null;
        MadeRoom made = _recent.Once(keyId, request.RequestId, content, () =>
        {
            opened = Open(request.Name, wanted);
            return (opened.Id, opened.Name);
        });
        if (!made.Content.AsSpan().SequenceEqual(content))
        {
            violations.Add("request_id", "was used for other content");
            violations.ThrowIfAny();
        }

        return opened ?? Again(made);
    }

    private RoomSnapshot Open(string name, RoomSettings wanted)
    {
        string chosen = name.Length > 0 ? name : RandomNumberGenerator.GetHexString(ChosenNameLength, lowercase: true);
        if (node.CreateRoom(chosen, wanted, out RoomSnapshot? snapshot))
            return snapshot!;
        throw snapshot is null ? Failures.Of(RoomError.Unavailable, chosen) : Failures.RoomExists(chosen);
    }

    private RoomSnapshot Again(MadeRoom made) =>
        node.FindRoom(made.Name) is { } snapshot && snapshot.Id == made.Id ? snapshot : throw Failures.Of(RoomError.NoSuchRoom, made.Name);
}
