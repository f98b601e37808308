using System.Net.WebSockets;
using Sfu.LoadTest.Net;
using Sfu.LoadTest.Options;
using Sfu.LoadTest.Signalling;
using Sfu.LoadTest.Speaking;

namespace Sfu.LoadTest.Engine;

/// <summary>One guest after the other is invited, accepts, speaks and steps down, as long as the run is measured.</summary>
/// <remarks>A guest's microphone runs from the moment of accepting: what comes before the server has heard of it is dropped there.</remarks>
internal sealed class InvitationRounds(LoadOptions options, Fleet fleet, Joins joins)
{
    private static readonly TimeSpan Speaking = TimeSpan.FromMilliseconds(500);

    /// <summary>Until what a guest has said is through; not a multiple of 20 ms, so that no two accept at the same moment of a packet.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(107);

    private readonly IStageSession[] _moderators = new IStageSession[options.Rooms];

    /// <summary>Who should have heard a guest in the measured time, once for each turn that was in it to its end.</summary>
    public long Owed { get; private set; }

    /// <exception cref="SignallingException">The server does not want to.</exception>
    public async Task BringModeratorsAsync(CancellationToken cancellation)
    {
        for (int room = 0; room < options.Rooms; room++)
            _moderators[room] = (IStageSession)await joins.BringModeratorAsync(room, cancellation);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            for (int turn = 0; ; turn++)
            {
                for (int speaker = 0; speaker < fleet.Desk.Count; speaker++)
                    await LetSpeakAsync(speaker, turn, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (WebSocketException e)
        {
            throw new SignallingException($"WebSocket: {e.Message}", e);
        }
    }

    public async Task LeaveAsync()
    {
        foreach (IStageSession? moderator in _moderators)
        {
            if (moderator is not null)
                await moderator.DisposeAsync();
        }
    }

    private async Task LetSpeakAsync(int speaker, int turn, CancellationToken cancellation)
    {
        int room = speaker / options.Speakers;
        // A WebSocket whose sending is cancelled is broken: the pauses alone are.
        var guest = (IStageSession)joins.SpeakerSession(speaker);
        SpeakerState state = fleet.Desk[speaker];
        await _moderators[room].InviteAsync(guest.Id, CancellationToken.None);
        long acceptedAt = NativeCalls.RealtimeNanoseconds();
        state.TurnStarts[(ushort)turn] = acceptedAt;
        state.InvitedTurn = turn;
        await guest.AcceptAsync(CancellationToken.None);
        await Task.Delay(Speaking, cancellation);
        state.InvitedTurn = -1;
        await guest.StepDownAsync(CancellationToken.None);
        await Task.Delay(Pause, cancellation);
        if (acceptedAt >= fleet.Measured.From && NativeCalls.RealtimeNanoseconds() < fleet.Measured.Until)
            Owed += (options.Listeners - room + options.Rooms - 1) / options.Rooms;
    }
}
