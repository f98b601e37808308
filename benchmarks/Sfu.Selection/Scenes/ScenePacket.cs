using Sfu.Rtp;

namespace Sfu.Selection.Scenes;

/// <summary>A packet of a scene on its way to the server. Milliseconds from the start of the scene.</summary>
/// <param name="Number">Of the member's packets; DTX leaves none out.</param>
/// <param name="Start">Of the audio in it.</param>
/// <param name="Duration">Of the audio in it.</param>
/// <param name="Arrival">At the server.</param>
/// <param name="Toc">First byte of the Opus packet.</param>
/// <param name="Length">Of the Opus packet, in bytes.</param>
/// <param name="Speech">Labelled speech in it, in milliseconds.</param>
internal sealed record ScenePacket(
    int Member, int Number, int Start, int Duration, double Arrival, AudioLevel Level, byte Toc, int Length, int Speech);
