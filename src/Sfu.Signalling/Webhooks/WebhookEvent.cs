using System.Globalization;
using Sfu.Rooms;

namespace Sfu.Signalling.Webhooks;

/// <summary>Something that happened, as it was noted down; written as JSON when it is sent.</summary>
/// <param name="At">When it was noted down.</param>
internal sealed record WebhookEvent(string RoomId, string Room, string Type, DateTimeOffset At, RoomEvent Event)
{
    /// <summary>The same for every try and every receiver, and for no other event.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{RoomId}-{Event.Revision}");
}
