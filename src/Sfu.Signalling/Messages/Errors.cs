using Sfu.Rooms;
using Sfu.Sdp;
using Sfu.Signalling.Auth;

namespace Sfu.Signalling.Messages;

/// <summary>Every error of the protocol; the protocol page lists the same.</summary>
internal static class Errors
{
    public static readonly ProtocolError BadJson = new("bad-json", 400, "The message is not a JSON object in a text message.");
    public static readonly ProtocolError NotJoined = new("not-joined", 409, "Send join or resume first.");
    public static readonly ProtocolError AlreadyJoined = new("already-joined", 409, "This connection has joined already.");
    public static readonly ProtocolError RoleForbidsStage = new("role-forbids-stage", 403, "The role audience may not take the stage.");
    public static readonly ProtocolError RoleForbidsClosing = new("role-forbids-closing", 403, "Only a moderator may close the room.");
    public static readonly ProtocolError StageFull = new("stage-full", 409, "There is no room on the stage just now.");
    public static readonly ProtocolError RoomFull = new("room-full", 409, "The room is full.", Fatal: true);
    public static readonly ProtocolError Unavailable = new("unavailable", 503, "The server is stopping or overloaded; try again later.", Fatal: true);
    public static readonly ProtocolError ResumeUnknown = new("resume-unknown", 410, "There is no session for this resume token any more; join anew.", Field: "resumeToken");
    public static readonly ProtocolError JoinTimeout = new("join-timeout", 408, "Neither join nor resume came in time.", Fatal: true);
    public static readonly ProtocolError RateLimited = new("rate-limited", 429, "Too many messages in a short time.", Fatal: true);
    public static readonly ProtocolError TooManyJoins = new("too-many-joins", 429, "Too many joins of this address or identity; try again later.", Fatal: true);
    public static readonly ProtocolError TooOften = new("too-often", 429, "This came too often from this address or identity; try again later.");
    public static readonly ProtocolError Internal = new("internal", 500, "The server failed; the operator finds more in its log.", Fatal: true);

    public static readonly ProtocolError NoSuchRoom = new("no-such-room", 404, "There is no such room.", Fatal: true);
    public static readonly ProtocolError NodeFull = new("node-full", 503, "The server is full.", Fatal: true);
    public static readonly ProtocolError Banned = new("banned", 403, "You may not come back with this token.", Fatal: true);
    public static readonly ProtocolError NotAdmitted = new("not-admitted", 403, "The room is private; you are not admitted to it.", Fatal: true);
    public static readonly ProtocolError InviteInvalid = new("invite-invalid", 403, "There is no such invite code, or it is used up.", Fatal: true, Field: "inviteCode");
    public static readonly ProtocolError AlreadyInside = new("already-inside", 409, "This identity is in the room already.", Fatal: true);
    public static readonly ProtocolError NoSuchParticipant = new("no-such-participant", 404, "Nobody in the room has this id.");
    public static readonly ProtocolError RoleForbids = new("role-forbids", 403, "Only moderators may do that.");
    public static readonly ProtocolError HandsClosed = new("hands-closed", 403, "You may not raise a hand in this room.");
    public static readonly ProtocolError AlreadyOnStage = new("already-on-stage", 409, "Whoever is on the stage needs no hand and no invitation.");
    public static readonly ProtocolError NoInvitation = new("no-invitation", 409, "There is no invitation, or it has expired.");
    public static readonly ProtocolError MutedByModerator = new("muted-by-moderator", 403, "A moderator muted you; a moderator has to allow the microphone again.");
    public static readonly ProtocolError SilentRoom = new("silent-room", 409, "There is no audio in this room.");
    public static readonly ProtocolError TooMany = new("too-many", 429, "There are too many of these just now.");

    /// <summary>As <see cref="Room"/>, for who wants to take the stage.</summary>
    public static ProtocolError? Stage(RoomError error) => error == RoomError.RoleForbids ? RoleForbidsStage : Room(error);

    /// <summary>Null for none.</summary>
    public static ProtocolError? Room(RoomError error) => error switch
    {
        RoomError.None => null,
        RoomError.NotInRoom => NoSuchParticipant,
        RoomError.RoleForbids => RoleForbids,
        RoomError.StageFull => StageFull,
        RoomError.RoomFull => RoomFull,
        RoomError.Banned => Banned,
        RoomError.NotAdmitted => NotAdmitted,
        RoomError.InviteInvalid => InviteInvalid,
        RoomError.AlreadyInside => AlreadyInside,
        RoomError.HandsClosed => HandsClosed,
        RoomError.AlreadyOnStage => AlreadyOnStage,
        RoomError.NoInvitation => NoInvitation,
        RoomError.MutedByModerator => MutedByModerator,
        RoomError.TooMany => TooMany,
        RoomError.Closed or RoomError.NoSuchRoom => NoSuchRoom,
        RoomError.NodeFull => NodeFull,
        _ => Unavailable,
    };

    public static ProtocolError MessageTooLarge(int most) =>
        new("message-too-large", 413, $"A message may have at most {most} bytes.", Fatal: true);

    public static ProtocolError UnknownType() => new("unknown-type", 400, "There is no message of this type.", Field: "type");

    public static ProtocolError MissingField(string field) => new("missing-field", 400, $"The field {field} is missing.", Field: field);

    public static ProtocolError BadField(string field, string what) => new("bad-field", 400, $"The field {field} {what}.", Field: field);

    public static ProtocolError VersionUnsupported(int version) =>
        new("version-unsupported", 426, $"This server speaks version {version} only.", Fatal: true, Field: "v");

    public static ProtocolError WrongGeneration(int newest) =>
        new("answer-wrong-generation", 409, $"The newest offer has generation {newest}.", Field: "generation");

    public static ProtocolError Sdp(SdpError error) =>
        new(error.Code, 400, error.Message, Field: "sdp", Line: error.Line > 0 ? error.Line : null);

    public static ProtocolError Token(TokenOutcome outcome) => outcome switch
    {
        TokenOutcome.Missing => Token("token-missing", 401, "join needs a token."),
        TokenOutcome.BadAlgorithm => Token("token-bad-algorithm", 401, "The token must be signed with HS256."),
        TokenOutcome.UnknownKey => Token("token-unknown-key", 401, "The token's kid names no key of this server."),
        TokenOutcome.BadSignature => Token("token-bad-signature", 401, "The token's signature is wrong."),
        TokenOutcome.NoExpiry => Token("token-no-expiry", 401, "The token has no exp."),
        TokenOutcome.Expired => Token("token-expired", 401, "The token has expired."),
        TokenOutcome.NotYetValid => Token("token-not-yet-valid", 401, "The token is not valid yet."),
        TokenOutcome.NoIdentity => Token("token-no-identity", 403, $"The token needs a sub of 1 to {Bounds.Identity} characters."),
        TokenOutcome.NoRoom => Token("token-no-room", 403, $"The token needs a room of 1 to {Bounds.Room} characters."),
        TokenOutcome.WrongRoom => Token("token-wrong-room", 403, "The token is for another room."),
        TokenOutcome.LivesTooLong => Token("token-lives-too-long", 401, $"A token for calls may be valid for {ApiTokenVerifier.LongestLife.TotalMinutes} minutes at most."),
        TokenOutcome.NoRole => Token("token-no-role", 403, "The token needs a role: audience, speaker or moderator."),
        _ => Token("token-malformed", 401, "The token is not a JWT, is too long, or a claim of it has a wrong type."),
    };

    private static ProtocolError Token(string code, int status, string text) => new(code, status, text, Fatal: true, Field: "token");
}
