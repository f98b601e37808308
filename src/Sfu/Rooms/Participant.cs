namespace Sfu.Rooms;

/// <summary>Somebody in a room. Changed by its <see cref="Room"/> only.</summary>
public sealed class Participant
{
    internal Participant(string id, string identity, string name, Role role, uint csrc)
    {
        Id = id;
        Identity = identity;
        Name = name;
        Role = role;
        Csrc = csrc;
    }

    public string Id { get; }

    public string Identity { get; }

    public string Name { get; }

    /// <summary>The most that this person may do; being on the stage is <see cref="OnStage"/>.</summary>
    public Role Role { get; }

    public uint Csrc { get; }

    public bool OnStage { get; internal set; }

    public bool Muted { get; internal set; }

    public StageMember ToStageMember() => new(Id, Identity, Name, Role, Csrc, Muted);
}
