using System.Security.Cryptography;
using Sfu.Diagnostics;
using Sfu.Srtp;
using Sfu.Srtp.OpenSsl;

namespace Sfu.Tests.Srtp;

public class CounterModeVectorTests
{
    // Master key and salt of RFC 3711 B.3; the packets are ones that other implementations publish as their known answers.
    private const string MasterKey = "E1F97A0D3E018BE0D64FA32C06DE4139";
    private const string MasterSalt = "0EC675AD498AFEEBB6960B3AABE6";
    private const string Rtp = "800F1234DECAFBADCAFEBABEABABABABABABABABABABABABABABABAB";
    private const string Srtp = "800F1234DECAFBADCAFEBABE4E55DC4CE79978D88CA4D215949D2402B78D6ACC99EA179B8DBB";
    private const string Rtcp = "81C8000BCAFEBABEABABABABABABABABABABABABABABABAB";
    private const string Srtcp = "81C8000BCAFEBABE7128035BE487B9BDBEF89041F977A5A880000001993E08CD54D6C1230798";

    private static SrtpKeys Keys => new(Convert.FromHexString(MasterKey), Convert.FromHexString(MasterSalt));

    [Theory]
    [InlineData(0, "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0", CipherSource.OpenSsl)]
    [InlineData(0, "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0", CipherSource.Simd)]
    [InlineData(0xfeff, "EC8CDF7398607CB0F2D21675EA9EA1E4362B7C3C6773516318A077D7FC5073AE6A2CC3787889374FBEB4C81B17BA6C44", CipherSource.OpenSsl)]
    [InlineData(0xfeff, "EC8CDF7398607CB0F2D21675EA9EA1E4362B7C3C6773516318A077D7FC5073AE6A2CC3787889374FBEB4C81B17BA6C44", CipherSource.Simd)]
    public void The_keystream_is_that_of_RFC_3711_B2(int block, string expected, CipherSource source)
    {
        using CounterCipher cipher = source.Ciphers().CreateCounterMode();
        cipher.SetKey(Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C"));
        byte[] keystream = new byte[block * CounterBlock.Length + expected.Length / 2];

        cipher.Xor(CounterBlock.FromSalt(Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFD")), keystream, keystream);

        Assert.Equal(expected, Convert.ToHexString(keystream.AsSpan(block * CounterBlock.Length)));
    }

    [Theory]
    [InlineData(CipherSource.OpenSsl)]
    [InlineData(CipherSource.Simd)]
    public void A_known_RTP_packet_is_protected_and_unprotected(CipherSource source)
    {
        using SrtpSender sender = new(SrtpProfile.AesCm128HmacSha1_80, Keys, source.Ciphers());
        using SrtpReceiver receiver = new(SrtpProfile.AesCm128HmacSha1_80, Keys, source.Ciphers());
        byte[] plain = Convert.FromHexString(Rtp);
        byte[] packet = [.. plain, .. new byte[sender.RtpOverhead]];

        sender.Protect(packet, 12, plain.AsSpan(12), 0, 0);
        Assert.Equal(Srtp, Convert.ToHexString(packet));

        Assert.Equal(DropReason.None, receiver.Unprotect(packet, 12, out int length, out long index));
        Assert.Equal(0x1234, index);
        Assert.Equal(Rtp, Convert.ToHexString(packet.AsSpan(0, length)));
    }

    [Theory]
    [InlineData(CipherSource.OpenSsl)]
    [InlineData(CipherSource.Simd)]
    public void A_known_RTCP_packet_is_protected_and_unprotected(CipherSource source)
    {
        using SrtpTransform sender = SrtpTransform.Create(
            SrtpProfile.AesCm128HmacSha1_80, KeyDerivation.Derive(SrtpProfile.AesCm128HmacSha1_80, Keys), CipherDirection.Encrypt, source.Ciphers());
        using SrtpReceiver receiver = new(SrtpProfile.AesCm128HmacSha1_80, Keys, source.Ciphers());
        byte[] packet = [.. Convert.FromHexString(Rtcp), .. new byte[14]];

        sender.ProtectRtcp(packet, Rtcp.Length / 2, 1);
        Assert.Equal(Srtcp, Convert.ToHexString(packet));

        Assert.Equal(DropReason.None, receiver.UnprotectRtcp(packet, out int length));
        Assert.Equal(Rtcp, Convert.ToHexString(packet.AsSpan(0, length)));
    }

    [Fact]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The profile prescribes HMAC-SHA1.")]
    public void HMAC_SHA1_agrees_with_the_framework_for_each_length()
    {
        Random random = new(5);
        byte[] text = new byte[300];
        random.NextBytes(text);
        byte[] digest = new byte[HmacSha1.DigestLength];
        for (int length = 0; length <= text.Length; length++)
        {
            byte[] key = text[..(length % 65)];
            new HmacSha1(key).Compute(text.AsSpan(0, length / 2), text.AsSpan(length / 2, length - length / 2), digest);

            Assert.Equal(HMACSHA1.HashData(key, text.AsSpan(0, length)), digest);
        }
    }
}
