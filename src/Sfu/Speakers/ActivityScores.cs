namespace Sfu.Speakers;

/// <summary>How likely a count of active parts is speech, on three time scales (Volfin and Cohen 2012, section III).</summary>
/// <remarks>
/// The logarithm of the likelihood ratio of v active parts of n: binomial where there is speech, with p = 0.5, against an exponential
/// with lambda where there is none. Tables hold the scores' logarithms, so that the ratio of two is a difference. Parameters are those that
/// the open implementations use.
/// </remarks>
internal static class ActivityScores
{
    /// <summary>Steps of 10 dB of the newest packet.</summary>
    public const int ImmediateParts = 13;

    /// <summary>Cells of 20 ms.</summary>
    public const int MediumParts = 5;

    /// <summary>Blocks of <see cref="MediumParts"/> cells: one second.</summary>
    public const int LongParts = 10;

    /// <summary>Active cells that make a block active.</summary>
    public const int ActiveBlock = 4;

    // What a challenger's score has to be above the dominant one's, in logarithms: hysteresis.
    public const float ImmediateLead = 3;
    public const float MediumLead = 2;
    public const float LongLead = 0;

    private const double Least = 1e-10;

    private static readonly float[] ImmediateTable = Table(ImmediateParts, 0.78);
    private static readonly float[] MediumTable = Table(MediumParts, 24);
    private static readonly float[] LongTable = Table(LongParts, 47);

    public static float Immediate(int active) => ImmediateTable[active];

    public static float Medium(int active) => MediumTable[active];

    public static float Long(int active) => LongTable[active];

    private static float[] Table(int parts, double lambda)
    {
        float[] table = new float[parts + 1];
        double choose = 1;
        for (int active = 0; active <= parts; active++)
        {
            double score = Math.Log(choose) + parts * Math.Log(0.5) - Math.Log(lambda) + lambda * active;
            table[active] = (float)Math.Log(Math.Max(score, Least));
            choose = choose * (parts - active) / (active + 1);
        }

        return table;
    }
}
