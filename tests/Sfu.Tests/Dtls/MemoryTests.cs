using System.Buffers.Binary;
using Sfu.Dtls;

namespace Sfu.Tests.Dtls;

[Collection(RunsAlone.Name)]
public sealed class MemoryTests : IDisposable
{
    private const int Rounds = 9;
    private const int HandshakesInRound = 100;
    private const int ContextsInRound = 50;

    /// <summary>Bytes; the least that is forgotten, a certificate, would be kilobytes each time.</summary>
    private const int Noise = 64 * 1024;

    private readonly DtlsContext _serverContext = new(TestCertificates.Server);
    private readonly DtlsContext _clientContext = new(TestCertificates.Client);
    private readonly byte[] _datagram = new byte[DtlsContext.DefaultMtu];

    public void Dispose()
    {
        _serverContext.Dispose();
        _clientContext.Dispose();
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("cut off")]
    public void Handshakes_leave_nothing_behind(string ending)
    {
        Assert.InRange(UsualGrowth(HandshakesInRound, () => Once(ending)), long.MinValue, Noise);
    }

    [Fact]
    public void Contexts_leave_nothing_behind() => Assert.InRange(
        UsualGrowth(ContextsInRound, () => new DtlsContext(TestCertificates.Server).Dispose()), long.MinValue, Noise);

    [Fact]
    public void Openssl_goes_with_the_end_of_the_handshake_not_with_its_disposal()
    {
        var ended = new List<DtlsHandshake>();
        long growth = UsualGrowth(HandshakesInRound, () => ended.Add(Once("completed")));

        Assert.All(ended, handshake => Assert.Equal(DtlsState.Completed, handshake.State));
        Assert.InRange(growth, long.MinValue, Noise);
    }

    /// <summary>Records of the next epoch, and fragments of messages to come, are what an implementation has to keep.</summary>
    [Fact]
    public void A_flood_of_records_to_be_kept_has_a_bound()
    {
        long kept = Usual(() =>
        {
            using var server = new DtlsHandshake(_serverContext, DtlsRole.Server, HandshakePair.Start);
            using var client = new DtlsHandshake(_clientContext, DtlsRole.Client, HandshakePair.Start);
            Move(client, server);
            return Growth(() => Flood(server));
        });

        Assert.InRange(kept, 1, 1_500_000);
    }

    private static void Flood(DtlsHandshake server)
    {
        for (int i = 0; i < 20_000 && server.State == DtlsState.InProgress; i++)
        {
            server.Receive(Encrypted(i), HandshakePair.Start);
            server.Receive(Early(i), HandshakePair.Start);
        }

        Assert.Equal(DtlsState.InProgress, server.State);
    }

    /// <summary>
    /// The median over rounds: what is forgotten grows with each of them, while the runtime and OpenSSL allocate once, and
    /// finalizers, which would tidy up behind us, run now and then.
    /// </summary>
    private static long Usual(Func<long> growth)
    {
        long[] growths = [.. Enumerable.Range(0, Rounds).Select(_ => growth())];
        Array.Sort(growths);
        return growths[Rounds / 2];
    }

    private static long UsualGrowth(int times, Action action) => Usual(() => Growth(() =>
    {
        for (int i = 0; i < times; i++)
            action();
    }));

    private static long Growth(Action action)
    {
        long before = NativeHeap.BytesInUse;
        action();
        return NativeHeap.BytesInUse - before;
    }

    private static byte[] Encrypted(int number)
    {
        byte[] record = [.. Convert.FromHexString("16FEFD00010000000000000400"), .. new byte[0x400]];
        BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(7), number);
        return record;
    }

    /// <summary>The first byte of a message of 16,000 that is not the next one.</summary>
    private static byte[] Early(int number)
    {
        byte[] record = Convert.FromHexString("16FEFD0000000000000000000D" + "0B003E80" + "0000" + "000000" + "000001" + "00");
        BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(7), number + 100);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(DtlsRecord.HeaderLength + 4), (ushort)(2 + number));
        return record;
    }

    private DtlsHandshake Once(string ending)
    {
        var server = new DtlsHandshake(_serverContext, DtlsRole.Server, HandshakePair.Start);
        using var client = new DtlsHandshake(_clientContext, DtlsRole.Client, HandshakePair.Start);
        Move(client, server);
        Move(server, client);
        if (ending == "completed")
        {
            Move(client, server);
        }
        else if (ending == "failed")
        {
            server.Receive(Convert.FromHexString("16FEFD000000000000000900" + "0C" + "200000000001000000000000"), HandshakePair.Start);
            Assert.Equal(DtlsState.Failed, server.State);
        }
        else
        {
            server.Dispose();
        }

        return server;
    }

    private void Move(DtlsHandshake from, DtlsHandshake to)
    {
        while (from.TryTakeOutgoing(_datagram, out int length))
            to.Receive(_datagram.AsSpan(0, length), HandshakePair.Start);
    }
}
