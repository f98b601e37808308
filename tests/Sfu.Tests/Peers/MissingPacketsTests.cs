using Sfu.Peers;
using Sfu.Time;

namespace Sfu.Tests.Peers;

public sealed class MissingPacketsTests
{
    private static readonly Instant Start = new(10_000_000);

    private readonly RoundTripEstimate _roundTrip = new();
    private readonly MissingPackets _missing;

    public MissingPacketsTests()
    {
        _missing = new MissingPackets(_roundTrip);
        _roundTrip.Add(TimeSpan.FromMilliseconds(40));
    }

    [Fact]
    public void A_packet_is_asked_for_after_the_wait_for_reordering_and_not_before()
    {
        Add(7);

        Assert.Equal(At(10), _missing.Deadline);
        Assert.Empty(TakeDue(9));
        Assert.Equal([7], TakeDue(10));
        Assert.Empty(TakeDue(11));
    }

    [Fact]
    public void What_comes_within_the_wait_is_never_asked_for()
    {
        Add(7, 8);

        Assert.False(_missing.OnArrival(7, At(5)));

        Assert.Equal([8], TakeDue(10));
    }

    [Fact]
    public void A_second_time_comes_after_one_and_a_half_round_trips_and_a_third_never()
    {
        Add(7);
        TakeDue(10);

        // And what a client takes to answer.
        Assert.Equal(At(10 + 60 + 20), _missing.Deadline);
        Assert.Empty(TakeDue(89));
        Assert.Equal([7], TakeDue(90));
        Assert.Empty(TakeDue(170));
        Assert.Empty(TakeDue(90 + 1_000));
        Assert.Equal(Instant.Never, _missing.Deadline);
    }

    [Fact]
    public void What_would_come_too_late_for_the_listeners_is_not_asked_for()
    {
        _missing.Add(7, lostAt: At(-151), Start);
        _missing.Add(8, lostAt: At(-149), Start);

        // 10 ms of waiting and 40 ms of round trip: 201 and 199 ms after they would have come.
        Assert.Equal([8], TakeDue(10));
    }

    [Fact]
    public void A_long_way_is_not_asked_over_at_all()
    {
        var far = new RoundTripEstimate();
        far.Add(TimeSpan.FromMilliseconds(191));
        var missing = new MissingPackets(far);
        missing.Add(7, Start, Start);

        Assert.Equal(0, missing.TakeDue(At(10), new ushort[MissingPackets.Capacity]));
        Assert.Equal(Instant.Never, missing.Deadline);
    }

    [Fact]
    public void An_answer_that_comes_too_late_still_tells_how_long_the_way_is()
    {
        var unknown = new RoundTripEstimate();
        var missing = new MissingPackets(unknown);
        ushort[] numbers = new ushort[MissingPackets.Capacity];
        missing.Add(7, Start, Start);
        Assert.Equal(1, missing.TakeDue(At(10), numbers));
        Assert.Equal(0, missing.TakeDue(At(170), numbers));

        Assert.True(missing.OnArrival(7, At(10 + 300)));

        Assert.Equal(TimeSpan.FromMilliseconds(300), unknown.Value);
    }

    [Fact]
    public void What_is_never_answered_is_forgotten_in_the_end()
    {
        Add(7);
        TakeDue(10);
        TakeDue(195);
        Assert.Equal(At(10 + 1_000), _missing.Deadline);

        Assert.Empty(TakeDue(1_010));
        Assert.Equal(Instant.Never, _missing.Deadline);
    }

    [Fact]
    public void The_budget_holds_however_much_is_lost()
    {
        int asked = 0;
        long index = 0;
        for (int milliseconds = 0; milliseconds < 10_000; milliseconds += 20)
        {
            _missing.Add(index++, At(milliseconds), At(milliseconds));
            asked += TakeDue(milliseconds + 10).Count;
        }

        Assert.InRange(asked, 10 * MissingPackets.AsksPerSecond, 10 * MissingPackets.AsksPerSecond + MissingPackets.AsksAtOnce);
    }

    [Fact]
    public void Of_a_long_gap_the_newest_are_asked_for()
    {
        Add([.. Enumerable.Range(0, MissingPackets.Capacity + 8).Select(i => (long)i)]);

        List<ushort> asked = TakeDue(10);
        Assert.Equal(MissingPackets.AsksAtOnce, asked.Count);
        Assert.Equal(8, asked[0]);
        Assert.Equal(asked.Order(), asked);
    }

    [Fact]
    public void The_first_answer_tells_the_round_trip_and_the_second_tells_nothing()
    {
        Add(7, 8);
        TakeDue(10);

        Assert.True(_missing.OnArrival(7, At(10 + 80)));
        Assert.Equal(TimeSpan.FromMilliseconds(45), _roundTrip.Value);

        Assert.Equal([8], TakeDue(95));
        Assert.True(_missing.OnArrival(8, At(96)));
        Assert.Equal(TimeSpan.FromMilliseconds(45), _roundTrip.Value);
    }

    [Fact]
    public void What_answers_the_second_time_late_still_counts_as_sent_again()
    {
        Add(7);
        TakeDue(10);
        TakeDue(90);
        TakeDue(170);

        Assert.True(_missing.OnArrival(7, At(400)));
    }

    [Fact]
    public void Sequence_numbers_wrap_as_indices_go_on()
    {
        Add(65_535, 65_536, 65_537);

        Assert.Equal([65_535, 0, 1], TakeDue(10));
    }

    [Fact]
    public void Another_stream_begins_with_nothing_missing()
    {
        Add(7);
        _missing.Clear();

        Assert.Equal(Instant.Never, _missing.Deadline);
        Assert.Empty(TakeDue(10));
    }

    private static Instant At(int milliseconds) => Start + TimeSpan.FromMilliseconds(milliseconds);

    private void Add(params ReadOnlySpan<long> indices)
    {
        foreach (long index in indices)
            _missing.Add(index, Start, Start);
    }

    private List<ushort> TakeDue(int milliseconds)
    {
        ushort[] numbers = new ushort[MissingPackets.Capacity];
        return [.. numbers.Take(_missing.TakeDue(At(milliseconds), numbers))];
    }
}
