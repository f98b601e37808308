namespace Sfu.LoadTest.Speaking;

/// <summary>What was said, so that what is heard can be compared with it. The pacing thread writes; any thread reads.</summary>
internal sealed class SpeakerDesk(Speech speech, int speakers)
{
    private readonly SpeakerState[] _states = [.. Enumerable.Range(0, speakers).Select(_ => new SpeakerState())];

    public int Count => _states.Length;

    public SpeakerState this[int speaker] => _states[speaker];

    public uint? CsrcOf(int speaker) => _states[speaker].Csrc;

    public byte[] Template(int speaker, uint number) => speech.Template(speaker, number);

    /// <summary>Whether such a packet was ever sent.</summary>
    public bool Knows(in PacketMarker marker) =>
        marker.Speaker < _states.Length && marker.Number < Volatile.Read(ref _states[marker.Speaker].NextNumber);

    public long TurnStartedAt(in PacketMarker marker) => _states[marker.Speaker].TurnStarts[marker.Turn];
}
