using Sfu.Diagnostics;
using Sfu.Dtls;

namespace Sfu.Tests.Dtls;

/// <summary>What anybody who knows the addresses can send in the middle of a handshake.</summary>
public sealed class UnauthenticatedInputTests : IDisposable
{
    private readonly HandshakePair _pair = new();
    private readonly DropCounters _drops = new();
    private readonly DtlsContext _context = new(TestCertificates.Server);
    private readonly byte[] _datagram = new byte[DtlsContext.DefaultMtu];

    public void Dispose()
    {
        _pair.Dispose();
        _context.Dispose();
    }

    public static TheoryData<string, DropReason> Forgeries => new()
    {
        { "", DropReason.DtlsMalformed },
        { "16", DropReason.DtlsMalformed },
        { "80 60 00 00 00 00 00 00 00 00 00 00 00 00", DropReason.DtlsMalformed },
        { "16 FEFD 0000 000000000009 00FF 01", DropReason.DtlsMalformed },
        { "16 0303 0000 000000000009 0001 01", DropReason.DtlsMalformed },
        { "18 FEFD 0000 000000000009 0001 01", DropReason.DtlsMalformed },
        { "16 FEFD 0000 000000000009 0000", DropReason.DtlsMalformed },
        { "16 FEFD 0000 000000000009 000C 0B 000010 0000 000000 000010", DropReason.DtlsMalformed },
        { "16 FEFD 0000 000000000009 000C 0B 000000 0000 000001 000000", DropReason.DtlsMalformed },
        { "15 FEFD 0000 000000000009 0002 0228", DropReason.DtlsUnexpected },
        { "15 FEFD 0000 000000000009 0002 0100", DropReason.DtlsUnexpected },
        { "17 FEFD 0000 000000000009 0003 010203", DropReason.DtlsUnexpected },
        { "16 FEFD 0002 000000000009 0003 010203", DropReason.DtlsUnexpected },
        { "14 FEFD 0001 000000000009 0001 01", DropReason.DtlsUnexpected },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void A_forgery_at_any_stage_is_counted_and_changes_nothing(string hex, DropReason reason)
    {
        byte[] forgery = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        using var server = new DtlsHandshake(_context, DtlsRole.Server, HandshakePair.Start, _drops);
        DtlsHandshake client = _pair.Client;

        Forge();
        Exchange(client, server);
        Forge();
        Exchange(server, client);
        client.Receive(forgery, HandshakePair.Start);
        Exchange(client, server);

        Assert.Equal(DtlsState.Completed, server.State);
        Assert.Equal(2, _drops[reason]);

        void Forge() => server.Receive(forgery, HandshakePair.Start);
    }

    [Fact]
    public void An_early_change_of_ciphers_does_no_harm()
    {
        byte[] forgery = Convert.FromHexString("14FEFD0000000000000009000101");
        using var server = new DtlsHandshake(_context, DtlsRole.Server, HandshakePair.Start, _drops);
        DtlsHandshake client = _pair.Client;

        server.Receive(forgery, HandshakePair.Start);
        Exchange(client, server);
        server.Receive(forgery, HandshakePair.Start);
        Exchange(server, client);
        Exchange(client, server);

        Assert.Equal(DtlsState.Completed, server.State);
    }

    [Fact]
    public void Records_that_nobody_can_decrypt_do_no_harm()
    {
        byte[] forgery = [.. Convert.FromHexString("16FEFD00010000000000090028"), .. new byte[0x28]];
        using var server = new DtlsHandshake(_context, DtlsRole.Server, HandshakePair.Start, _drops);
        DtlsHandshake client = _pair.Client;

        Exchange(client, server);
        for (int i = 0; i < 10; i++)
            server.Receive(forgery, HandshakePair.Start);
        Exchange(server, client);
        Exchange(client, server);

        Assert.Equal(DtlsState.Completed, server.State);
    }

    [Fact]
    public void A_fatal_alert_shortens_patience_and_is_named_when_it_ends()
    {
        using var server = new DtlsHandshake(_context, DtlsRole.Server, HandshakePair.Start, _drops);
        server.Receive(Convert.FromHexString("15FEFD000000000000000900020228"), HandshakePair.Start);

        Assert.Equal(DtlsState.InProgress, server.State);
        Assert.Equal(HandshakePair.Start + TimeSpan.FromSeconds(5), server.Deadline);
        server.OnDeadline(server.Deadline);
        Assert.Equal("the peer sent alert 40", server.Failure);
    }

    [Fact]
    public void Garbage_behind_a_good_record_takes_nothing_away_from_it()
    {
        using var server = new DtlsHandshake(_context, DtlsRole.Server, HandshakePair.Start, _drops);
        _pair.Client.TryTakeOutgoing(_datagram, out int length);
        server.Receive([.. _datagram.AsSpan(0, length), 1, 2, 3], HandshakePair.Start);

        Assert.True(server.TryTakeOutgoing(_datagram, out _));
        Assert.Equal(1, _drops[DropReason.DtlsMalformed]);
    }

    private void Exchange(DtlsHandshake from, DtlsHandshake to)
    {
        while (from.TryTakeOutgoing(_datagram, out int length))
            to.Receive(_datagram.AsSpan(0, length), HandshakePair.Start);
    }
}
