using Sfu.LoadTest.Options;
using Sfu.LoadTest.Receiving;
using Sfu.LoadTest.Results;
using Sfu.Slots;

namespace Sfu.LoadTest.Engine;

/// <summary>What each listener should have got in the measured time, and what it got.</summary>
/// <remarks>
/// Everybody listens before that time begins, so all listeners of a room are owed the same: the slot's packets from the first to the
/// last that anybody got, by sequence numbers, those between that nobody got included.
/// </remarks>
internal sealed class ListenerCount
{
    private const double NanosecondsForMillisecond = 1e6;

    private readonly LoadOptions _options;
    private readonly Fleet _fleet;

    /// <summary>By room and slot.</summary>
    private readonly long[] _owed;

    public ListenerCount(LoadOptions options, Fleet fleet)
    {
        _options = options;
        _fleet = fleet;
        _owed = new long[options.Rooms * MediaConstants.MaxSlots];
        foreach (ReceiveThread thread in fleet.Threads)
        {
            for (int i = 0; i < _owed.Length; i++)
                _owed[i] = Math.Max(_owed[i], thread.Meter.Streams[i].MeasuredSpan);
        }
    }

    /// <summary>Slot packets of the measured time, of all rooms.</summary>
    public long Owed => _owed.Sum();

    public ListenerResult[] All() => [.. Enumerable.Range(0, _options.Listeners).Select(Of)];

    private ListenerResult Of(int number)
    {
        long expected = 0;
        long received = 0;
        long duplicated = 0;
        long outOfOrder = 0;
        long longestGap = 0;
        ReadOnlySpan<SlotView> views = _fleet.ThreadOf(number).Meter.ViewsOf(number);
        for (int slot = 0; slot < views.Length; slot++)
        {
            expected += _owed[number % _options.Rooms * MediaConstants.MaxSlots + slot];
            if (!views[slot].HasStarted || views[slot].Phase != Phase.Measured)
                continue;
            received += views[slot].Window.Received;
            duplicated += views[slot].Window.Duplicated;
            outOfOrder += views[slot].Window.OutOfOrder;
            longestGap = Math.Max(longestGap, views[slot].LongestGap);
        }

        return new ListenerResult(number, expected, received, expected - received, duplicated, outOfOrder, longestGap / NanosecondsForMillisecond);
    }
}
