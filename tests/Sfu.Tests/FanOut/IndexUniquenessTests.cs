using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.TestKit.Net;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

/// <summary>
/// One (SSRC, index) of a listener encrypts one packet, ever, and gaps are real loss, whatever happens: loss, reordering and
/// duplicates on the way up, changes of speakers, mutes, pauses, comings and goings, speakers who listen.
/// </summary>
public sealed class IndexUniquenessTests
{
    private const int Slots = 2;
    private const int Speakers = 4;
    private const int Rounds = 4_000;

    private readonly Audience _audience = new(Slots);
    private readonly RecordingSink _sink;
    private readonly Stage _stage;
    private readonly RecordingSender _sender = new();
    private readonly TagBatch _tags = new();
    private readonly DropCounters _drops = new();
    private readonly SpeakerSource[] _speakers =
        [.. Enumerable.Range(1, Speakers).Select(i => new SpeakerSource((uint)i, 65_000 * i, (uint)(int.MaxValue / i)))];

    private readonly List<(long Due, SpeakerSource Speaker, long Index, uint Timestamp)> _inFlight = [];
    private readonly List<TestListener> _everybody = [];
    private readonly List<TestListener> _present = [];
    private Instant _now = new(1_000_000);

    public IndexUniquenessTests()
    {
        _sink = new RecordingSink(_audience);
        _stage = new Stage([new Slot(0, 65_500, uint.MaxValue), new Slot(1, -50)], _sink);
        foreach (SpeakerSource speaker in _speakers)
            _stage.AddSpeaker(speaker.Csrc);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 5, 0)]
    [InlineData(3, 0, 4)]
    [InlineData(4, 8, 6)]
    [InlineData(5, 25, 12)]
    [InlineData(6, 2, 40)]
    public void An_index_is_one_packet_and_a_gap_is_real_loss(int seed, int lossPercent, int reordering)
    {
        var random = new Random(seed);
        Come(6);
        for (int round = 0; round < Rounds; round++)
        {
            Change(random);
            Speak(random, round, lossPercent, reordering);
            if (random.Next(3) == 0)
                _audience.Step(random.Next(1, 12), _sender, _drops, _tags);
            if (round % 8 == 0)
                StepAll();
            _now += TimeSpan.FromMilliseconds(20);
        }

        StepAll();
        Assert.Equal(0, _drops[DropReason.ListenerBehind]);
        Assert.True(_sink.Packets.Count > Rounds / 2);
        Assert.True(_everybody.Sum(l => l.Heard.Count) > Rounds * 4);
        foreach (TestListener listener in _everybody)
        {
            for (int slot = 0; slot < Slots; slot++)
                Check(listener, slot);
        }
    }

    private void Check(TestListener listener, int slot)
    {
        ProtectedPacket[] heard = [.. listener.Heard.Where(p => p.Ssrc == MediaConstants.SlotSsrc(slot)).OrderBy(p => p.PacketIndex)];
        Assert.Equal(heard.Length, heard.Select(p => p.PacketIndex).Distinct().Count());
        Assert.DoesNotContain(heard, p => p.Csrc == listener.Listener.OwnCsrc);
        if (heard.Length == 0)
            return;

        Assert.Equal(ListenerSlot.FirstSequenceNumber, heard[0].PacketIndex);

        // A packet is known by its time, which no two of a slot share.
        Dictionary<uint, long> indices = _sink.Packets.Where(p => p.Header.Slot == slot).ToDictionary(p => p.Header.Timestamp, p => p.Header.Index);
        HashSet<long> inOrder = InOrder(slot);
        long previous = indices[heard[0].Timestamp];
        for (int i = 1; i < heard.Length; i++)
        {
            long index = indices[heard[i].Timestamp];
            Assert.True(index > previous);
            Assert.True((int)(heard[i].Timestamp - heard[i - 1].Timestamp) > 0);
            long missing = heard[i].PacketIndex - heard[i - 1].PacketIndex - 1;
            long excused = 0;
            for (long lost = previous + 1; lost < index; lost++)
                excused += inOrder.Contains(lost) ? 0 : 1;
            Assert.True(missing <= excused, $"{missing} numbers are missing before {heard[i].PacketIndex}, {excused} packets did not come in order.");
            previous = index;
        }
    }

    /// <summary>The indices that came neither lost nor late.</summary>
    private HashSet<long> InOrder(int slot)
    {
        var inOrder = new HashSet<long>();
        long highest = long.MinValue;
        foreach ((SlotPacketHeader header, _) in _sink.Packets.Where(p => p.Header.Slot == slot))
        {
            if (header.Index > highest)
                inOrder.Add(highest = header.Index);
        }

        return inOrder;
    }

    private void Speak(Random random, int round, int lossPercent, int reordering)
    {
        foreach (SpeakerSource speaker in _speakers)
        {
            long index = speaker.Index;
            uint timestamp = speaker.Timestamp;
            speaker.Lose(1);
            if (random.Next(100) < lossPercent)
                continue;

            _inFlight.Add((round + random.Next(-reordering, 2) * random.Next(2), speaker, index, timestamp));
            if (reordering > 0 && random.Next(20) == 0)
                _inFlight.Add((round + random.Next(reordering), speaker, index, timestamp));
            if (reordering > 0 && random.Next(10) == 0)
                _inFlight[^1] = _inFlight[^1] with { Due = round + random.Next(reordering) };
        }

        foreach ((long due, SpeakerSource speaker, long index, uint timestamp) in _inFlight)
        {
            if (due <= round)
                _stage.Receive(speaker.Csrc, speaker.At(index, timestamp), _now);
        }

        _inFlight.RemoveAll(p => p.Due <= round);
    }

    private void Change(Random random)
    {
        SpeakerSource speaker = _speakers[random.Next(Speakers)];
        switch (random.Next(60))
        {
            case 0:
                speaker.Level = (byte)random.Next(15, 90);
                break;
            case 1:
                _stage.SetMuted(speaker.Csrc, random.Next(2) == 0);
                break;
            case 2:
                _stage.RemoveSpeaker(speaker.Csrc);
                break;
            case 3:
                _stage.AddSpeaker(speaker.Csrc);
                break;
            case 4:
                speaker.PayloadLength = random.Next(4) == 0 ? 0 : random.Next(1, 400);
                break;
            case 5 when random.Next(10) == 0:
                speaker.Ssrc++;
                speaker.Index = random.Next(1 << 20);
                break;
            case 6 when _present.Count > 2:
                Leave(_present[random.Next(_present.Count)]);
                break;
            case 7 when _everybody.Count < 40:
                Come(1);
                break;
            case 8 when _everybody.Find(l => !_present.Contains(l)) is { } absent:
                Return(absent);
                break;
            case 9 or 10 or 11 when _present.Count > 0:
                Listener listener = _present[random.Next(_present.Count)].Listener;
                listener.Paused = !listener.Paused;
                break;
        }
    }

    private void Come(int count)
    {
        for (int i = 0; i < count; i++)
        {
            var listener = new TestListener(_everybody.Count, Slots);
            listener.Listener.OwnCsrc = (uint)(_everybody.Count % (Speakers + 2));
            _everybody.Add(listener);
            Return(listener);
        }
    }

    private void Return(TestListener listener)
    {
        _present.Add(listener);
        _audience.Add(listener.Listener);
    }

    private void Leave(TestListener listener)
    {
        _present.Remove(listener);
        _audience.Remove(listener.Listener);
    }

    private void StepAll() => Assert.False(_audience.Step(int.MaxValue, _sender, _drops, _tags));
}
