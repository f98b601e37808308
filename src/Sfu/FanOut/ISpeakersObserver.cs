namespace Sfu.FanOut;

/// <summary>Hears who is heard, from a room's stage.</summary>
/// <remarks>Called on the home worker's thread between packets, at each change: it notes down and returns, and takes no lock.</remarks>
internal interface ISpeakersObserver
{
    void OnSpeakers(SpeakersHeard heard);
}
