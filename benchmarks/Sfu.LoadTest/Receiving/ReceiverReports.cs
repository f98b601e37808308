using Sfu.LoadTest.Clients;
using Sfu.Rtcp;
using Sfu.Slots;
using Sfu.Time;

namespace Sfu.LoadTest.Receiving;

/// <summary>Sends a receiver report for each listener every 5 s, spread over this time, as browsers do. One thread.</summary>
internal sealed class ReceiverReports(SlotMeter meter)
{
    private const long IntervalMicroseconds = 5_000_000;
    private const int MaxLength = 512;

    private readonly List<LoadClient> _listeners = [];
    private readonly byte[] _packet = new byte[MaxLength];
    private Instant _last;
    private double _due;
    private int _next;

    public void Add(LoadClient listener) => _listeners.Add(listener);

    public void Send(Instant now)
    {
        _due += (now.Microseconds - _last.Microseconds) * (double)_listeners.Count / IntervalMicroseconds;
        _last = now;
        // After a stall nobody reports twice.
        _due = Math.Min(_due, _listeners.Count);
        for (; _due >= 1; _due--)
        {
            _next = (_next + 1) % _listeners.Count;
            Report(_listeners[_next]);
        }
    }

    private void Report(LoadClient listener)
    {
        Span<ReportBlock> blocks = stackalloc ReportBlock[MediaConstants.MaxSlots];
        int count = 0;
        ReadOnlySpan<SlotView> views = meter.ViewsOf(listener.Number);
        for (int slot = 0; slot < views.Length; slot++)
        {
            if (views[slot].HasStarted)
                blocks[count++] = new ReportBlock(listener.FirstSsrc + (uint)slot, 0, 0, (uint)views[slot].Window.Highest, 0, 0, 0);
        }

        var writer = new RtcpWriter(_packet);
        writer.TryWriteReceiverReport(listener.MicrophoneSsrc, blocks[..count]);
        listener.Send(_packet.AsSpan(0, listener.Sender!.ProtectRtcp(_packet, writer.Length)));
    }
}
