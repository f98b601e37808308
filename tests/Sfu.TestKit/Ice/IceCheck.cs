using System.Text;
using Sfu.Ice;
using Sfu.Stun;

namespace Sfu.TestKit.Ice;

/// <summary>A binding request that is right in every respect but those that a test sets.</summary>
/// <param name="Server">The receiver; its password makes MESSAGE-INTEGRITY.</param>
/// <param name="Client">The sender.</param>
public sealed record IceCheck(IceCredentials Server, IceCredentials Client)
{
    private const int MaxLength = 1200;

    public StunMessageType Type { get; init; } = StunMessageType.BindingRequest;

    /// <summary>12 bytes.</summary>
    public byte[] TransactionId { get; init; } = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    /// <summary>Null for <c>server:client</c>, empty for no USERNAME.</summary>
    public string? Username { get; init; }

    public bool UseCandidate { get; init; }

    public ulong? Controlling { get; init; } = 77;

    public ulong? Controlled { get; init; }

    public bool HasIntegrity { get; init; } = true;

    public bool HasFingerprint { get; init; } = true;

    /// <summary>Written before MESSAGE-INTEGRITY.</summary>
    public (ushort Type, byte[] Value)[] Extra { get; init; } = [];

    /// <summary>Written behind MESSAGE-INTEGRITY, where nothing is protected.</summary>
    public (ushort Type, byte[] Value)[] Trailing { get; init; } = [];

    public byte[] ToBytes()
    {
        var buffer = new byte[MaxLength];
        var writer = new StunWriter(buffer, Type, TransactionId);
        string username = Username ?? $"{Server.UsernameFragment}:{Client.UsernameFragment}";
        if (username.Length > 0)
            writer.WriteAttribute(StunAttributeType.Username, Encoding.ASCII.GetBytes(username));
        if (Controlling is { } controlling)
            writer.WriteIceControlling(controlling);
        if (Controlled is { } controlled)
            writer.WriteIceControlled(controlled);
        if (UseCandidate)
            writer.WriteUseCandidate();
        writer.WritePriority(0x6E00_01FF);
        foreach ((ushort type, byte[] value) in Extra)
            writer.WriteAttribute((StunAttributeType)type, value);
        if (HasIntegrity)
            writer.WriteMessageIntegrity(Encoding.ASCII.GetBytes(Server.Password));
        foreach ((ushort type, byte[] value) in Trailing)
            writer.WriteAttribute((StunAttributeType)type, value);
        if (HasFingerprint)
            writer.WriteFingerprint();
        return buffer[..writer.Length];
    }
}
