namespace Sfu.LoadTest.Signalling;

/// <summary>How clients get into a room of some server product. Any thread.</summary>
internal interface ISignalling : IDisposable
{
    /// <summary>Makes an identity that may join, before the clock of the join runs.</summary>
    Task<ClientIdentity> PrepareAsync(string name, string room, ClientRole role, CancellationToken cancellation);

    /// <summary>Goes as far as to have the server's offer.</summary>
    /// <exception cref="SignallingException">The server does not want to.</exception>
    Task<ISignallingSession> JoinAsync(ClientIdentity identity, CancellationToken cancellation);
}
