namespace Sfu.Signalling.Options;

/// <summary>How often something may happen.</summary>
/// <param name="PerMinute">In the long run; 0 for no limit.</param>
/// <param name="Burst">At once.</param>
internal sealed record RateSettings(int PerMinute, int Burst)
{
    public RateSettings ReadFrom(SettingsReader reader)
    {
        var read = new RateSettings(
            reader.Int(nameof(PerMinute), PerMinute, 0, 1_000_000),
            reader.Int(nameof(Burst), Burst, 1, 1_000_000));
        reader.RefuseUnknown();
        return read;
    }
}
