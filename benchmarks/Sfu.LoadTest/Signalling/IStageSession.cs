namespace Sfu.LoadTest.Signalling;

/// <summary>A client of a server whose rooms have a stage that people are invited to.</summary>
internal interface IStageSession : ISignallingSession
{
    /// <summary>By which others name this client.</summary>
    string Id { get; }

    /// <summary>Asks somebody to the stage, and waits until the server has done so. For a moderator that does not answer the offer.</summary>
    Task InviteAsync(string id, CancellationToken cancellation);

    /// <summary>Takes the stage by an invitation; returns when that is sent.</summary>
    Task AcceptAsync(CancellationToken cancellation);

    Task StepDownAsync(CancellationToken cancellation);
}
