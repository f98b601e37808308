namespace Sfu.Rooms;

/// <summary>Who is heard now; immutable.</summary>
/// <param name="Slots">By slot the id of whoever has it; null for nobody.</param>
/// <param name="Dominant">Id of the one who leads the conversation, or did so last; null for nobody.</param>
public sealed record HeardSpeakers(IReadOnlyList<string?> Slots, string? Dominant)
{
    public static readonly HeardSpeakers Nobody = new([], null);

    public bool Equals(HeardSpeakers? other) => other is not null && Dominant == other.Dominant && Slots.SequenceEqual(other.Slots);

    public override int GetHashCode() => HashCode.Combine(Dominant, Slots.Count);
}
