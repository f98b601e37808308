using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Slots;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

/// <summary>What a newcomer said while it was still being told from noise goes out too, at its own time.</summary>
public sealed class FirstSyllableTests
{
    private const byte Quiet = 75;

    // Too far below the loudest to be taken for speech at once, and loud enough two packets later.
    private static readonly byte[] Onset = [58, 57, 26, 24, 29, 22, 31, 25, 33, 24];

    private readonly RecordingSink _sink = new();
    private readonly Stage _stage;
    private readonly SpeakerSource _anna = new(1);
    private readonly SpeakerSource _ben = new(2, firstIndex: 500_000, firstTimestamp: 7);
    private readonly SpeakerSource _cleo = new(3, firstIndex: 40, firstTimestamp: 1_000_000);
    private readonly Dictionary<uint, Instant> _decided = [];
    private Instant _now = new(1_000_000);

    public FirstSyllableTests()
    {
        _stage = new Stage(2, _sink);
        foreach (uint csrc in (uint[])[1, 2, 3])
            _stage.AddSpeaker(csrc);
    }

    [Fact]
    public void Packets_from_before_the_decision_go_out_in_order_and_without_a_hole()
    {
        Silence(2_000);
        long first = _cleo.Index;

        Speak(_cleo, 10);

        byte[][] sent = [.. Sent(3).Select(p => p.Payload)];
        Assert.True(sent.Length >= 12, $"{sent.Length} packets went out.");
        for (int i = 0; i < sent.Length; i++)
            Assert.Equal(Expected(_cleo, first + 10 - sent.Length + i), sent[i]);
        long[] indices = [.. Sent(3).Select(p => p.Header.Index)];
        Assert.Equal(Enumerable.Range(0, sent.Length).Select(i => indices[0] + i), indices);
    }

    [Fact]
    public void They_keep_the_time_at_which_they_were_said()
    {
        Speak(_anna, 100, also: _ben);
        Silence(3_000);
        SlotPacketHeader last = _sink.Packets.Last(p => p.Header.Csrc != 3).Header;

        Speak(_cleo, 10);

        foreach ((SlotPacketHeader header, _) in Sent(3))
        {
            SlotPacketHeader before = _sink.Packets.Last(p => p.Header.Slot == header.Slot && p.Header.Csrc != 3).Header;
            Assert.Equal((header.Arrival - before.Arrival).TotalMilliseconds * 48, (int)(header.Timestamp - before.Timestamp));
        }

        Assert.True(last.Arrival < Sent(3)[0].Header.Arrival);
    }

    [Fact]
    public void None_is_older_than_60_ms()
    {
        Silence(2_000);
        Speak(_cleo, 10);

        (SlotPacketHeader Header, byte[] Payload)[] sent = Sent(3);
        Instant decided = _decided[3];
        Assert.InRange(decided - sent[0].Header.Arrival, TimeSpan.FromMilliseconds(20), Stage.FirstSyllable);
    }

    [Fact]
    public void They_come_two_at_a_time_and_not_in_a_burst()
    {
        Silence(2_000);
        int most = 0;
        for (int i = 0; i < Onset.Length; i++)
        {
            int before = _sink.Packets.Count;
            Receive(_cleo, Onset[i]);
            most = Math.Max(most, _sink.Packets.Count - before);
            _now += TimeSpan.FromMilliseconds(20);
        }

        Assert.Equal(2, most);
    }

    [Fact]
    public void Nothing_waits_when_the_turn_ends_before_everything_has_gone_out()
    {
        Silence(2_000);
        foreach (byte level in (byte[])[58, 57, 26, 24])
        {
            Receive(_cleo, level);
            _now += TimeSpan.FromMilliseconds(20);
        }

        Receive(_cleo, Quiet);

        Assert.Equal(Expected(_cleo, _cleo.Index - 1), Sent(3)[^1].Payload);
    }

    [Fact]
    public void Where_the_slot_still_sends_they_come_behind_it_and_the_next_silence_makes_up_for_it()
    {
        Speak(_anna, 100, also: _ben);
        // Both are silent for a while, and their microphones send it.
        for (int i = 0; i < 25; i++)
        {
            Receive(_anna, Quiet);
            Receive(_ben, Quiet);
            _now += TimeSpan.FromMilliseconds(20);
        }

        for (int i = 0; i < 20; i++)
        {
            Receive(_anna, Quiet);
            Receive(_ben, Quiet);
            Receive(_cleo, Onset[i % Onset.Length]);
            _now += TimeSpan.FromMilliseconds(20);
        }

        int slot = Sent(3)[0].Header.Slot;
        SlotPacketHeader[] inSlot = [.. _sink.Packets.Where(p => p.Header.Slot == slot).Select(p => p.Header)];
        for (int i = 1; i < inSlot.Length; i++)
        {
            Assert.Equal(inSlot[i - 1].Index + 1, inSlot[i].Index);
            Assert.True((int)(inSlot[i].Timestamp - inSlot[i - 1].Timestamp) >= 960, "Two packets of the slot share a moment.");
        }

        SlotPacketHeader lead = inSlot[0];
        Assert.InRange(Late(lead, inSlot[^1]), 1, Slot.MostLate);

        Silence(2_000);
        Speak(_anna, 10, also: _ben);
        SlotPacketHeader next = _sink.Packets.Last(p => p.Header.Slot == slot).Header;
        Assert.NotEqual(3u, next.Csrc);
        Assert.Equal(0, Late(lead, next));
    }

