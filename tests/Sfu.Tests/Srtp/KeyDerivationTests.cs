using Sfu.Srtp;

namespace Sfu.Tests.Srtp;

public class KeyDerivationTests
{
    // RFC 3711 B.3
    private static readonly byte[] MasterKey = Convert.FromHexString("E1F97A0D3E018BE0D64FA32C06DE4139");
    private static readonly byte[] MasterSalt = Convert.FromHexString("0EC675AD498AFEEBB6960B3AABE6");

    // RFC 6188 7.2
    private static readonly byte[] MasterKey256 = Convert.FromHexString("F0F04914B513F2763A1B1FA130F10E2998F6F6E43E4309D1E622A0E332B9F1B6");
    private static readonly byte[] MasterSalt256 = Convert.FromHexString("3B04803DE51EE7C96423AB5B78D2");

    [Theory]
    [InlineData(0, "C61E7A93744F39EE10734AFE3FF7A087")]
    [InlineData(2, "30CBBC08863D8C85D49DB34A9AE1")]
    [InlineData(1, "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCEE049646C43D9327AD175578EF72270986371C10C9A369AC2F94A8C5FBCDDDC256D6E919A48B610EF17C2041E474035766B68642C59BBFC2F34DB60DBDFB2")]
    public void Session_keys_are_those_of_RFC_3711_B3(byte label, string expected)
    {
        byte[] key = KeyDerivation.DeriveKey(MasterKey, MasterSalt, label, expected.Length / 2);

        Assert.Equal(expected, Convert.ToHexString(key));
    }

    [Theory]
    [InlineData(0, "5BA1064E30EC51613CAD926C5A28EF731EC7FB397F70A960653CAF06554CD8C4")]
    [InlineData(2, "FA31791685CA444A9E07C6C64E93")]
    [InlineData(1, "FD9C32D39ED5FBB5A9DC96B30818454D1313DC05")]
    public void Session_keys_of_AES_256_are_those_of_RFC_6188_7_2(byte label, string expected)
    {
        byte[] key = KeyDerivation.DeriveKey(MasterKey256, MasterSalt256, label, expected.Length / 2);

        Assert.Equal(expected, Convert.ToHexString(key));
    }

    [Fact]
    public void A_profile_takes_the_labels_of_SRTP_and_of_SRTCP()
    {
        SessionKeys keys = KeyDerivation.Derive(SrtpProfile.AesCm128HmacSha1_80, new SrtpKeys(MasterKey, MasterSalt));

        byte[][] expected = [.. new[] { 16, 20, 14, 16, 20, 14 }.Select((length, label) => KeyDerivation.DeriveKey(MasterKey, MasterSalt, (byte)label, length))];
        Assert.Equal(expected, [keys.Rtp.Key, keys.Rtp.AuthenticationKey, keys.Rtp.Salt, keys.Rtcp.Key, keys.Rtcp.AuthenticationKey, keys.Rtcp.Salt]);
    }

    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm, 56, 16, 12)]
    [InlineData(SrtpProfile.AeadAes256Gcm, 88, 32, 12)]
    [InlineData(SrtpProfile.AesCm128HmacSha1_80, 60, 16, 14)]
    public void Keying_material_is_split_in_the_order_of_RFC_5764_4_2(SrtpProfile profile, int length, int key, int salt)
    {
        byte[] exported = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        (SrtpKeys client, SrtpKeys server) = SrtpKeys.FromKeyingMaterial(profile, exported);

        Assert.Equal(length, SrtpKeys.KeyingMaterialLength(profile));
        Assert.Equal(exported.AsSpan(..key), client.MasterKey);
        Assert.Equal(exported.AsSpan(key..(2 * key)), server.MasterKey);
        Assert.Equal(exported.AsSpan((2 * key)..(2 * key + salt)), client.MasterSalt);
        Assert.Equal(exported.AsSpan((2 * key + salt)..), server.MasterSalt);
    }

    [Fact]
    public void Keying_material_of_another_length_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SrtpKeys.FromKeyingMaterial(SrtpProfile.AeadAes128Gcm, new byte[60]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SrtpKeys.KeyingMaterialLength(SrtpProfile.None));
    }

    [Fact]
    public void Keys_of_another_profile_are_refused()
    {
        SrtpKeys keys = new(new byte[16], new byte[14]);

        Assert.Throws<ArgumentException>(() => new SrtpSender(SrtpProfile.AeadAes128Gcm, keys));
    }
}
