using System.Text;

namespace Sfu.Sdp;

/// <summary>How clients are asked to encode (RFC 7587 section 6.1).</summary>
/// <param name="InbandFec">A low-rate copy of the last frame rides in the next one.</param>
/// <param name="Dtx">Silence is not sent.</param>
/// <param name="Stereo">Two channels in both directions.</param>
/// <param name="MaxAverageBitrate">In bit/s, 6,000..510,000; null leaves it to the encoder.</param>
public sealed record OpusParameters(bool InbandFec, bool Dtx, bool Stereo, int? MaxAverageBitrate)
{
    /// <summary>The shortest packet that the encoder may make, in ms.</summary>
    private const int MinPacketTime = 10;

    /// <summary>Speech: mono, with FEC and DTX, at the encoder's own rate.</summary>
    public static readonly OpusParameters Voice = new(InbandFec: true, Dtx: true, Stereo: false, MaxAverageBitrate: null);

    /// <summary>Music: stereo without DTX at 128 kbit/s, which RFC 7587 3.1.1 recommends for full-band stereo.</summary>
    public static readonly OpusParameters Music = new(InbandFec: true, Dtx: false, Stereo: true, MaxAverageBitrate: 128_000);

    /// <summary>The value of <c>a=fmtp:</c>, without the payload type.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("minptime=").Append(MinPacketTime);
        if (InbandFec)
            text.Append(";useinbandfec=1");
        if (Dtx)
            text.Append(";usedtx=1");
        if (Stereo)
            text.Append(";stereo=1;sprop-stereo=1");
        if (MaxAverageBitrate is { } bitrate)
            text.Append(";maxaveragebitrate=").Append(bitrate);
        return text.ToString();
    }
}
