namespace Sfu.Signalling.Messages;

/// <summary>Times in milliseconds, levels in -dBov, the margin in dB.</summary>
internal sealed record SelectionDto(int PauseMs, int MinimumTimeMs, int PatienceMs, int HoldTimeMs, int SpeechLevel, int NoiseMargin, bool LearnsNoise);