    [Fact]
    public void Who_hands_the_slot_back_and_gets_it_again_leaves_no_hole_in_the_sequence()
    {
        Silence(1_000);
        Speak(_cleo, 100);
        Silence(2_000);
        Speak(_cleo, 10);

        long[] indices = [.. Sent(3).Select(p => p.Header.Index)];
        Assert.Equal(Enumerable.Range(0, indices.Length).Select(i => indices[0] + i), indices);
        Assert.True(Sent(3).Count(p => p.Header.Marker) >= 2);
    }

    [Fact]
    public void A_mute_forgets_what_waits()
    {
        Silence(2_000);
        Receive(_cleo, 58);
        Receive(_cleo, 57);
        _stage.SetMuted(3, true);
        _stage.SetMuted(3, false);
        int sent = Sent(3).Length;

        Receive(_cleo, 20);
        Receive(_cleo, 24);

        Assert.Equal(sent + 2, Sent(3).Length);
    }

    [Fact]
    public void However_often_speakers_take_over_from_each_other_a_slot_never_stays_behind_the_clock()
    {
        var random = new Random(4);
        SpeakerSource[] sources = [_anna, _ben, _cleo];
        int[] left = [0, 0, 0];
        for (int round = 0; round < 20_000; round++)
        {
            for (int i = 0; i < sources.Length; i++)
            {
                // Turns and pauses of 20 ms to 1 s; nobody is silent for long, so that little is made up for.
                if (left[i] == 0)
                    left[i] = random.Next(3) > 0 ? 1 + random.Next(50) : -1 - random.Next(15);
                bool speaks = left[i] > 0;
                left[i] -= Math.Sign(left[i]);
                Receive(sources[i], speaks ? (byte)(20 + random.Next(16)) : (byte)(Quiet + random.Next(3)));
            }

            _now += TimeSpan.FromMilliseconds(20);
        }

        int most = 0;
        int takeovers = 0;
        foreach (IGrouping<int, SlotPacketHeader> slot in _sink.Packets.Select(p => p.Header).GroupBy(header => header.Slot))
        {
            SlotPacketHeader[] inSlot = [.. slot];
            for (int i = 1; i < inSlot.Length; i++)
            {
                Assert.True((int)(inSlot[i].Timestamp - inSlot[i - 1].Timestamp) >= 960, "Two packets of the slot share a moment.");
                most = Math.Max(most, Late(inSlot[0], inSlot[i]));
                takeovers += inSlot[i].Csrc != inSlot[i - 1].Csrc ? 1 : 0;
            }
        }

        Assert.True(takeovers > 500, $"{takeovers} take-overs show nothing.");
        // No first syllable makes it later than MostLate; a take-over between two words may, by the 20 ms of its packet, until the next pause.
        Assert.InRange(most, Slot.MostLate, 2 * Slot.MostLate);
        Assert.InRange(_sink.Packets.GroupBy(p => p.Header.Slot).Max(slot => Late(slot.First().Header, slot.Last().Header)), -960, Slot.MostLate);
    }

    private static int Late(SlotPacketHeader from, SlotPacketHeader to) =>
        (int)(to.Timestamp - from.Timestamp) - (int)((to.Arrival - from.Arrival).TotalMilliseconds * 48);

    private (SlotPacketHeader Header, byte[] Payload)[] Sent(uint csrc) => [.. _sink.Packets.Where(p => p.Header.Csrc == csrc)];

    private static byte[] Expected(SpeakerSource source, long index) => source.At(index, 0).Payload.ToArray();

    private void Silence(int milliseconds)
    {
        for (int at = 0; at < milliseconds; at += 20)
        {
            foreach (SpeakerSource source in (SpeakerSource[])[_anna, _ben, _cleo])
                Receive(source, (byte)(Quiet + at / 20 % 3));
            _now += TimeSpan.FromMilliseconds(20);
        }
    }

    private void Speak(SpeakerSource source, int packets, SpeakerSource? also = null)
    {
        for (int i = 0; i < packets; i++)
        {
            Receive(source, Onset[i % Onset.Length]);
            if (also is not null)
                Receive(also, Onset[(i + 5) % Onset.Length]);
            _now += TimeSpan.FromMilliseconds(20);
        }
    }

    private void Receive(SpeakerSource source, byte level)
    {
        source.Level = level;
        bool had = Enumerable.Range(0, 2).Any(slot => _stage.SpeakerIn(slot) == source.Csrc);
        DropReason reason = _stage.Receive(source.Csrc, source.Next(), _now);
        if (!had && reason == DropReason.None)
            _decided[source.Csrc] = _now;
    }
}
