namespace Sfu.TestKit.Opus;

/// <summary>Which of its coders libopus is made to use; the numbers are its own.</summary>
public enum OpusMode
{
    Silk = 1_000,
    Hybrid = 1_001,
    Celt = 1_002,
}
