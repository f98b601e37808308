namespace Sfu.Rooms;

/// <summary>Somebody in a room. Changed by its <see cref="Room"/> only.</summary>
public sealed class Participant
{
    internal Participant(string id, JoinRequest request, uint csrc)
    {
        Id = id;
        Identity = request.Identity;
        Name = request.Name;
        Metadata = request.Metadata;
        Attributes = request.Attributes;
        Followed = request.Followed;
        Role = request.Role;
        Granted = request.Role;
        Csrc = csrc;
    }

    /// <summary>Of this stay; others name the person by it.</summary>
    public string Id { get; }

    public string Identity { get; }

    public string Name { get; }

    public string Metadata { get; internal set; }

    public IReadOnlyDictionary<string, string> Attributes { get; }

    public bool Followed { get; }

    /// <summary>The most that this person may do now; being on the stage is <see cref="OnStage"/>.</summary>
    public Role Role { get; internal set; }

    public uint Csrc { get; }

    public bool OnStage { get; internal set; }

    public bool Muted { get; internal set; }

    /// <summary>A moderator muted: only a moderator can allow the microphone again.</summary>
    public bool MuteLocked { get; internal set; }

    public Hearing Hearing { get; internal set; }

    /// <summary>What remains after stepping down: the token's role, or what a moderator made of it since.</summary>
    internal Role Granted { get; set; }

    public ParticipantProfile ToProfile() => new(Id, Identity, Name, Role, Csrc, Muted)
    {
        MuteLocked = MuteLocked,
        Hearing = Hearing,
        Metadata = Metadata,
        Attributes = Attributes,
    };
}
