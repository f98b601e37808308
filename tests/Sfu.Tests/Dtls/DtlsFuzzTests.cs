using Sfu.Dtls;
using Sfu.TestKit.Fuzzing;

namespace Sfu.Tests.Dtls;

/// <summary>Mutated datagrams at each stage of live handshakes, 150,000 in all. A handshake that has answered makes room for a new one, because it would discard what it has seen.</summary>
public sealed class DtlsFuzzTests : IDisposable
{
    /// <summary>Forged messages with numbers that come later are kept; so each object is used for a while only.</summary>
    private const int DatagramsForHandshake = 200;

    private readonly DtlsContext _serverContext = new(TestCertificates.Server);
    private readonly DtlsContext _clientContext = new(TestCertificates.Client);
    private readonly byte[] _datagram = new byte[DtlsContext.DefaultMtu];

    public void Dispose()
    {
        _serverContext.Dispose();
        _clientContext.Dispose();
    }

    [Fact]
    public void Mutated_client_hellos_never_throw()
    {
        byte[] hello = Take(NewClient());
        Run(seed: 101, datagrams: 120_000, () => (NewServer(), [hello, .. ClientHelloCutter.Cut(hello, backwards: false)]));
    }

    [Fact]
    public void Mutated_answers_to_a_server_never_throw() => Run(seed: 102, datagrams: 15_000, () =>
    {
        DtlsHandshake server = NewServer();
        using DtlsHandshake client = NewClient();
        byte[] hello = Take(client);
        server.Receive(hello, HandshakePair.Start);
        client.Receive(Take(server), HandshakePair.Start);
        return (server, [Take(client), hello]);
    });

    [Fact]
    public void Mutated_flights_of_a_server_never_throw() => Run(seed: 103, datagrams: 15_000, () =>
    {
        DtlsHandshake client = NewClient();
        using DtlsHandshake server = NewServer();
        server.Receive(Take(client), HandshakePair.Start);
        return (client, [Take(server)]);
    });

    /// <param name="seed">Of the mutator.</param>
    /// <param name="datagrams">In all.</param>
    /// <param name="begin">A handshake at some stage, and what it could receive next.</param>
    private void Run(ulong seed, int datagrams, Func<(DtlsHandshake Handshake, byte[][] Next)> begin)
    {
        int answered = 0;
        for (int done = 0; done < datagrams;)
        {
            (DtlsHandshake handshake, byte[][] next) = begin();
            var mutator = new Mutator(seed * 1_000_000 + (ulong)done, next);
            bool answers = false;
            for (int i = 0; i < DatagramsForHandshake && !answers && handshake.State == DtlsState.InProgress; i++, done++)
            {
                handshake.Receive(mutator.Next(), HandshakePair.Start);
                while (handshake.TryTakeOutgoing(_datagram, out _))
                    answers = true;
            }

            answered += answers ? 1 : 0;
            handshake.Dispose();
        }

        // Valid ones came in between, and alerts are answers too.
        Assert.InRange(answered, datagrams / 100, datagrams);
    }

    private DtlsHandshake NewServer() => new(_serverContext, DtlsRole.Server, HandshakePair.Start);

    private DtlsHandshake NewClient() => new(_clientContext, DtlsRole.Client, HandshakePair.Start);

    private byte[] Take(DtlsHandshake handshake)
    {
        Assert.True(handshake.TryTakeOutgoing(_datagram, out int length));
        return _datagram[..length];
    }
}
