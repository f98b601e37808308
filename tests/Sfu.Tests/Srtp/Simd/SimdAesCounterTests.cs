using Sfu.Srtp;
using Sfu.Srtp.OpenSsl;
using Sfu.Srtp.Simd;
using Sfu.TestKit.Srtp;

namespace Sfu.Tests.Srtp.Simd;

public class SimdAesCounterTests
{
    public SimdAesCounterTests() => CipherSource.Simd.Ciphers();

    private const int MaxText = 1500;

    [Fact]
    public void Each_length_is_encrypted_as_OpenSSL_does_and_nothing_beyond_it()
    {
        Random random = new(62);
        using SimdAesCounter simd = new(SimdAesCounter.CreatePool());
        using OpenSslAesCounter openSsl = new();
        for (int length = 0; length <= MaxText; length++)
        {
            byte[] key = RtpBytes.RandomBytes(random, 16);
            simd.SetKey(key);
            openSsl.SetKey(key);
            CounterBlock counter = new((ulong)random.NextInt64(), (ulong)random.NextInt64() << 16);
            byte[] expected = RtpBytes.RandomBytes(random, MaxText + 1);
            byte[] actual = [.. expected];

            openSsl.Xor(counter, expected.AsSpan(0, length), expected.AsSpan(0, length));
            simd.Xor(counter, actual.AsSpan(0, length), actual.AsSpan(0, length));

            Assert.True(expected.AsSpan().SequenceEqual(actual), $"{length} bytes");
        }
    }
}
