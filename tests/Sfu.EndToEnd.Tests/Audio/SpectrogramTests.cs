namespace Sfu.EndToEnd.Tests.Audio;

/// <summary>The yardstick is measured first: it must tell speakers apart, or the tests that use it prove nothing.</summary>
public sealed class SpectrogramTests
{
    [Fact]
    public void Speech_is_like_itself_whatever_the_shift_and_the_loudness_and_unlike_other_speech()
    {
        Requirements.SoundTools();
        float[] ann = Speech.Ann.Value.Samples;
        float[] excerpt = [.. ann.Skip(70_123).Take(4 * Wav.SampleRate).Select(s => s * 0.5f)];
        var received = new Spectrogram(excerpt);

        Assert.InRange(received.LikenessTo(new Spectrogram(ann)), 0.9, 1);
        Assert.InRange(received.LikenessTo(new Spectrogram(Speech.Ben.Value.Samples)), -1, 0.65);
        Assert.InRange(received.LikenessTo(new Spectrogram(Speech.Cleo.Value.Samples)), -1, 0.65);
    }

    [Fact]
    public void Silence_and_noise_are_like_nothing_that_was_said()
    {
        Requirements.SoundTools();
        var ann = new Spectrogram(Speech.Ann.Value.Samples);
        var random = new Random(7);
        float[] noise = [.. Enumerable.Range(0, 4 * Wav.SampleRate).Select(_ => (float)(random.NextDouble() - 0.5) * 0.3f)];

        Assert.InRange(new Spectrogram(new float[4 * Wav.SampleRate]).LikenessTo(ann), -1, 0.2);
        Assert.InRange(new Spectrogram(noise).LikenessTo(ann), -1, 0.5);
    }
}
