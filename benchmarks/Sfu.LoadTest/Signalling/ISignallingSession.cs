using Sfu.Dtls;
using Sfu.Ice;

namespace Sfu.LoadTest.Signalling;

/// <summary>A client that has joined; it stays as long as this is not disposed.</summary>
internal interface ISignallingSession : IAsyncDisposable
{
    ServerMedia Media { get; }

    /// <summary>Why the server ended it; null while it lasts.</summary>
    string? Ended { get; }

    /// <param name="microphoneSsrc">Null for listeners.</param>
    Task AnswerAsync(IceCredentials local, Fingerprint fingerprint, uint? microphoneSsrc, CancellationToken cancellation);
}
