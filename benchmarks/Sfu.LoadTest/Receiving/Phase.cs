namespace Sfu.LoadTest.Receiving;

/// <summary>Which part of the run a packet belongs to, by when its speaker sent it.</summary>
internal enum Phase : byte
{
    /// <summary>Before the measured time: listeners join.</summary>
    Ramp,
    Measured,
    After,
}
