namespace Sfu.Rooms;

/// <summary>The hands that are up, in the order in which they rose.</summary>
internal sealed class Hands
{
    private readonly OrderedDictionary<string, Hand> _byId = new(StringComparer.Ordinal);
    private Hand[]? _all;
    private long _last;

    /// <summary>The same list until a hand changes: everybody who joins gets a snapshot of it.</summary>
    public IReadOnlyList<Hand> All => _all ??= [.. _byId.Values];

    public bool Has(string id) => _byId.ContainsKey(id);

    /// <summary>A hand that is up keeps its place and takes the new note.</summary>
    public Hand Raise(Participant participant, string note)
    {
        long number = _byId.TryGetValue(participant.Id, out Hand? up) ? up.Number : ++_last;
        var hand = new Hand(number, participant.Id, participant.Identity, participant.Name, note);
        _byId[participant.Id] = hand;
        _all = null;
        return hand;
    }

    public bool Lower(string id)
    {
        if (!_byId.Remove(id))
            return false;
        _all = null;
        return true;
    }
}
