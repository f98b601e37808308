using System.Security.Cryptography;

namespace Sfu.Srtp;

/// <summary>The SRTP key derivation function with a key derivation rate of 0 (RFC 3711 4.3, RFC 6188 for AES-256).</summary>
internal static class KeyDerivation
{
    private const int BlockLength = 16;

    // The master salt as the function takes it: 112 bits. RFC 7714 gives 96, which are multiplied by 2^16 (RFC 7714 11, erratum 4938).
    private const int SaltLength = 14;

    // The label stands above the 48-bit index (which is 0, as the rate is 0) at the right end of the salt.
    private const int LabelOffset = SaltLength - 6 - 1;

    private const byte RtpLabels = 0;
    private const byte RtcpLabels = 3;

    public static SessionKeys Derive(SrtpProfile profile, SrtpKeys keys)
    {
        SrtpParameters parameters = SrtpParameters.Of(profile);
        if (keys.MasterKey.Length != parameters.KeyLength || keys.MasterSalt.Length != parameters.SaltLength)
            throw new ArgumentException($"The keys are not of the lengths that {profile} takes.", nameof(keys));

        return new SessionKeys(DeriveSet(keys, parameters, RtpLabels), DeriveSet(keys, parameters, RtcpLabels));
    }

    /// <summary>AES in counter mode under the master key: as many bytes as asked for, for one label.</summary>
    public static byte[] DeriveKey(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte label, int length)
    {
        if (length == 0) return [];

        int blocks = (length + BlockLength - 1) / BlockLength;
        byte[] keystream = new byte[blocks * BlockLength];
        for (int i = 0; i < blocks; i++)
        {
            Span<byte> counter = keystream.AsSpan(i * BlockLength, BlockLength);
            masterSalt.CopyTo(counter);
            counter[LabelOffset] ^= label;
            counter[BlockLength - 1] = (byte)i;
        }

        using Aes aes = Aes.Create();
        aes.SetKey(masterKey);
        aes.EncryptEcb(keystream, keystream, PaddingMode.None);
        byte[] key = keystream[..length];
        CryptographicOperations.ZeroMemory(keystream);
        return key;
    }

    private static SessionKeySet DeriveSet(SrtpKeys keys, SrtpParameters parameters, byte firstLabel) => new(
        DeriveKey(keys.MasterKey, keys.MasterSalt, firstLabel, parameters.KeyLength),
        DeriveKey(keys.MasterKey, keys.MasterSalt, (byte)(firstLabel + 2), parameters.SaltLength),
        DeriveKey(keys.MasterKey, keys.MasterSalt, (byte)(firstLabel + 1), parameters.AuthenticationKeyLength));
}
