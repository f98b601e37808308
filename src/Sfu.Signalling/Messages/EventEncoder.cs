using System.Runtime.CompilerServices;
using Sfu.Rooms;

namespace Sfu.Signalling.Messages;

/// <summary>Turns an event of a room into JSON once for all of its clients.</summary>
/// <remarks>Thread-safe. The bytes live as long as the event does, which is while somebody is still being told of it.</remarks>
internal sealed class EventEncoder
{
    private readonly ConditionalWeakTable<RoomEvent, byte[]> _encoded = [];

    public byte[] Encode(RoomEvent roomEvent) => _encoded.GetValue(roomEvent, static e => ServerJson.Encode(Translate.Event(e)));
}
