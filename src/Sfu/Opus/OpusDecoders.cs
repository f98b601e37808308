namespace Sfu.Opus;

/// <summary>What decodes Opus where levels must be measured: libopus, or nothing.</summary>
internal static class OpusDecoders
{
    private const string ChoiceVariable = "SFU_OPUS";
    private const string ChoiceOfNone = "none";

    /// <summary>Chosen once for the process: libopus where the system has it, unless <c>SFU_OPUS=none</c> is in the environment; null for nothing.</summary>
    public static Func<IOpusDecoder>? Default { get; } = Choose(Environment.GetEnvironmentVariable(ChoiceVariable));

    internal static Func<IOpusDecoder>? Choose(string? choice) =>
        OpusDecoder.IsSupported && choice != ChoiceOfNone ? static () => new OpusDecoder() : null;
}
