namespace Sfu.Selection.Scenes;

/// <summary>A conversation with labels, as the server gets it.</summary>
/// <param name="Slots">Fewer than there are microphones.</param>
/// <param name="Packets">In the order of arrival.</param>
/// <param name="Noisy">Members whose microphones pick up something loud that is no speech.</param>
internal sealed record Scene(
    string Name, int Milliseconds, int Slots, int Members, IReadOnlyList<Turn> Turns, IReadOnlyList<ScenePacket> Packets, IReadOnlySet<int> Noisy)
{
    /// <summary>How many others speak, or pause within their turn.</summary>
    public int OthersSpeaking(int member, double at)
    {
        int count = 0;
        foreach (Turn turn in Turns)
            count += turn.Member != member && turn.Start <= at && at < turn.End ? 1 : 0;
        return count;
    }

    /// <summary>True where a turn never meets as many others as there are slots.</summary>
    public bool IsFree(Turn turn)
    {
        for (int at = turn.Start; at < turn.End; at += Track.Frame)
        {
            if (OthersSpeaking(turn.Member, at) >= Slots)
                return false;
        }

        return true;
    }

    public bool Speaks(int member, double from, double until)
    {
        foreach (Turn turn in Turns)
        {
            if (turn.Member == member && turn.Start < until && from < turn.End)
                return true;
        }

        return false;
    }
}
