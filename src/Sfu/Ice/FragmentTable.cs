using System.Diagnostics.CodeAnalysis;

namespace Sfu.Ice;

/// <summary>Finds the owner of a local user name fragment from the bytes of a check's USERNAME, without allocation.</summary>
/// <remarks>
/// Owned by one thread. Keys are our own random fragments, so a sender can look up what it likes but cannot build long
/// chains.
/// </remarks>
/// <typeparam name="T">Whom a check is for, a peer as a rule.</typeparam>
public sealed class FragmentTable<T>
    where T : class
{
    private readonly Dictionary<string, T> _owners;
    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;

    public FragmentTable()
    {
        _owners = new Dictionary<string, T>(FragmentComparer.Instance);
        _byBytes = _owners.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _owners.Count;

    /// <returns>False when the fragment is taken.</returns>
    public bool TryAdd(string localFragment, T owner) => _owners.TryAdd(localFragment, owner);

    public bool Remove(string localFragment) => _owners.Remove(localFragment);

    /// <param name="username">The value of USERNAME, of which the receiver's half is looked up.</param>
    /// <param name="owner">Null when nobody owns the fragment.</param>
    public bool TryFind(ReadOnlySpan<byte> username, [NotNullWhen(true)] out T? owner)
    {
        owner = null;
        return IceUsername.TrySplit(username, out ReadOnlySpan<byte> receiver, out _)
            && _byBytes.TryGetValue(receiver, out owner);
    }
}
