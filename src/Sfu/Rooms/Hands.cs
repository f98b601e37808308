namespace Sfu.Rooms;

/// <summary>The hands that are up, in the order in which they rose.</summary>
internal sealed class Hands
{
    private readonly OrderedDictionary<string, Hand> _byId = new(StringComparer.Ordinal);
    private long _last;

    public IReadOnlyList<Hand> All => [.. _byId.Values];

    public bool Has(string id) => _byId.ContainsKey(id);

    /// <summary>A hand that is up keeps its place and takes the new note.</summary>
    public Hand Raise(Participant participant, string note)
    {
        long number = _byId.TryGetValue(participant.Id, out Hand? up) ? up.Number : ++_last;
        var hand = new Hand(number, participant.Id, participant.Identity, participant.Name, note);
        _byId[participant.Id] = hand;
        return hand;
    }

    public bool Lower(string id) => _byId.Remove(id);
}
