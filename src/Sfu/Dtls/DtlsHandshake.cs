using Sfu.Diagnostics;
using Sfu.Srtp;
using Sfu.Time;

namespace Sfu.Dtls;

/// <summary>One DTLS 1.2 handshake with <c>use_srtp</c> (RFC 6347, RFC 5764), sans-IO: datagrams and the time in, datagrams and a deadline out.</summary>
/// <remarks>
/// <para>One thread at a time. After each call that takes the time, drain <see cref="TryTakeOutgoing"/> and look at <see cref="State"/> and
/// <see cref="Deadline"/>. OpenSSL's object lives from construction to the end of the handshake, no longer.</para>
/// <para>Retransmission is ours, because OpenSSL's reads the real clock: the last flight is sent again on our deadline, and also at once
/// when the peer repeats the flight before it (RFC 6347 4.2.4); see <see cref="HandshakeFlight"/> for why that reaches every receiver.</para>
/// <para>Nothing authenticates a datagram before the end of a handshake, so that what can be told to be no part of it is
/// dropped here and never shown to OpenSSL, to which any of it would be fatal: bytes that are no record, data, alerts of epoch 0
/// (a fatal one only shortens the patience; see <see cref="HandshakeTimer"/>), messages that contradict themselves. A forged message that is
/// well-formed and timely still ends the handshake. There is no HelloVerifyRequest: ICE has shown that the address is real.</para>
/// </remarks>
public sealed class DtlsHandshake : IDisposable
{
    /// <summary>OpenSSL keeps records of a coming epoch, up to 100 of 17 KB; a client sends one with each of its repetitions.</summary>
    private const int MaxEncryptedRecords = 32;

    private const int LastEpoch = 1;

    private readonly DtlsRole _role;
    private readonly DropCounters? _drops;
    private readonly HandshakeFlight _flight;
    private OpenSslSession? _session;
    private HandshakeTimer _timer;
    private DtlsResult? _result;
    private int _encryptedRecords;
    private byte? _peerAlert;

    /// <param name="context">May be disposed before the handshake.</param>
    /// <param name="role">A client's first flight is ready to be taken at once.</param>
    /// <param name="now">Patience starts here.</param>
    /// <param name="drops">Where ignored datagrams and records are counted; owned by the thread that uses this handshake.</param>
    public DtlsHandshake(DtlsContext context, DtlsRole role, Instant now, DropCounters? drops = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        _role = role;
        _drops = drops;
        _flight = new HandshakeFlight(context.Mtu);
        _timer = new HandshakeTimer(now);
        _session = new OpenSslSession(context, role);
        if (role == DtlsRole.Client)
            Step([], now);
    }

    public DtlsState State { get; private set; }

    /// <summary>In words, for a log; null unless <see cref="DtlsState.Failed"/>.</summary>
    public string? Failure { get; private set; }

    /// <summary>When to call <see cref="OnDeadline"/>; <see cref="Instant.Never"/> after the end.</summary>
    public Instant Deadline => State == DtlsState.InProgress ? _timer.Deadline : Instant.Never;

    /// <summary>Takes any bytes and never throws because of them. After the end of the handshake it does nothing.</summary>
    public DtlsState Receive(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (State == DtlsState.InProgress && datagram.IsEmpty)
            Drop(DropReason.DtlsMalformed);

        while (State == DtlsState.InProgress && !datagram.IsEmpty)
        {
            if (!DtlsRecord.TryRead(ref datagram, out DtlsRecord record))
            {
                Drop(DropReason.DtlsMalformed);
                break;
            }

            DropReason reason = Admit(record, now);
            if (reason == DropReason.None)
                Step(record.Bytes, now);
            else
                Drop(reason);
        }

        return State;
    }

    /// <param name="datagram">At least the MTU of the context long.</param>
    /// <param name="length">Never above the MTU.</param>
    public bool TryTakeOutgoing(Span<byte> datagram, out int length) => _flight.TryTake(datagram, out length);

    /// <summary>Does nothing when it is called early.</summary>
    public void OnDeadline(Instant now)
    {
        if (State != DtlsState.InProgress)
            return;
        if (_timer.IsOver(now))
        {
            Fail(_peerAlert is { } alert ? $"the peer sent alert {alert}" : "timed out");
            return;
        }

        if (_timer.IsResendDue(now))
        {
            _flight.Rewind();
            _timer.FlightResentByTimer(now);
        }
    }

