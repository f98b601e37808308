using System.Text;
using Sfu.Stun;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Fuzzing;
using Sfu.TestKit.Ice;
using Sfu.TestKit.Stun;
using static Sfu.TestKit.Ice.IceAgentHarness;

namespace Sfu.Tests.Ice;

/// <summary>Mutated STUN through the reader and the agent.</summary>
public sealed class IceFuzzTests
{
    private const int Datagrams = 120_000;
    private const int MaxDatagram = 4096;
    private const int IntegrityAttributeLength = 24;
    private const int FingerprintAttributeLength = 8;
    private const int LengthField = 2;
    private const int LengthFieldEnd = 4;

    private static readonly byte[] Password = Encoding.ASCII.GetBytes(Server.Password);

    private static readonly byte[][] Authentic =
    [
        Check().ToBytes(),
        Check(useCandidate: true).ToBytes(),
        (Check() with { Controlling = null, Controlled = 5 }).ToBytes(),
        (Check() with { Extra = [(0x7F01, [1, 2, 3]), (0xC057, [0, 1, 2, 3])] }).ToBytes(),
        (Check() with { Type = StunMessageType.BindingIndication }).ToBytes(),
        (Check() with { Trailing = [(0x001C, new byte[32])] }).ToBytes(),
    ];

    private static readonly byte[][] Corpus =
        [.. Authentic, Rfc5769.Request, Rfc5769.IPv4Response, Rfc5769.IPv6Response, Rfc5769.LongTermRequest];

    private static readonly byte[][] SignedParts =
        [.. Authentic.Select(check => check[..(WithoutTail(check).Length + IntegrityAttributeLength)])];

    [Fact]
    public void Mutated_datagrams_never_throw_and_only_authentic_ones_are_answered() =>
        Assert.InRange(Run(1, Corpus, repair: false, []), Datagrams / 100, Datagrams);

    [Fact]
    public void Mutated_datagrams_with_a_right_fingerprint_never_throw_and_only_authentic_ones_are_answered() =>
        Assert.InRange(Run(2, Authentic.Select(WithoutFingerprint), repair: true, []), Datagrams / 100, Datagrams);

    [Fact]
    public void Mutated_datagrams_signed_by_a_stranger_are_never_answered() =>
        Assert.Equal(0, Run(3, Authentic.Select(WithoutTail), repair: true, "password-of-a-stranger-1"u8.ToArray()));

    [Fact]
    public void Mutated_datagrams_signed_by_the_client_never_throw_and_are_answered_within_bounds()
    {
        int answered = Run(4, Authentic.Select(WithoutTail), repair: true, Password);
        Assert.InRange(answered, Datagrams / 20, Datagrams);
    }

    /// <returns>How many were answered.</returns>
    private static int Run(ulong seed, IEnumerable<byte[]> corpus, bool repair, byte[] key)
    {
        byte[][] inputs = [.. corpus];
        int answered = 0;
        int paths = 0;
        long allocated = Allocations.Of(() => new Attack(new Mutator(seed, inputs), repair, key), attack =>
        {
            answered = 0;
            for (int i = 0; i < Datagrams; i++)
                answered += attack.IsAnswered() ? 1 : 0;
            paths = attack.PathCount;
        });

        Assert.Equal(0, allocated);
        Assert.InRange(paths, 0, 8);
        return answered;
    }

    /// <summary>
    /// Told without the code under test: up to the end of MESSAGE-INTEGRITY it is, byte for byte, one that the client
    /// made; only the header's length may differ.
    /// </summary>
    private static bool IsAuthentic(ReadOnlySpan<byte> datagram)
    {
        foreach (byte[] signed in SignedParts)
            if (datagram.Length >= signed.Length
                && datagram[..LengthField].SequenceEqual(signed.AsSpan(0, LengthField))
                && datagram[LengthFieldEnd..signed.Length].SequenceEqual(signed.AsSpan(LengthFieldEnd)))
                return true;

        return false;
    }

    private static byte[] WithoutFingerprint(byte[] check) => check[..^FingerprintAttributeLength];

    /// <summary>What MESSAGE-INTEGRITY covers.</summary>
    private static byte[] WithoutTail(byte[] check)
    {
        ReadOnlySpan<byte> header = [0x00, 0x08, 0x00, 0x14];
        return check[..check.AsSpan().IndexOf(header)];
    }

    /// <summary>An agent under mutated datagrams, made valid again as far as the key allows.</summary>
    private sealed class Attack(Mutator mutator, bool repair, byte[] key)
    {
        private readonly IceAgentHarness _harness = new();
        private readonly byte[] _repaired = new byte[MaxDatagram];
        private readonly bool _signed = key.AsSpan().SequenceEqual(Password);

        public int PathCount => _harness.Agent.PathCount;

        /// <summary>Each datagram comes from another place, a millisecond later.</summary>
        public bool IsAnswered()
        {
            ReadOnlySpan<byte> datagram = mutator.Next();
            if (repair)
                datagram = _repaired.AsSpan(0, StunRepair.Repair(datagram, key, _repaired));

            _harness.Advance(0.001);
            _harness.Receive(datagram, Path(mutator.Iteration % 20));
            if (_harness.Response.IsEmpty)
                return false;

            if (!_signed && !IsAuthentic(datagram))
                Assert.Fail($"Datagram {mutator.Iteration} was answered.");
            return true;
        }
    }
}
