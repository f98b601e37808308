using System.Diagnostics.CodeAnalysis;

namespace Sfu.Sdp;

/// <summary>An answer cut into its sections, nothing judged yet but its form and its size.</summary>
internal sealed class AnswerDocument
{
    public const int MaxLength = 65_536;
    public const int MaxLines = 2_000;
    public const int MaxSections = 64;

    private const string FirstLine = "v=0";
    private const string BundleSemantics = "BUNDLE ";

    public AnswerSection Session { get; } = new();

    public List<AnswerSection> Media { get; } = [];

    public bool IceLite { get; private set; }

    public int IceLiteLine { get; private set; }

    /// <summary>Mids with spaces between them; null without a group.</summary>
    public ReadOnlyMemory<char>? Bundle { get; private set; }

    public int BundleLine { get; private set; }

    public static bool TryRead(string sdp, [NotNullWhen(true)] out AnswerDocument? document, [NotNullWhen(false)] out SdpError? error)
    {
        document = null;
        if (sdp.Length > MaxLength)
        {
            error = new SdpError(SdpErrorCodes.TooLarge, $"The SDP has {sdp.Length} characters; at most {MaxLength} are read.", 0);
            return false;
        }

        var reading = new AnswerDocument();
        error = reading.ReadLines(sdp);
        if (error is not null)
            return false;
        document = reading;
        return true;
    }

    private SdpError? ReadLines(string sdp)
    {
        var lines = new SdpLineReader(sdp);
        if (!lines.MoveNext() || !lines.Line.Span.SequenceEqual(FirstLine))
            return new SdpError(SdpErrorCodes.Syntax, "SDP starts with the line v=0.", Math.Max(lines.Number, 1));

        AnswerSection section = Session;
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
                    if (!AnswerAttributes.TryReadMedia(line[2..], lines.Number, out AnswerSection? media))
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

    private SdpError? ReadAttribute(AnswerSection section, ReadOnlyMemory<char> attribute, int line)
    {
        int colon = attribute.Span.IndexOf(':');
        ReadOnlySpan<char> name = colon < 0 ? attribute.Span : attribute.Span[..colon];
        ReadOnlyMemory<char> value = colon < 0 ? default : attribute[(colon + 1)..].Trim();
        if (section != Session)
            return AnswerAttributes.Read(section, name, value, line);

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
                return AnswerAttributes.Read(section, name, value, line);
        }
    }
}
