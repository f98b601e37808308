using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Messages;
using Status = Google.Rpc.Status;

namespace Sfu.Signalling.Grpc;

/// <summary>Every failure of a call: a status with the details of google.rpc.</summary>
internal static class Failures
{
    public const string Domain = "sfu.v1";
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <param name="error">Not <see cref="RoomError.None"/>.</param>
    /// <param name="room">Name of the room that it is about.</param>
    /// <param name="participant">Id or identity of whom it is about.</param>
    public static RpcException Of(RoomError error, string room, string participant = "")
    {
        ProtocolError told = Errors.Room(error) ?? Errors.Internal;
        return error switch
        {
            RoomError.NoSuchRoom or RoomError.Closed => Make(Code.NotFound, told.Code, told.Text, ResourceOf("sfu.v1.Room", room)),
            RoomError.NotInRoom => Make(Code.NotFound, told.Code, told.Text, ResourceOf("sfu.v1.Participant", participant)),
            RoomError.TooMany or RoomError.StageFull or RoomError.RoomFull => Make(Code.ResourceExhausted, told.Code, told.Text, Retry()),
            RoomError.NodeFull or RoomError.Unavailable => Make(Code.Unavailable, told.Code, told.Text, Retry()),
            _ => Make(Code.FailedPrecondition, told.Code, told.Text),
        };
    }

    public static RpcException Invalid(BadRequest request) =>
        Make(Code.InvalidArgument, "bad-field", request.FieldViolations[0].Description, request);

    public static RpcException RoomExists(string room) =>
        Make(Code.AlreadyExists, "room-exists", "There is a room of this name already.", ResourceOf("sfu.v1.Room", room));

    public static RpcException NoSuchCode() =>
        Make(Code.NotFound, "no-such-code", "There is no such invite code, or it is used up.", ResourceOf("sfu.v1.InviteCode", ""));

    public static RpcException Unauthenticated(TokenOutcome outcome)
    {
        ProtocolError told = Errors.Token(outcome);
        string text = outcome == TokenOutcome.Missing ? "The call needs the metadata authorization: Bearer <token>." : told.Text;
        return Make(Code.Unauthenticated, told.Code, text);
    }

    public static RpcException Denied(ApiGrants any) =>
        Make(Code.PermissionDenied, "grant-missing", $"The token's grants do not allow this; it takes {string.Join(" or ", ApiTokenVerifier.NamesOf(any))}, and for this room.");

    public static RpcException TooSlow() =>
        Make(Code.ResourceExhausted, "too-slow", "The events were read too slowly; watch again from the last revision.", Retry());

    public static RpcException TooManyCalls() =>
        Make(Code.ResourceExhausted, "too-many-calls", "Too many calls came from this address, or with this key, in a short time.", Retry());

    public static RpcException Stopping() => Of(RoomError.Unavailable, "");

    private static RpcException Make(Code code, string reason, string text, params ReadOnlySpan<IMessage> details)
    {
        var status = new Status { Code = (int)code, Message = text };
        status.Details.Add(Any.Pack(new ErrorInfo { Domain = Domain, Reason = reason.ToUpperInvariant().Replace('-', '_') }));
        foreach (IMessage detail in details)
            status.Details.Add(Any.Pack(detail));
        return status.ToRpcException();
    }

    private static ResourceInfo ResourceOf(string type, string name) => new() { ResourceType = type, ResourceName = name };

    private static RetryInfo Retry() => new() { RetryDelay = Duration.FromTimeSpan(RetryDelay) };
}
