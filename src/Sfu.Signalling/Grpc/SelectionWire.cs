using Google.Protobuf.WellKnownTypes;
using Sfu.Speakers;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>Between the domain's <see cref="SelectionPolicy"/> and that of <c>sfu.v1</c>.</summary>
internal static class SelectionWire
{
    public static Wire.SelectionPolicy Convert(SelectionPolicy policy) => new()
    {
        Pause = Duration.FromTimeSpan(policy.Pause),
        MinimumTime = Duration.FromTimeSpan(policy.MinimumTime),
        Patience = Duration.FromTimeSpan(policy.Patience),
        HoldTime = Duration.FromTimeSpan(policy.HoldTime),
        SpeechLevel = policy.SpeechLevel,
        NoiseMargin = policy.NoiseMargin,
        KeepsNoise = !policy.LearnsNoise,
    };

    /// <summary>What is left out has its default.</summary>
    public static SelectionPolicy Read(string field, Wire.SelectionPolicy? wire, Violations violations)
    {
        SelectionPolicy usual = SelectionPolicy.Default;
        if (wire is null)
            return usual;
        return new SelectionPolicy
        {
            Pause = FromWire.Timeout($"{field}.pause", wire.Pause, violations) ?? usual.Pause,
            MinimumTime = FromWire.Timeout($"{field}.minimum_time", wire.MinimumTime, violations) ?? usual.MinimumTime,
            Patience = FromWire.Timeout($"{field}.patience", wire.Patience, violations) ?? usual.Patience,
            HoldTime = FromWire.Timeout($"{field}.hold_time", wire.HoldTime, violations) ?? usual.HoldTime,
            SpeechLevel = wire.SpeechLevel == 0 ? usual.SpeechLevel : wire.SpeechLevel,
            NoiseMargin = wire.NoiseMargin == 0 ? usual.NoiseMargin : wire.NoiseMargin,
            LearnsNoise = !wire.KeepsNoise,
        };
    }
}
