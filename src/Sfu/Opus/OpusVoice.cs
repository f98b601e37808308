namespace Sfu.Opus;

/// <summary>What the encoder itself thought of the audio in a packet, read off the start of its SILK frames (RFC 6716 4.2.3).</summary>
internal enum OpusVoice : byte
{
    /// <summary>Music modes (CELT) say nothing of it.</summary>
    Unknown,
    Active,
    Inactive,
}
