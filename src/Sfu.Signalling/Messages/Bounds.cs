namespace Sfu.Signalling.Messages;

/// <summary>How long texts of a client may be, in UTF-16 code units.</summary>
internal static class Bounds
{
    public const int Id = 64;
    public const int Room = 128;
    public const int Identity = 128;
    public const int Name = 256;
    public const int ResumeToken = 128;
    public const int InviteCode = 64;
    public const int Sdp = 32_768;

    /// <summary>Levels of nesting in a message.</summary>
    public const int JsonDepth = 8;

    /// <summary>True for a text that people may read in a list: of that length and without control characters.</summary>
    public static bool IsName(string? text, int min, int max)
    {
        if (text is null || text.Length < min || text.Length > max)
            return false;
        foreach (char c in text)
        {
            if (char.IsControl(c))
                return false;
        }

        return true;
    }
}
