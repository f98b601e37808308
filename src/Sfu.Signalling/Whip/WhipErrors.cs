using Sfu.Signalling.Messages;

namespace Sfu.Signalling.Whip;

/// <summary>Errors that only HTTP knows; the others are those of the protocol.</summary>
internal static class WhipErrors
{
    public static readonly ProtocolError NotAcceptable = new("not-acceptable", 406, $"The answer is {MediaTypes.Sdp}; accept that.");
    public static readonly ProtocolError OfferExpected = new("unsupported-media-type", 415, $"Send an offer as {MediaTypes.Sdp}.");
    public static readonly ProtocolError FragmentExpected = new("unsupported-media-type", 415, $"Send a fragment as {MediaTypes.Fragment}.");
    public static readonly ProtocolError TooLarge = new("message-too-large", 413, $"A body may have at most {RequestText.MaxBytes} bytes.");
    public static readonly ProtocolError BadRoom = new("bad-room", 400, $"The name of the room in the path has more than {Bounds.Room} characters.");
    public static readonly ProtocolError OriginForbidden = new("origin-forbidden", 403, "Pages of this origin may not connect; see Sfu:Signalling:AllowedOrigins.");
    public static readonly ProtocolError DoorsClosed = new("doors-closed", 503, "The room is not open yet.");
    public static readonly ProtocolError NoSuchSession = new("no-such-session", 404, "There is no such session (any more).");
    public static readonly ProtocolError IfMatchMissing = new("if-match-missing", 428, "State If-Match: the newest ETag, or * to restart ICE.");
    public static readonly ProtocolError IfMatchOutdated = new("if-match-outdated", 412, "If-Match is not the newest ETag: ICE has been restarted since.");
}
