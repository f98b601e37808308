using System.Buffers.Binary;
using System.Security.Cryptography;
using Sfu.Srtp;
using Sfu.Srtp.Simd;
using Sfu.TestKit.Srtp;

namespace Sfu.Tests.Srtp.Simd;

/// <summary>Byte for byte against the framework's AES-GCM.</summary>
public class SimdAesGcmTests
{
    public SimdAesGcmTests() => CipherSource.Simd.Ciphers();

    private const int NonceLength = 12;
    private const int MaxText = 1500;
    private const int Inputs = 100_000;
    private const byte Guard = 0xA5;

    private static readonly KeyPool Pool128 = SimdAesGcm.CreatePool(16);
    private static readonly KeyPool Pool256 = SimdAesGcm.CreatePool(32);

    private readonly Random _random = new(61);

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    public void Each_length_of_text_is_sealed_as_the_framework_does(int keyLength)
    {
        Comparison comparison = new(keyLength, _random);
        for (int length = 0; length <= MaxText; length++)
            comparison.Check(_random.Next(100), length);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    public void Each_length_of_associated_data_is_sealed_as_the_framework_does(int keyLength)
    {
        Comparison comparison = new(keyLength, _random);
        for (int length = 0; length <= MaxText; length++)
            comparison.Check(length, _random.Next(300));
    }

    [Fact]
    public void Random_inputs_under_random_keys_are_sealed_as_the_framework_does()
    {
        int count = 0;
        while (count < Inputs)
        {
            Comparison comparison = new(_random.Next(2) == 0 ? 16 : 32, _random);
            for (int i = 0; i < 100; i++, count++)
                comparison.Check(_random.Next(60), _random.Next(200));
        }
    }

    [Fact]
    public void Any_changed_bit_is_refused_and_the_text_is_left_as_it_came()
    {
        using SimdAesGcm cipher = new(16, Pool128);
        cipher.SetKey(RtpBytes.RandomBytes(_random, 16));
        byte[] aad = RtpBytes.RandomBytes(_random, 20);
        foreach (int length in new[] { 0, 1, 16, 45, 300 })
        {
            byte[] text = RtpBytes.RandomBytes(_random, length);
            byte[] tag = new byte[AeadCipher.TagLength];
            CounterBlock counter = new(7, 1UL << 32 | 1);
            cipher.Seal(counter, aad, text, text, tag);
            byte[] all = [.. aad, .. text, .. tag];
            for (int bit = 0; bit < all.Length * 8; bit++)
            {
                byte[] forged = [.. all];
                forged[bit / 8] ^= (byte)(1 << bit % 8);
                byte[] expected = [.. forged];
                Assert.False(cipher.Open(counter, forged.AsSpan(0, 20), forged.AsSpan(20, length), forged.AsSpan(20 + length)));
                Assert.Equal(expected, forged);
            }

            Assert.True(cipher.Open(counter, aad, text, tag));
        }
    }

    private sealed class Comparison
    {
        private readonly Random _random;
        private readonly AesGcm _framework;
        private readonly SimdAesGcm _cipher;
        private readonly byte[] _aad = new byte[MaxText];
        private readonly byte[] _plain = new byte[MaxText];
        private readonly byte[] _expected = new byte[MaxText + AeadCipher.TagLength];
        private readonly byte[] _actual = new byte[MaxText + AeadCipher.TagLength + 2];

        public Comparison(int keyLength, Random random)
        {
            byte[] key = RtpBytes.RandomBytes(random, keyLength);
            _random = random;
            _framework = new AesGcm(key, AeadCipher.TagLength);
            _cipher = new SimdAesGcm(keyLength, keyLength == 16 ? Pool128 : Pool256);
            _cipher.SetKey(key);
            random.NextBytes(_aad);
            random.NextBytes(_plain);
        }

        public void Check(int aadLength, int textLength)
        {
            Span<byte> nonce = stackalloc byte[CounterBlock.Length];
            _random.NextBytes(nonce[..NonceLength]);
            BinaryPrimitives.WriteUInt32BigEndian(nonce[NonceLength..], 1);
            CounterBlock counter = new(BinaryPrimitives.ReadUInt64BigEndian(nonce), BinaryPrimitives.ReadUInt64BigEndian(nonce[8..]));
            ReadOnlySpan<byte> aad = _aad.AsSpan(_aad.Length - aadLength);
            ReadOnlySpan<byte> plain = _plain.AsSpan(0, textLength);
            Span<byte> expected = _expected.AsSpan(0, textLength + AeadCipher.TagLength);
            _framework.Encrypt(nonce[..NonceLength], plain, expected[..textLength], expected[textLength..], aad);

            _actual.AsSpan().Fill(Guard);
            Span<byte> actual = _actual.AsSpan(1, expected.Length);
            _cipher.Seal(counter, aad, plain, actual[..textLength], actual[textLength..]);
            if (!actual.SequenceEqual(expected)) Assert.Fail($"Sealed otherwise: {aadLength} bytes of associated data, {textLength} of text");

            bool authentic = _cipher.Open(counter, aad, actual[..textLength], actual[textLength..]);
            if (!authentic || !actual[..textLength].SequenceEqual(plain)) Assert.Fail($"Not opened: {aadLength} bytes of associated data, {textLength} of text");
            if (_actual[0] != Guard || _actual[expected.Length + 1] != Guard) Assert.Fail($"Written beyond the text: {textLength}");
        }
    }
}
