namespace Sfu.Rooms;

/// <summary>Somebody as others in the room see them; immutable.</summary>
/// <param name="Id">Of this stay in the room; a person who leaves and comes back has another one.</param>
/// <param name="Identity">Who it is, by the token's subject.</param>
/// <param name="Name">For people to read.</param>
/// <param name="Csrc">What names this member in the RTP packets of the slots; unique in the room, never 0.</param>
/// <param name="Muted">True while on the stage with the server dropping the audio.</param>
public sealed record ParticipantProfile(string Id, string Identity, string Name, Role Role, uint Csrc, bool Muted)
{
    /// <inheritdoc cref="Participant.MuteLocked"/>
    public bool MuteLocked { get; init; }

    public Hearing Hearing { get; init; }

    /// <inheritdoc cref="JoinRequest.Metadata"/>
    public string Metadata { get; init; } = "";

    /// <inheritdoc cref="JoinRequest.Metadata"/>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = JoinRequest.NoAttributes;
}
