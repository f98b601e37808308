using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Rtcp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.TestKit.Net;
using Sfu.TestKit.Rtp;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

/// <summary>
/// One (key, SSRC, index) never encrypts two plaintexts, whatever happens: loss and late packets on the way up, jumps, changes of
/// speakers and of dominance, forms, limits, pauses, other rooms, overload, and questions for packets that were or were not sent.
/// </summary>
public sealed class PlaintextUniquenessTests(ITestOutputHelper output)
{
    private const int Iterations = 2_000;

    private static readonly Gen<Step[]> Steps =
        Gen.Select(Gen.Int[0, Step.Kinds - 1], Gen.Int[0, Step.MostWho], Gen.Int[0, 999], (kind, who, value) => new Step(kind, who, value)).Array[20, 250];

    private long _packets;
    private long _repeats;
    private long _reds;
    private long _rtx;

    [Fact]
    public void An_index_is_one_plaintext_ever()
    {
        Steps.Sample(
            steps =>
            {
                var room = new Scene();
                foreach (Step step in steps)
                    room.Do(step);
                room.Finish();
                foreach (TestListener listener in room.Listeners)
                    Check(listener);
            },
            iter: Iterations);

        output.WriteLine($"{_packets} packets, {_reds} of them RED, {_repeats} sent again, {_rtx} as RTX");
        // A check that nothing was there to be checked by proves nothing.
        Assert.True(_repeats > Iterations);
        Assert.True(_reds > Iterations);
        Assert.True(_rtx > Iterations);
    }

    private void Check(TestListener listener)
    {
        var plaintexts = new Dictionary<(uint Ssrc, long Index), byte[]>();
        foreach (ProtectedPacket packet in listener.Heard)
        {
            byte[] plaintext = [.. packet.Header, .. packet.Payload, (byte)packet.Padding];
            if (!plaintexts.TryAdd((packet.Ssrc, packet.PacketIndex), plaintext))
            {
                Interlocked.Increment(ref _repeats);
                Assert.Equal(plaintexts[(packet.Ssrc, packet.PacketIndex)], plaintext);
            }

            if (packet.Ssrc >= MediaConstants.RtxSsrc(0))
                Interlocked.Increment(ref _rtx);
            if ((packet.Header[1] & 0x7F) == MediaConstants.RedPayloadType)
                Interlocked.Increment(ref _reds);
        }

        Interlocked.Add(ref _packets, listener.Heard.Count);
    }

    private readonly record struct Step(int Kind, int Who, int Value)
    {
        public const int Kinds = 24;

        /// <summary>Of eight listeners, or one of six slots in two rooms.</summary>
        public const int MostWho = 7;
    }

    private sealed class Scene
    {
        private const int Slots = 3;
        private const uint Samples = 960;

        private readonly Audience[] _audiences = [new(Slots), new(Slots)];
        private readonly HashSet<long>[] _used = [.. Enumerable.Range(0, 2 * Slots).Select(_ => new HashSet<long>())];
        private readonly long[] _index = [65_500, 10, 1L << 40, 65_490, 65_500, 12];
        private readonly uint[] _csrc = [1, 2, 3, 4, 5, 6];
        private readonly NullSender _sender = new();
        private readonly TagBatch _tags = new();
        private readonly DropCounters _drops = new();
        private readonly FakeTimeProvider _time = new();
        private readonly MediaClock _clock;
        private readonly DownlinkFeedback _feedback;
        private readonly uint[] _reported = new uint[8];

        public Scene()
        {
            _clock = new MediaClock(_time);
            _feedback = new DownlinkFeedback(_sender, _tags, _drops, new MediaCounters());
            ListenerFormat all = new() { TakesNack = true, RedPayloadType = MediaConstants.RedPayloadType };
            ListenerFormat[] formats =
            [
                all,
                all,
                all with { RedPayloadType = null },
                all with { OpusPayloadType = 96, LevelExtensionId = 4 },
                all with { FollowsDominant = true },
                all with { RedPayloadType = 120 },
                all with { OpusRtxPayloadType = 112, RedRtxPayloadType = 113 },
                all with { OpusRtxPayloadType = 97, FollowsDominant = true },
            ];
            Listeners = [.. formats.Select((format, i) => new TestListener(i, Slots, format: format))];
            Listeners[1].Listener.OwnCsrc = 1;
            foreach (TestListener listener in Listeners)
            {
                _audiences[0].Add(listener.Listener);
                listener.Listener.Protect();
            }
        }

