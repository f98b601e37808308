using System.Numerics;

namespace Sfu.EndToEnd.Tests.Audio;

/// <summary>Log energies in bands over time: what two recordings of the same speech share even after a codec has been at them.</summary>
internal sealed class Spectrogram
{
    public const int HopSamples = Wav.SampleRate / 50;
    public const int Bands = 24;

    private const int WindowFrames = 100;

    private const int WindowSamples = 2_048;
    private const double LowestHz = 120;
    private const double HighestHz = 7_000;

    /// <summary>About 60 dB below the speech used here: silence and the codec's noise look alike below it.</summary>
    private const double Floor = 1e-3;

    private static readonly double[] Window =
        [.. Enumerable.Range(0, WindowSamples).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / WindowSamples))];

    private readonly double[][] _frames;

    public Spectrogram(ReadOnlySpan<float> samples)
    {
        int count = Math.Max(0, (samples.Length - WindowSamples) / HopSamples + 1);
        _frames = new double[count][];
        for (int i = 0; i < count; i++)
            _frames[i] = Analyse(samples.Slice(i * HopSamples, WindowSamples));
    }

    /// <summary>One for each 20 ms.</summary>
    public int Length => _frames.Length;

    /// <summary>
    /// How well this recording correlates with some part of the speech, as the mean over windows of 2 s: 1 for the same
    /// speech, around 0.5 for another speaker's words (all speech shares its spectral slope, and the best place is taken).
    /// </summary>
    /// <remarks>In windows, since a busy machine's sound card stretches time: a single shift would not hold for a whole recording.</remarks>
    public double LikenessTo(Spectrogram speech)
    {
        if (Length < WindowFrames)
            return 0;
        double sum = 0;
        int windows = Length / WindowFrames;
        for (int window = 0; window < windows; window++)
            sum += BestCorrelation(window * WindowFrames, speech);
        return sum / windows;
    }

    private double BestCorrelation(int start, Spectrogram speech)
    {
        double best = -1;
        for (int at = 0; at + WindowFrames <= speech.Length; at++)
            best = Math.Max(best, Correlate(start, speech, at));
        return best;
    }

    private double Correlate(int start, Spectrogram speech, int at)
    {
        double sumA = 0, sumB = 0, sumAA = 0, sumBB = 0, sumAB = 0;
        for (int i = 0; i < WindowFrames; i++)
        {
            double[] a = _frames[start + i];
            double[] b = speech._frames[at + i];
            for (int band = 0; band < Bands; band++)
            {
                sumA += a[band];
                sumB += b[band];
                sumAA += a[band] * a[band];
                sumBB += b[band] * b[band];
                sumAB += a[band] * b[band];
            }
        }

        const double Count = (double)WindowFrames * Bands;
        double covariance = sumAB - sumA * sumB / Count;
        double spread = Math.Sqrt((sumAA - sumA * sumA / Count) * (sumBB - sumB * sumB / Count));
        return spread > 0 ? covariance / spread : 0;
    }

    private static double[] Analyse(ReadOnlySpan<float> samples)
    {
        var values = new Complex[WindowSamples];
        for (int i = 0; i < WindowSamples; i++)
            values[i] = samples[i] * Window[i];
        Transform(values);

        double[] bands = new double[Bands];
        for (int bin = 1; bin < WindowSamples / 2; bin++)
        {
            double hertz = (double)bin * Wav.SampleRate / WindowSamples;
            if (hertz is < LowestHz or >= HighestHz)
                continue;
            int band = (int)(Bands * Math.Log(hertz / LowestHz) / Math.Log(HighestHz / LowestHz));
            double magnitude = values[bin].Magnitude / WindowSamples;
            bands[band] += magnitude * magnitude;
        }

        for (int band = 0; band < Bands; band++)
            bands[band] = Math.Log10(Math.Sqrt(bands[band]) + Floor);
        return bands;
    }

    /// <summary>In-place radix-2 FFT.</summary>
    private static void Transform(Complex[] values)
    {
        for (int i = 1, j = 0; i < values.Length; i++)
        {
            int bit = values.Length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
                j ^= bit;
            j ^= bit;
            if (i < j)
                (values[i], values[j]) = (values[j], values[i]);
        }

        for (int length = 2; length <= values.Length; length <<= 1)
        {
            Complex step = Complex.FromPolarCoordinates(1, -2 * Math.PI / length);
            for (int start = 0; start < values.Length; start += length)
            {
                Complex turn = Complex.One;
                for (int i = start; i < start + length / 2; i++)
                {
                    Complex odd = values[i + length / 2] * turn;
                    values[i + length / 2] = values[i] - odd;
                    values[i] += odd;
                    turn *= step;
                }
            }
        }
    }
}
