using Sfu.Demux;

namespace Sfu.Tests.Demux;

public sealed class DatagramClassifierTests
{
    [Fact]
    public void The_first_byte_decides_by_the_ranges_of_RFC_7983()
    {
        for (int first = 0; first <= byte.MaxValue; first++)
        {
            DatagramKind expected = first switch
            {
                <= 3 => DatagramKind.Stun,
                < 20 => DatagramKind.Unknown, // ZRTP is 16..19
                <= 63 => DatagramKind.Dtls,
                < 128 => DatagramKind.Unknown, // TURN channels are 64..79
                <= 191 => DatagramKind.Rtp,
                _ => DatagramKind.Unknown,
            };
            Assert.Equal(expected, DatagramClassifier.Classify([(byte)first, 111, 0, 0]));
        }
    }

    [Fact]
    public void The_second_byte_tells_RTCP_from_RTP()
    {
        for (int second = 0; second <= byte.MaxValue; second++)
        {
            DatagramKind expected = second is >= 192 and <= 223 ? DatagramKind.Rtcp : DatagramKind.Rtp;
            Assert.Equal(expected, DatagramClassifier.Classify([0x80, (byte)second]));
            Assert.Equal(expected, DatagramClassifier.Classify([0xBF, (byte)second]));
        }
    }

    [Fact]
    public void A_second_byte_in_the_RTCP_range_means_nothing_to_other_protocols()
    {
        Assert.Equal(DatagramKind.Stun, DatagramClassifier.Classify([0, 200]));
        Assert.Equal(DatagramKind.Dtls, DatagramClassifier.Classify([22, 200]));
    }

    [Fact]
    public void Too_short_a_datagram_is_unknown()
    {
        Assert.Equal(DatagramKind.Unknown, DatagramClassifier.Classify([]));
        Assert.Equal(DatagramKind.Unknown, DatagramClassifier.Classify([0x80]));
    }
}