        public TestListener[] Listeners { get; }

        public void Do(Step step)
        {
            Listener listener = Listeners[step.Who].Listener;
            int slot = step.Who % _index.Length;
            switch (step.Kind)
            {
                case < 8:
                    Publish(slot, _index[slot] + 1, step.Value);
                    break;
                case 8:
                    Publish(slot, _index[slot] + 1 + step.Value % 5, step.Value);
                    break;
                case 9:
                    Publish(slot, _index[slot] - step.Value % 60, step.Value);
                    break;
                case 10:
                    Publish(slot, _index[slot] + step.Value * 65L, step.Value);
                    break;
                case 11:
                    _csrc[slot] = 1 + (uint)step.Value % 7;
                    break;
                case 12 or 13:
                    _audiences[step.Value % 2].Step(1 + step.Value % 7, _sender, _drops, _tags);
                    break;
                case 14:
                    _time.Advance(TimeSpan.FromMilliseconds(step.Value % 70));
                    break;
                case 15:
                    Report(step.Who, step.Value);
                    break;
                case 16 or 17 or 18 or 19:
                    Ask(step.Who, step.Value);
                    break;
                case 20:
                    listener.Paused = step.Value % 3 == 0;
                    break;
                case 21:
                    listener.SlotLimit = 1 + step.Value % Slots;
                    listener.SlotMask = step.Value % 5 == 0 ? (uint)step.Value % 8 : uint.MaxValue;
                    break;
                case 22 when step.Value % 3 == 0:
                    Audience next = _audiences[step.Value % 2];
                    (listener.Audience ?? next).Remove(listener);
                    next.Add(listener);
                    break;
                default:
                    foreach (Audience audience in _audiences)
                        audience.DropOverdue(_clock.Now);
                    break;
            }
        }

        public void Finish()
        {
            for (int who = 0; who < Listeners.Length; who++)
            {
                _audiences[who % 2].Step(int.MaxValue, _sender, _drops, _tags);
                for (int value = 0; value < 40; value++)
                    Ask(who, value);
            }
        }

        /// <summary>An index is given out once; the slot answers for that.</summary>
        private void Publish(int slot, long index, int value)
        {
            if (index < 0 || !_used[slot].Add(index))
                return;
            _index[slot] = Math.Max(_index[slot], index);
            byte[] payload = new byte[1 + value % 150];
            new Random((int)index).NextBytes(payload);
            payload[0] = SpeakerSource.OneFrameOf20Ms;
            _audiences[slot / Slots].Publish(
                new SlotPacketHeader(
                    slot % Slots, index, (uint)index * Samples, _csrc[slot], value % 9 == 0, default, _clock.Now, (byte)((slot + value / 300) % Slots)),
                payload);
        }

        /// <summary>Enough loss for RED, or so much more that RED ends, or none.</summary>
        private void Report(int who, int value)
        {
            _reported[who] += 250;
            byte lost = (value % 4) switch { 0 => 0, 1 => 200, _ => 20 };
            _feedback.OnReport(
                Listeners[who].Listener, new ReportBlock(MediaConstants.SlotSsrc(value % Slots), lost, 0, 300 + _reported[who], 0, 0, 0), null, _clock.Now);
        }

        private void Ask(int who, int value)
        {
            int slot = value % Slots;
            long highest = Listeners[who].Heard.Where(p => p.Ssrc == MediaConstants.SlotSsrc(slot)).Select(p => p.PacketIndex).DefaultIfEmpty(0).Max();
            ushort sequence = (ushort)(highest - value % 41);
            if (RtcpReader.TryRead(NackBytes.Of(MediaConstants.SlotSsrc(slot), sequence, (ushort)value), out RtcpReader reader) == DropReason.None
                && reader.MoveNext()
                && Nack.TryRead(reader.Current, out Nack nack) == DropReason.None)
            {
                _feedback.OnNack(Listeners[who].Listener, nack, _clock.Now);
            }
        }
    }
}
