using Sfu.Opus;
using Sfu.Rtp;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Opus;
using Sfu.Time;

namespace Sfu.Tests.Opus;

/// <summary>Both ways to a level, on packets of libopus.</summary>
public sealed class LevelMeterTests
{
    private Instant _now = new(1_000_000);

    [Theory]
    [InlineData(OpusMode.Silk, 16_000, 1)]
    [InlineData(OpusMode.Hybrid, 32_000, 1)]
    [InlineData(OpusMode.Celt, 64_000, 1)]
    [InlineData(OpusMode.Celt, 96_000, 2)]
    public void A_decoded_level_is_that_of_the_audio(OpusMode mode, int bitrate, int channels)
    {
        foreach (double level in (double[])[-12, -20, -30, -45])
        {
            using var encoder = new OpusEncoder(mode, bitrate, channels);
            using ILevelMeter meter = new LevelMeters(OpusDecoders.Choose(null)).Create();
            float[] speech = TestSignal.Speech(2_000, level);
            List<AudioLevel> measured = Measure(meter, TestPackets.Encode(encoder, speech, 20, channels));

            // Levels are logarithms: the mean of their powers is the level of all.
            double mean = 10 * Math.Log10(measured.Average(m => Math.Pow(10, -m.Level / 10.0)));
            Assert.Equal(level, mean, tolerance: 2);
            Assert.InRange(measured.Count(m => m.Voice), measured.Count * 6 / 10, measured.Count);
        }
    }

    [Fact]
    public void A_quiet_room_has_no_voice_when_decoded()
    {
        using var encoder = new OpusEncoder(OpusMode.Celt, 64_000);
        using ILevelMeter meter = new LevelMeters(OpusDecoders.Choose(null)).Create();
        List<AudioLevel> measured = Measure(meter, TestPackets.Encode(encoder, TestSignal.Noise(1_000, -70), 20));

        // At 16 kHz a third of white noise is left, which is 5 dB less.
        Assert.All(measured[5..], m => Assert.InRange(m.Level, 66, 82));
        Assert.All(measured[5..], m => Assert.False(m.Voice));
    }

    [Theory]
    [InlineData(OpusMode.Silk, 20_000)]
    [InlineData(OpusMode.Hybrid, 32_000)]
    [InlineData(OpusMode.Celt, 64_000)]
    public void Without_a_decoder_speech_and_silence_are_told_apart(OpusMode mode, int bitrate)
    {
        using var encoder = new OpusEncoder(mode, bitrate);
        using ILevelMeter meter = new LevelMeters(null).Create();
        List<AudioLevel> before = Measure(meter, TestPackets.Encode(encoder, TestSignal.Speech(2_000), 20));
        List<AudioLevel> room = Measure(meter, TestPackets.Encode(encoder, new float[3 * OpusEncoder.SampleRate], 20));
        List<AudioLevel> after = Measure(meter, TestPackets.Encode(encoder, TestSignal.Speech(2_000), 20));

        Assert.InRange(before.Count(IsSpeech), before.Count * 7 / 10, before.Count);
        // A variable bitrate takes a moment to follow.
        Assert.InRange(room.Count(IsSpeech), 0, room.Count / 4);
        Assert.DoesNotContain(room[(room.Count / 2)..], IsSpeech);
        Assert.InRange(after.Count(IsSpeech), after.Count * 7 / 10, after.Count);
    }

    [Fact]
    public void A_constant_bitrate_without_flags_is_taken_for_speech_all_the_time()
    {
        using var encoder = new OpusEncoder(OpusMode.Celt, 64_000, vbr: false);
        using ILevelMeter meter = new LevelMeters(null).Create();

        Assert.All(Measure(meter, TestPackets.Encode(encoder, TestSignal.Speech(500), 20)), level => Assert.Equal(HeaderMeter.Speech, level));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Silence_that_is_not_sent_is_silence(bool decodes)
    {
        using ILevelMeter meter = new LevelMeters(decodes ? OpusDecoders.Choose(null) : null).Create();

        Assert.Equal(AudioLevel.Silence, meter.Measure([9 << 3], _now));
        Assert.Equal(AudioLevel.Silence, meter.Measure([], _now));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_comes_in_nothing_is_thrown(bool decodes)
    {
        using ILevelMeter meter = new LevelMeters(decodes ? OpusDecoders.Choose(null) : null).Create();
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] packet = new byte[random.Next(1, 80)];
            random.NextBytes(packet);
            _now += TimeSpan.FromMilliseconds(20);
            Assert.InRange(meter.Measure(packet, _now).Level, 0, 127);
        }
    }

    [Fact]
    public void Beyond_the_workers_budget_levels_are_guessed_until_it_is_there_again()
    {
        var decoder = new CountingDecoder();
        var meters = new LevelMeters(() => decoder);
        ILevelMeter[] all = [.. Enumerable.Range(0, 10).Select(_ => meters.Create())];
        for (int i = 0; i < 10_000; i++)
        {
            _now += TimeSpan.FromMilliseconds(1);
            all[i % 10].Measure([9 << 3, 1, 2, 3], _now);
            all[i % 10].Measure([9 << 3, 1, 2, 3], _now);
        }

        Assert.InRange(decoder.Decoded, 10 * LevelMeters.DecodesPerSecond, 10 * LevelMeters.DecodesPerSecond + 200);
    }

    [Fact]
    public void Decoders_are_bounded_and_given_back()
    {
        var meters = new LevelMeters(() => new CountingDecoder());
        ILevelMeter[] all = [.. Enumerable.Range(0, LevelMeters.MaxDecoders).Select(_ => meters.Create())];
        Assert.All(all, meter => Assert.IsType<DecodingMeter>(meter));
        ILevelMeter guessing = meters.Create();
        Assert.IsType<HeaderMeter>(guessing);

        meters.Release(guessing);
        Assert.IsType<HeaderMeter>(meters.Create());
        meters.Release(all[0]);
        Assert.IsType<DecodingMeter>(meters.Create());
    }

    [Fact]
    public void Measuring_allocates_nothing()
    {
        using var encoder = new OpusEncoder(OpusMode.Silk);
        byte[] packet = encoder.Encode(TestSignal.Speech(20));
        var meters = new LevelMeters(OpusDecoders.Choose(null));
        using ILevelMeter meter = meters.Create();
        meter.Measure(packet, _now);

        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++)
                meter.Measure(packet, _now += TimeSpan.FromMilliseconds(20));
        }));
    }

    [Fact]
    public void The_environment_can_do_without_libopus()
    {
        Assert.True(OpusDecoder.IsSupported);
        Assert.Null(OpusDecoders.Choose("none"));
        using IOpusDecoder decoder = OpusDecoders.Choose(null)!();
        Assert.IsType<OpusDecoder>(decoder);
    }

    private static bool IsSpeech(AudioLevel level) => level.Voice && level.Level <= 50;

    private List<AudioLevel> Measure(ILevelMeter meter, List<byte[]> packets) => [.. packets.Select(packet =>
    {
        _now += TimeSpan.FromMilliseconds(20);
        return meter.Measure(packet, _now);
    })];
}
