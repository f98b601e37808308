using System.Buffers.Binary;
using System.Text;
using Sfu.Diagnostics;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Stun;
using Sfu.TestKit.Fuzzing;
using Sfu.Time;

namespace Sfu.TestKit.Ice;

/// <summary>
/// The client's side of ICE on one path: sends nominating checks, retransmits them, then keeps its consent fresh, as a
/// browser does towards a lite server. Sans-IO, and without allocation, so that thousands fit into a load test.
/// </summary>
/// <remarks>
/// Drive it so: send what <see cref="Poll"/> writes when <see cref="Deadline"/> has come, hand datagrams of kind STUN
/// to <see cref="Handle"/>. A client that changes its address needs no call: its datagrams just come from elsewhere.
/// </remarks>
public sealed class TestIceClient
{
    /// <summary>Enough for what <see cref="Poll"/> writes with fragments of up to 32 characters.</summary>
    public const int MaxCheckLength = 192;

    private const uint HostPriority = 126u << 24 | 65535u << 8 | 255;
    private const int MaxTransmissions = 7;
    private const int TransactionIdLength = 12;

    private static readonly TimeSpan InitialTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ConsentInterval = TimeSpan.FromSeconds(5);

    private readonly byte[] _transaction = new byte[TransactionIdLength];
    private byte[] _localFragment = [];
    private byte[] _serverFragment = [];
    private byte[] _serverPassword = [];
    private SplitMix _random;
    private TimeSpan _timeout;
    private int _transmissions;

    /// <param name="local">The client's own; they go into its answer.</param>
    /// <param name="server">Those of the offer.</param>
    /// <param name="seed">Makes transaction ids and the tie-breaker; another one for each client.</param>
    public TestIceClient(IceCredentials local, IceCredentials server, ulong seed = 1)
    {
        _random = new SplitMix(seed);
        TieBreaker = _random.Next();
        Local = local;
        Server = server;
        Restart(local, server);
    }

    public IceCredentials Local { get; private set; }

    public IceCredentials Server { get; private set; }

    public ulong TieBreaker { get; private set; }

    /// <summary>The role it claims; 487 turns it around (RFC 8445 section 7.2.5.1).</summary>
    public bool IsControlling { get; set; } = true;

    /// <summary>Whether checks carry USE-CANDIDATE while it is controlling.</summary>
    public bool Nominates { get; set; } = true;

    /// <summary>True while the latest check was answered.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>The client's address as the server sees it, from the latest response.</summary>
    public TransportAddress MappedAddress { get; private set; }

    /// <summary>When <see cref="Poll"/> has something to send: at once at the start.</summary>
    public Instant Deadline { get; private set; }

    /// <summary>Takes new credentials of both sides and checks again.</summary>
    public void Restart(IceCredentials local, IceCredentials server)
    {
        Local = local;
        Server = server;
        _localFragment = Encoding.ASCII.GetBytes(local.UsernameFragment);
        _serverFragment = Encoding.ASCII.GetBytes(server.UsernameFragment);
        _serverPassword = Encoding.ASCII.GetBytes(server.Password);
        _transmissions = 0;
        Deadline = default;
    }

    /// <summary>Writes the check that is due.</summary>
    /// <returns>Its bytes, 0 when <see cref="Deadline"/> has not come.</returns>
    public int Poll(Instant now, Span<byte> datagram)
    {
        if (now < Deadline)
            return 0;

        if (_transmissions == MaxTransmissions)
        {
            IsConnected = false;
            _transmissions = 0;
        }

        if (_transmissions == 0)
        {
            NewTransaction();
            _timeout = InitialTimeout;
        }

        _transmissions++;
        Deadline = now + _timeout;
        _timeout *= 2;
        return WriteCheck(datagram);
    }

    /// <summary>Takes a datagram that looks like STUN.</summary>
    /// <returns>True when it is a signed response to the latest check, a success or an error.</returns>
    public bool Handle(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (_transmissions == 0
            || StunMessage.TryRead(datagram, out StunMessage message) != DropReason.None
            || !message.TransactionId.SequenceEqual(_transaction)
            || !message.HasFingerprint
            || !message.HasValidIntegrity(_serverPassword))
            return false;

        switch (message.Type)
        {
            case StunMessageType.BindingSuccessResponse when !message.XorMappedAddress.IsEmpty:
                MappedAddress = message.XorMappedAddress;
                IsConnected = true;
                Deadline = now + ConsentInterval;
                break;
            case StunMessageType.BindingErrorResponse when message.ErrorCode == (int)StunErrorCode.RoleConflict:
                IsControlling = !IsControlling;
                TieBreaker = _random.Next();
                Deadline = now;
                break;
            case StunMessageType.BindingErrorResponse:
                IsConnected = false;
                Deadline = now + ConsentInterval;
                break;
            default:
                return false;
        }

        _transmissions = 0;
        return true;
    }

    private int WriteCheck(Span<byte> datagram)
    {
        var writer = new StunWriter(datagram, StunMessageType.BindingRequest, _transaction);
        writer.WriteUsername(_serverFragment, _localFragment);
        if (IsControlling)
            writer.WriteIceControlling(TieBreaker);
        else
            writer.WriteIceControlled(TieBreaker);
        if (IsControlling && Nominates)
            writer.WriteUseCandidate();
        writer.WritePriority(HostPriority);
        writer.WriteMessageIntegrity(_serverPassword);
        writer.WriteFingerprint();
        return writer.Length;
    }

    private void NewTransaction()
    {
        BinaryPrimitives.WriteUInt64BigEndian(_transaction, _random.Next());
        BinaryPrimitives.WriteUInt32BigEndian(_transaction.AsSpan(sizeof(ulong)), (uint)_random.Next());
    }
}
