namespace Sfu.Signalling.Grpc;

/// <summary>The newest requests of each key that made a room, so that one that is sent again makes no second.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RecentRequests
{
    /// <summary>Of one key.</summary>
    public const int Capacity = 1_024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, OrderedDictionary<string, MadeRoom>> _byKey = new(StringComparer.Ordinal);

    /// <param name="content">Of the request.</param>
    /// <param name="make">Makes the room, or throws, which is not remembered. One at a time.</param>
    /// <returns>What it made now or the first time.</returns>
    public MadeRoom Once(string keyId, string requestId, byte[] content, Func<(string Id, string Name)> make)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(keyId, out OrderedDictionary<string, MadeRoom>? made))
                _byKey.Add(keyId, made = new OrderedDictionary<string, MadeRoom>(StringComparer.Ordinal));
            if (made.TryGetValue(requestId, out MadeRoom? before))
                return before;

            (string id, string name) = make();
            if (made.Count == Capacity)
                made.RemoveAt(0);
            var after = new MadeRoom(id, name, content);
            made.Add(requestId, after);
            return after;
        }
    }
}
