using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>Where somebody who follows the list of rooms begins.</summary>
/// <param name="Revision">Of the list now.</param>
/// <param name="Rooms">All of them, when nothing is missed.</param>
/// <param name="Missed">Set when the caller goes on where it was.</param>
/// <param name="Reset">Set when it wanted to and cannot.</param>
internal sealed record ListingStart(
    long Revision, IReadOnlyList<Wire.RoomSummary> Rooms, IReadOnlyList<Wire.RoomsChange>? Missed, Wire.Reset.Types.Reason? Reset);
