using Sfu.Time;

namespace Sfu.Rooms;

/// <content>How a room changes and how it ends.</content>
public sealed partial class Room
{
    /// <summary>What a room waits at least for its first participant.</summary>
    public static readonly TimeSpan FirstTimeout = TimeSpan.FromSeconds(10);

    private Instant _emptySince;
    private bool _entered;
    private Instant _unmoderatedSince;

    private Instant EndDeadline
    {
        get
        {
            if (_roster.Count == 0)
                return Settings.EmptyTimeout is { } empty ? Later(_emptySince, _doors) + Longer(empty, _entered ? TimeSpan.Zero : FirstTimeout) : Instant.Never;
            return _roster.Moderators == 0 && Settings.ModeratorTimeout is { } unmoderated ? Later(_unmoderatedSince, _doors) + unmoderated : Instant.Never;
        }
    }

    /// <param name="settings">Without problems, profile and slots as before.</param>
    /// <param name="doors">See the constructor; null while <see cref="RoomSettings.OpensAt"/> stays as it is.</param>
    public RoomError Update(Participant? by, RoomSettings settings, Instant? doors = null)
    {
        if (!MayModerate(by))
            return RoomError.RoleForbids;
        if (Ended is not null)
            return RoomError.Closed;
        Settings = settings;
        if (doors is { } moved)
        {
            _doors = moved;
            _opened = false;
        }

        Tell(new RoomUpdated(Next(), settings));
        AdmitWaiting();
        return RoomError.None;
    }

    /// <summary>Whoever is inside or waits has to be told by the owner.</summary>
    public RoomError Close(Participant? by, EndReason reason = EndReason.RoomClosed)
    {
        if (!MayModerate(by))
            return RoomError.RoleForbids;
        End(reason);
        return RoomError.None;
    }

    private void EndOrPromote()
    {
        if (_roster.Count == 0)
            End(EndReason.RoomEmpty);
        else if (Settings.PromoteFromStage && _roster.Stage.Count > 0)
            SetRole(null, _roster.Stage[0], Role.Moderator);
        else
            End(EndReason.NoModerator);
    }

    private void End(EndReason reason)
    {
        if (Ended is not null)
            return;
        Tell(new RoomEnded(Next(), reason));
        Ended = reason;
    }

    /// <param name="moderated">Whoever left or changed was a moderator.</param>
    private void NoteWhoIsLeft(bool moderated)
    {
        if (_roster.Count == 0)
            _emptySince = _now;
        if (moderated && _roster.Moderators == 0)
            _unmoderatedSince = _now;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static Instant Later(Instant one, Instant other) => one > other ? one : other;
}