    /// <summary>Once, after <see cref="DtlsState.Completed"/>.</summary>
    /// <exception cref="InvalidOperationException">The handshake has not completed, or the result has been taken.</exception>
    public DtlsResult TakeResult()
    {
        DtlsResult result = _result ?? throw new InvalidOperationException("There is no result to take.");
        _result = null;
        return result;
    }

    public void Dispose()
    {
        if (State == DtlsState.InProgress)
            Fail("disposed");
    }

    /// <summary>Whether OpenSSL may see a record.</summary>
    private DropReason Admit(in DtlsRecord record, Instant now)
    {
        switch (record.Type)
        {
            case DtlsContentType.ChangeCipherSpec when record.Epoch == 0:
                return DropReason.None;
            case DtlsContentType.Handshake when record.Epoch == 0:
                if (!record.HasSaneMessage)
                    return DropReason.DtlsMalformed;
                if (!IsRepeated(record.MessageType))
                    return DropReason.None;
                AnswerRepetition(now);
                return DropReason.DtlsUnexpected;
            case DtlsContentType.Alert when record.Epoch == 0:
                if (DtlsAlert.TryReadFatal(record, out byte description))
                {
                    _peerAlert = description;
                    _timer.AlertReceived(now);
                }

                return DropReason.DtlsUnexpected;
            case DtlsContentType.Handshake or DtlsContentType.Alert when record.Epoch == LastEpoch:
                return ++_encryptedRecords <= MaxEncryptedRecords ? DropReason.None : DropReason.DtlsUnexpected;
            case DtlsContentType.ChangeCipherSpec or DtlsContentType.Handshake or DtlsContentType.Alert or DtlsContentType.ApplicationData:
                return DropReason.DtlsUnexpected;
            default:
                return DropReason.DtlsMalformed;
        }
    }

    /// <summary>Whether a message opens the peer's flight that our last one has already answered.</summary>
    private bool IsRepeated(DtlsHandshakeType type) => _role == DtlsRole.Server
        ? type == DtlsHandshakeType.ClientHello && !_flight.IsEmpty
        : type == DtlsHandshakeType.ServerHello && _flight.EndsWithFinished;

    private void AnswerRepetition(Instant now)
    {
        if (!_timer.MayAnswer(now))
            return;
        _flight.Rewind();
        _timer.FlightResentAsAnswer(now);
    }

    private void Step(ReadOnlySpan<byte> record, Instant now)
    {
        OpenSslSession session = _session!;
        DtlsState state = session.Step(record, out string? failure);
        byte[] output = session.TakeOutput();
        if (output.Length > 0)
        {
            _flight.Replace(output);
            _timer.FlightSent(now);
        }

        if (state == DtlsState.Failed)
            Fail(failure!);
        else if (state == DtlsState.Completed)
            Complete(session);
        else if (_role == DtlsRole.Server && output.Length > 0 && session.SelectedProfile == SrtpProfile.None)
            Refuse("the client offers no SRTP profile that we have");
    }

    private void Complete(OpenSslSession session)
    {
        SrtpProfile profile = session.SelectedProfile;
        if (profile == SrtpProfile.None)
        {
            Refuse("the peer chose no SRTP profile");
            return;
        }

        byte[]? material = session.ExportKeyingMaterial(profile);
        byte[]? certificate = session.PeerCertificate();
        if (material is null || certificate is null)
        {
            Refuse("OpenSSL gave no keying material or no certificate");
            return;
        }

        _result = new DtlsResult(_role, profile, material, certificate, _role == DtlsRole.Server ? CopyFinalFlight() : null);
        End(DtlsState.Completed);
    }

    private DtlsFinalFlight CopyFinalFlight()
    {
        Span<byte> datagram = stackalloc byte[DtlsContext.MaxMtu];
        _flight.TryTake(datagram, out int length);
        _flight.Rewind();
        return new DtlsFinalFlight(datagram[..length].ToArray());
    }

    /// <summary>Fails and says so to the peer, in the clear.</summary>
    private void Refuse(string failure)
    {
        _flight.Replace(DtlsAlert.FatalRecord(DtlsAlert.HandshakeFailure));
        Fail(failure);
    }

    private void Fail(string failure)
    {
        Failure = failure;
        End(DtlsState.Failed);
    }

    private void End(DtlsState state)
    {
        State = state;
        _session?.Dispose();
        _session = null;
    }

    private void Drop(DropReason reason) => _drops?.Count(reason);
}
