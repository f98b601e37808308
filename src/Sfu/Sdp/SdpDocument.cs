using System.Diagnostics.CodeAnalysis;

namespace Sfu.Sdp;

/// <summary>A client's description cut into its sections, nothing judged yet but its form and its size.</summary>
internal sealed class SdpDocument
{
    public const int MaxLength = 65_536;
    public const int MaxLines = 2_000;
    public const int MaxSections = 64;

    private const string FirstLine = "v=0";
    private const string BundleSemantics = "BUNDLE ";

    public SdpSection Session { get; } = new();

    public List<SdpSection> Media { get; } = [];

    public bool IceLite { get; private set; }

    public int IceLiteLine { get; private set; }

    /// <summary>Mids with spaces between them; null without a group.</summary>
    public ReadOnlyMemory<char>? Bundle { get; private set; }

    public int BundleLine { get; private set; }

    /// <summary>A whole description.</summary>
    public static bool TryRead(string sdp, [NotNullWhen(true)] out SdpDocument? document, [NotNullWhen(false)] out SdpError? error) =>
        TryRead(sdp, isFragment: false, out document, out error);

    /// <summary>Attributes and media lines without what comes before them in a description (RFC 8840 section 9).</summary>
    public static bool TryReadFragment(string sdp, [NotNullWhen(true)] out SdpDocument? document, [NotNullWhen(false)] out SdpError? error) =>
        TryRead(sdp, isFragment: true, out document, out error);

    public bool IsBundled(SdpSection section) => section.Mid is not null && Bundled().Contains(section);

    /// <summary>The sections of the group in its order; mids that no section has are passed over, and so is what comes after as many as there may be.</summary>
    public IEnumerable<SdpSection> Bundled()
    {
        ReadOnlyMemory<char> rest = Bundle.GetValueOrDefault();
        for (int read = 0; !rest.IsEmpty && read < MaxSections; read++)
        {
            int space = rest.Span.IndexOf(' ');
            ReadOnlyMemory<char> mid = space < 0 ? rest : rest[..space];
            rest = space < 0 ? default : rest[(space + 1)..];
            if (Media.Find(section => section.Mid is { } own && own.Span.SequenceEqual(mid.Span)) is { } found)
                yield return found;
        }
    }

    private static bool TryRead(
        string sdp, bool isFragment, [NotNullWhen(true)] out SdpDocument? document, [NotNullWhen(false)] out SdpError? error)
    {
        document = null;
        if (sdp.Length > MaxLength)
        {
            error = new SdpError(SdpErrorCodes.TooLarge, $"The SDP has {sdp.Length} characters; at most {MaxLength} are read.", 0);
            return false;
        }

        var reading = new SdpDocument();
        error = reading.ReadLines(sdp, isFragment);
        if (error is not null)
            return false;
        document = reading;
        return true;
    }

    private SdpError? ReadLines(string sdp, bool isFragment)
    {
        var lines = new SdpLineReader(sdp);
        if (!isFragment && (!lines.MoveNext() || !lines.Line.Span.SequenceEqual(FirstLine)))
            return new SdpError(SdpErrorCodes.Syntax, "SDP starts with the line v=0.", Math.Max(lines.Number, 1));

        SdpSection section = Session;
        while (lines.MoveNext())
        {
            if (lines.Number > MaxLines)
                return new SdpError(SdpErrorCodes.TooLarge, $"At most {MaxLines} lines are read.", lines.Number);

            ReadOnlyMemory<char> line = lines.Line;
            if (line.Length < 2 || line.Span[1] != '=' || !char.IsAsciiLetterLower(line.Span[0]))
                return new SdpError(SdpErrorCodes.Syntax, "Each line is one lower-case letter, '=' and a value.", lines.Number);

            switch (line.Span[0])
            {
                case 'm' when Media.Count == MaxSections:
                    return new SdpError(SdpErrorCodes.TooLarge, $"At most {MaxSections} media sections are read.", lines.Number);
                case 'm':
                    if (!SdpAttributes.TryReadMedia(line[2..], lines.Number, out SdpSection? media))
                        return new SdpError(SdpErrorCodes.Syntax, "A media line is m=<media> <port> <protocol> <formats>.", lines.Number);
                    Media.Add(media);
                    section = media;
                    break;
                case 'a' when ReadAttribute(section, line[2..], lines.Number) is { } error:
                    return error;
            }
        }

        return null;
    }

    private SdpError? ReadAttribute(SdpSection section, ReadOnlyMemory<char> attribute, int line)
    {
        int colon = attribute.Span.IndexOf(':');
        ReadOnlySpan<char> name = colon < 0 ? attribute.Span : attribute.Span[..colon];
        ReadOnlyMemory<char> value = colon < 0 ? default : attribute[(colon + 1)..].Trim();
        if (section != Session)
            return SdpAttributes.Read(section, name, value, line);

        switch (name)
        {
            case "ice-lite":
                IceLite = true;
                IceLiteLine = line;
                return null;
            case "group" when Bundle is null && value.Span.StartsWith(BundleSemantics, StringComparison.Ordinal):
                Bundle = value[BundleSemantics.Length..];
                BundleLine = line;
                return null;
            default:
                return SdpAttributes.Read(section, name, value, line);
        }
    }
}
