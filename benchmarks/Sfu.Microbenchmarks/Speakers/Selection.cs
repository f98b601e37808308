using BenchmarkDotNet.Attributes;
using Sfu.FanOut;
using Sfu.Microbenchmarks.Support;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.Speakers;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Microbenchmarks.Speakers;

/// <summary>Who of 3 or 20 speakers, who take turns, is heard in three slots; figures are for one packet, beside copying it.</summary>
public class Selection
{
    private const int Packets = 1_200;
    private const byte Speech = 30;
    private const byte Quiet = 70;

    /// <summary>Samples of 20 ms.</summary>
    private const int PacketDuration = (int)SpeakerSource.PacketDuration;

    /// <summary>Rounds of 20 ms that a turn takes.</summary>
    private const int Turn = 100;

    private readonly byte[] _payload = SlotPacket.Payload();
    private readonly byte[] _copy = new byte[SlotPacket.PayloadLength];
    private readonly CountingSink _sink = new();
    private SpeakerSource[] _speakers = [];
    private SpeakerSelector? _selector;
    private Stage? _stage;
    private long _round;

    [Params(3, 20)]
    public int Speakers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _speakers = [.. Enumerable.Range(0, Speakers).Select(i => new SpeakerSource((uint)i + 1))];
        _selector = new SpeakerSelector(MediaConstants.DefaultSlots, Speakers);
        _stage = new Stage(MediaConstants.DefaultSlots, _sink);
        foreach (SpeakerSource speaker in _speakers)
            _stage.AddSpeaker(speaker.Csrc);

        int slots = Packets * MediaConstants.DefaultSlots / Speakers;
        for (int i = 0; i < Turn; i++)
        {
            RequireSlotsFull(Hear(), slots);
            RequireSlotsFull(Place(), slots);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Packets)]
    public void Copy()
    {
        for (int i = 0; i < Packets; i++)
            _payload.CopyTo(_copy, 0);
    }

    /// <summary>The decision alone.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public int Hear()
    {
        int heard = 0;
        for (int i = 0; i < Packets / Speakers; i++)
        {
            Instant now = NextRound();
            for (int speaker = 0; speaker < _speakers.Length; speaker++)
            {
                if (_selector!.Hear(speaker, new AudioLevel(Level(speaker), Voice: true), PacketDuration, now) != SpeakerSelector.NotSelected)
                    heard++;
            }
        }

        return heard;
    }

    /// <summary>The decision, and the packet's place on the slot's sequence and timeline.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public int Place()
    {
        int before = _sink.Packets;
        for (int i = 0; i < Packets / Speakers; i++)
        {
            Instant now = NextRound();
            for (int speaker = 0; speaker < _speakers.Length; speaker++)
            {
                SpeakerSource source = _speakers[speaker];
                source.Level = Level(speaker);
                _stage!.Receive(source.Csrc, source.NextWith(_payload), now);
            }
        }

        return _sink.Packets - before;
    }

    /// <summary>Three in a round, but for the moments in which one turn has ended and the next is still being told from noise.</summary>
    private static void RequireSlotsFull(int heard, int slots) =>
        Require.That(heard >= 0.5 * slots && heard < 1.5 * slots, $"{heard} packets are heard, and there was room for {slots}.");

    private Instant NextRound() => new Instant(1_000_000) + TimeSpan.FromMilliseconds(20 * ++_round);

    /// <summary>Words are no steady noise.</summary>
    private byte Level(int speaker) => (byte)((_round / Turn + speaker) % 5 == 0 ? Speech - _round * 7 % 23 : Quiet);

    private sealed class CountingSink : ISlotSink
    {
        public int Packets { get; private set; }

        public void Publish(in SlotPacketHeader header, ReadOnlySpan<byte> payload) => Packets++;
    }
}
