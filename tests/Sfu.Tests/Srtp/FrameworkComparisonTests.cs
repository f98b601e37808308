using System.Buffers.Binary;
using Sfu.Srtp;
using Sfu.TestKit.Srtp;

namespace Sfu.Tests.Srtp;

/// <summary>Whole packets, byte for byte against the framework, over keys in turn and with tags left to a batch.</summary>
public class FrameworkComparisonTests
{
    private const int MaxPayload = 1500;
    private const int Senders = 23;

    /// <summary>A million in all, with the rows of <see cref="Implementations"/>.</summary>
    private const int RandomInputs = 1_000_000 / 7 + 1;

    public static TheoryData<SrtpProfile, CipherSource, TagLanesSource> Implementations { get; } = new()
    {
        { SrtpProfile.AeadAes128Gcm, CipherSource.Simd, TagLanesSource.One },
        { SrtpProfile.AeadAes256Gcm, CipherSource.Simd, TagLanesSource.One },
        { SrtpProfile.AesCm128HmacSha1_80, CipherSource.Simd, TagLanesSource.Sixteen },
        { SrtpProfile.AesCm128HmacSha1_80, CipherSource.Simd, TagLanesSource.Eight },
        { SrtpProfile.AesCm128HmacSha1_80, CipherSource.OpenSsl, TagLanesSource.One },
        { SrtpProfile.AeadAes128Gcm, CipherSource.OpenSsl, TagLanesSource.One },
        { SrtpProfile.AeadAes256Gcm, CipherSource.OpenSsl, TagLanesSource.One },
    };

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Each_length_is_protected_as_the_framework_does(SrtpProfile profile, CipherSource source, TagLanesSource lanes)
    {
        using Comparison comparison = new(profile, source, lanes, seed: 71);
        for (int length = 0; length <= MaxPayload; length++)
            comparison.Add(headerLength: 12 + 4 * (length % 13), length, padding: 0);

        comparison.Complete();
        Assert.Equal(MaxPayload + 1, comparison.Checked);
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Random_inputs_are_protected_as_the_framework_does(SrtpProfile profile, CipherSource source, TagLanesSource lanes)
    {
        using Comparison comparison = new(profile, source, lanes, seed: 72);
        Random random = new(73);
        for (int i = 0; i < RandomInputs; i++)
        {
            int payload = random.Next(50) == 0 ? random.Next(MaxPayload + 1) : random.Next(200);
            int padding = random.Next(4) == 0 ? random.Next(256) : 0;
            comparison.Add(12 + random.Next(49), payload, padding);
            if (random.Next(40) == 0) comparison.Complete();
            if (random.Next(10) == 0) comparison.ReplaceSender();
        }

        comparison.Complete();
        Assert.Equal(RandomInputs, comparison.Checked);
    }

    private sealed class Comparison : IDisposable
    {
        private const int Slots = 64;
        private const int SlotLength = 2048;
        private const byte Guard = 0xA5;

        private readonly SrtpProfile _profile;
        private readonly SrtpCiphers _ciphers;
        private readonly TagBatch _tags;
        private readonly Random _random;
        private readonly (SrtpSender Ours, FrameworkSrtp Framework)[] _senders = new (SrtpSender, FrameworkSrtp)[Senders];
        private readonly byte[] _packets = GC.AllocateArray<byte>(Slots * SlotLength, pinned: true);
        private readonly byte[] _expected = new byte[Slots * SlotLength];
        private readonly byte[] _noise;
        private readonly int[] _lengths = new int[Slots];
        private int _used;
        private int _replaced;
        private int _next;
        private long _index;

        public Comparison(SrtpProfile profile, CipherSource source, TagLanesSource lanes, int seed)
        {
            _profile = profile;
            _ciphers = source.Ciphers();
            _tags = lanes.Batch();
            _random = new Random(seed);
            _noise = RtpBytes.RandomBytes(_random, 1 << 16);
            for (int i = 0; i < Senders; i++) ReplaceSender();
        }

        public int Checked { get; private set; }

        public void Add(int headerLength, int payloadLength, int padding)
        {
            if (_used == Slots) Complete();

            (IPacketProtector ours, FrameworkSrtp framework) = _senders[_next++ % Senders];
            Span<byte> packet = _packets.AsSpan(_used * SlotLength, SlotLength);
            Span<byte> expected = _expected.AsSpan(_used * SlotLength, SlotLength);
            expected.Fill(Guard);
            packet.Fill(Guard);
            ReadOnlySpan<byte> payload = _noise.AsSpan(_random.Next(_noise.Length - payloadLength), payloadLength);
            _noise.AsSpan(_random.Next(_noise.Length - headerLength), headerLength).CopyTo(packet);
            _index += _random.Next(1, 1 << 20);
            BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)_index);
            uint rolloverCounter = (uint)(_index >> 16);

            int plain = headerLength + payloadLength + padding;
            int length = plain + ours.RtpOverhead;
            packet[..headerLength].CopyTo(expected);
            payload.CopyTo(expected[headerLength..]);
            expected.Slice(headerLength + payloadLength, padding).Clear();
            if (padding > 0) expected[plain - 1] = (byte)padding;
            framework.Protect(expected[..length], headerLength, rolloverCounter);

            int written = ours.Protect(packet, headerLength, payload, padding, rolloverCounter, _tags);
            if (written != length) Assert.Fail($"{written} bytes and not {length}");
            _lengths[_used++] = length;
        }

        public void Complete()
        {
            _tags.Complete();
            if (!_packets.AsSpan(0, _used * SlotLength).SequenceEqual(_expected.AsSpan(0, _used * SlotLength)))
                Assert.Fail($"Protected otherwise, among the lengths {string.Join(", ", _lengths[.._used])}");

            Checked += _used;
            _used = 0;
        }

        /// <summary>Also while packets of the old one await their tags.</summary>
        public void ReplaceSender()
        {
            SrtpKeys keys = SrtpKeys.FromKeyingMaterial(_profile, RtpBytes.RandomBytes(_random, SrtpKeys.KeyingMaterialLength(_profile))).Server;
            ref (SrtpSender Ours, FrameworkSrtp Framework) place = ref _senders[_replaced++ % Senders];
            place.Ours?.Dispose();
            place.Framework?.Dispose();
            place = (new SrtpSender(_profile, keys, _ciphers), new FrameworkSrtp(_profile, keys));
        }

        public void Dispose()
        {
            foreach ((SrtpSender ours, FrameworkSrtp framework) in _senders)
            {
                ours.Dispose();
                framework.Dispose();
            }
        }
    }
}
