using Sfu.Srtp;

namespace Sfu.Tests.Srtp;

/// <summary>RFC 7714 16 and 17: session keys and salts are given, so the vectors enter below the key derivation.</summary>
public class Rfc7714VectorTests
{
    private const string Salt = "517569642070726f2071756f";
    private const string Rtp = "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
    private const long RtpIndex = 0xf17b;
    private const string Rtcp = "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    private const uint RtcpIndex = 0x5d4;

    // 16.1.1, 16.2.1
    private const string Srtp128 = "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce";
    private const string Srtp256 = "8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13";

    // 17.1, 17.2, and with the E flag 0: 17.3, 17.4
    private const string Srtcp128 = "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4";
    private const string Srtcp256 = "81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4";
    private const string Tagged128 = Rtcp + "841dd9683dd78ec92ae58790125f62b3000005d4";
    private const string Tagged256 = Rtcp + "91db4afbfeee5a978fab4393ed2615fe000005d4";

    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm, Srtp128, CipherSource.OpenSsl)]
    [InlineData(SrtpProfile.AeadAes128Gcm, Srtp128, CipherSource.Simd)]
    [InlineData(SrtpProfile.AeadAes256Gcm, Srtp256, CipherSource.OpenSsl)]
    [InlineData(SrtpProfile.AeadAes256Gcm, Srtp256, CipherSource.Simd)]
    public void An_RTP_packet_is_encrypted(SrtpProfile profile, string expected, CipherSource source)
    {
        using SrtpTransform transform = Create(profile, CipherDirection.Encrypt, source);
        byte[] packet = new byte[expected.Length / 2];
        Bytes(Rtp).CopyTo(packet, 0);

        int length = transform.ProtectRtp(packet, SrtpTransform.RtpHeaderLength, packet.AsSpan(SrtpTransform.RtpHeaderLength, Rtp.Length / 2 - SrtpTransform.RtpHeaderLength), RtpIndex, null);

        Assert.Equal(packet.Length, length);
        Assert.Equal(expected, Convert.ToHexStringLower(packet));
    }

    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm, Srtp128, CipherSource.OpenSsl)]
    [InlineData(SrtpProfile.AeadAes128Gcm, Srtp128, CipherSource.Simd)]
    [InlineData(SrtpProfile.AeadAes256Gcm, Srtp256, CipherSource.OpenSsl)]
    [InlineData(SrtpProfile.AeadAes256Gcm, Srtp256, CipherSource.Simd)]
    public void An_RTP_packet_is_decrypted(SrtpProfile profile, string encrypted, CipherSource source)
    {
        using SrtpTransform transform = Create(profile, CipherDirection.Decrypt, source);
        byte[] packet = Bytes(encrypted);

        Assert.True(transform.UnprotectRtp(packet, SrtpTransform.RtpHeaderLength, RtpIndex));

        Assert.Equal(Rtp, Convert.ToHexStringLower(packet[..^AeadCipher.TagLength]));
    }

    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm, Srtcp128, CipherSource.OpenSsl)]
    [InlineData(SrtpProfile.AeadAes128Gcm, Srtcp128, CipherSource.Simd)]
    [InlineData(SrtpProfile.AeadAes256Gcm, Srtcp256, CipherSource.OpenSsl)]
    [InlineData(SrtpProfile.AeadAes256Gcm, Srtcp256, CipherSource.Simd)]
    public void An_RTCP_packet_is_encrypted(SrtpProfile profile, string expected, CipherSource source)
    {
        using SrtpTransform transform = Create(profile, CipherDirection.Encrypt, source);
        byte[] packet = new byte[expected.Length / 2];
        Bytes(Rtcp).CopyTo(packet, 0);

        int length = transform.ProtectRtcp(packet, Rtcp.Length / 2, RtcpIndex);

        Assert.Equal(packet.Length, length);
        Assert.Equal(expected, Convert.ToHexStringLower(packet));
    }

    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm, Srtcp128, CipherSource.OpenSsl)]
    [InlineData(SrtpProfile.AeadAes128Gcm, Srtcp128, CipherSource.Simd)]
    [InlineData(SrtpProfile.AeadAes256Gcm, Srtcp256, CipherSource.OpenSsl)]
    [InlineData(SrtpProfile.AeadAes256Gcm, Srtcp256, CipherSource.Simd)]
    [InlineData(SrtpProfile.AeadAes128Gcm, Tagged128, CipherSource.OpenSsl)]
    [InlineData(SrtpProfile.AeadAes128Gcm, Tagged128, CipherSource.Simd)]
    [InlineData(SrtpProfile.AeadAes256Gcm, Tagged256, CipherSource.OpenSsl)]
    [InlineData(SrtpProfile.AeadAes256Gcm, Tagged256, CipherSource.Simd)]
    public void An_RTCP_packet_is_decrypted_or_only_authenticated(SrtpProfile profile, string encrypted, CipherSource source)
    {
        using SrtpTransform transform = Create(profile, CipherDirection.Decrypt, source);
        byte[] packet = Bytes(encrypted);

        Assert.True(transform.UnprotectRtcp(packet));

        Assert.Equal(Rtcp, Convert.ToHexStringLower(packet[..(Rtcp.Length / 2)]));
    }

    private static SrtpTransform Create(SrtpProfile profile, CipherDirection direction, CipherSource source)
    {
        byte[] key = [.. Enumerable.Range(0, profile == SrtpProfile.AeadAes256Gcm ? 32 : 16).Select(i => (byte)i)];
        SessionKeySet keys = new(key, Bytes(Salt), []);
        return SrtpTransform.Create(profile, new SessionKeys(keys, keys), direction, source.Ciphers());
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
