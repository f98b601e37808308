using Sfu.Selection.Audio;

namespace Sfu.Selection.Tests.Audio;

public sealed class PcmTests
{
    [Fact]
    public void Levels_are_dBov()
    {
        Assert.Equal(0, Pcm.Level([1f, -1f, 1f, -1f]));
        Assert.Equal(20, Pcm.Level([0.1f, -0.1f]));
        Assert.Equal(Pcm.Silence, Pcm.Level(new float[320]));
    }

    [Fact]
    public void Pauses_do_not_count_when_a_sound_is_brought_to_a_level()
    {
        float[] sound = new float[3_200];
        for (int i = 0; i < 1_600; i++)
            sound[i] = i % 2 == 0 ? 0.5f : -0.5f;

        float[] scaled = Pcm.Normalise(sound, -30);

        Assert.Equal(30, Pcm.Level(scaled.AsSpan(0, 1_600)));
        Assert.Equal(Pcm.Silence, Pcm.Level(scaled.AsSpan(1_600)));
    }
}
