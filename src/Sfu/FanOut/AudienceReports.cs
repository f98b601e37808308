using Sfu.Net;
using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>When which listener of an audience gets its sender reports.</summary>
/// <remarks>
/// A cursor goes round the listeners once in <see cref="Interval"/>, so that no listener needs a timer and reports never come
/// in a burst. Who has just begun to hear a slot is queued and gets one at once: until then a
/// receiver cannot tell the time. The cursor passes over who has had one less than half the interval ago.
/// </remarks>
internal sealed class AudienceReports
{
    /// <summary>RFC 3550 6.2: no less than 5 s between two reports of one sender.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private int _cursor;
    private Instant _next;

    // Linked through nodes that the listeners own, so that queueing allocates nothing.
    private readonly LinkedList<Listener> _awaiting = new();

    /// <summary>Instant zero when somebody awaits the first report.</summary>
    public Instant Deadline(int listeners) =>
        listeners == 0 ? Instant.Never : _awaiting.Count > 0 ? default : _next;

    /// <summary>The listener gets a report with the next <see cref="Write"/>.</summary>
    public void Request(Listener listener)
    {
        if (listener.ReportNode.List is null)
            _awaiting.AddLast(listener.ReportNode);
    }

    /// <summary>The listener is about to leave the audience.</summary>
    public void Forget(Listener listener)
    {
        if (listener.ReportNode.List == _awaiting)
            _awaiting.Remove(listener.ReportNode);
    }

    public void Write(Audience audience, Instant now, MediaClock clock, int maxListeners, IDatagramSender sender)
    {
        ulong ntp = clock.ToNtp(now);
        int left = maxListeners;
        for (; left > 0 && _awaiting.First is { } node; left--)
        {
            _awaiting.RemoveFirst();
            Send(node.Value);
        }

        int count = audience.Count;
        if (count == 0)
            return;

        if (now - _next > Interval)
            _next = now;
        TimeSpan step = Interval / count;
        for (; left > 0 && _next <= now; left--)
        {
            if (_cursor >= count)
                _cursor = 0;
            Listener listener = audience.Listeners[_cursor++]!;
            if (now - listener.ReportedAt >= Interval / 2)
                Send(listener);
            _next += step;
        }

        void Send(Listener listener)
        {
            listener.ReportedAt = now;
            ListenerReport.Send(listener, audience.Histories, now, ntp, sender);
        }
    }
}
