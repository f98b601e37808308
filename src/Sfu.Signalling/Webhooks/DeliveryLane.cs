namespace Sfu.Signalling.Webhooks;

/// <summary>What waits for one room: its events go one after the other.</summary>
internal sealed class DeliveryLane(string roomId)
{
    public string RoomId => roomId;

    /// <summary>The first is the next, or under way.</summary>
    public LinkedList<Delivery> Waiting { get; } = [];

    /// <summary>In the queue of lanes whose time comes; one whose first is under way is not.</summary>
    public bool IsQueued { get; set; }
}
