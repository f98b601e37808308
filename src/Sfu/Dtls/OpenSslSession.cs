using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sfu.Srtp;

namespace Sfu.Dtls;

/// <summary>One <c>SSL</c> object between two memory BIOs. One thread at a time. OpenSSL's error queue belongs to the thread, so each step reads it at once.</summary>
internal sealed unsafe class OpenSslSession : IDisposable
{
    private readonly SslHandle _ssl;
    private readonly nint _incoming;
    private readonly nint _outgoing;

    public OpenSslSession(DtlsContext context, DtlsRole role)
    {
        OpenSslNative.ErrorClear();
        _ssl = OpenSslNative.SslNew(context.Handle);
        if (_ssl.IsInvalid)
            throw OpenSslErrors.ToException("No SSL object");
        _incoming = OpenSslNative.BioNew(OpenSslNative.BioMemory());
        _outgoing = OpenSslNative.BioNew(OpenSslNative.BioMemory());
        OpenSslNative.SslSetBio(_ssl, _incoming, _outgoing);
        OpenSslNative.BioControl(_incoming, OpenSslNative.BioSetMemoryEofReturn, -1, 0);
        OpenSslNative.SslControl(_ssl, OpenSslNative.CtrlSetMtu, context.Mtu, 0);
        OpenSslNative.SslSetTimer(_ssl, &LongestTimeout);
        if (role == DtlsRole.Server)
            OpenSslNative.SslSetAcceptState(_ssl);
        else
            OpenSslNative.SslSetConnectState(_ssl);
    }

    public void Dispose() => _ssl.Dispose();

    /// <summary>
    /// Gives one record and lets the handshake go as far as it can. One record, not one datagram: after an early ChangeCipherSpec
    /// OpenSSL asks for more input although the datagram is not used up.
    /// </summary>
    /// <param name="record">Empty for a client's first step.</param>
    /// <param name="failure">Set when the state is <see cref="DtlsState.Failed"/>.</param>
    public DtlsState Step(ReadOnlySpan<byte> record, out string? failure)
    {
        failure = null;
        OpenSslNative.ErrorClear();
        if (!record.IsEmpty)
            OpenSslNative.BioWrite(_incoming, record, record.Length);
        int result = OpenSslNative.SslDoHandshake(_ssl);
        if (result == 1)
            return DtlsState.Completed;

        int error = OpenSslNative.SslGetError(_ssl, result);
        if (error == OpenSslNative.ErrorWantRead)
        {
            OpenSslNative.BioControl(_incoming, OpenSslNative.BioCtrlReset, 0, 0);
            return DtlsState.InProgress;
        }

        failure = error switch
        {
            OpenSslNative.ErrorSsl => OpenSslErrors.Take(),
            OpenSslNative.ErrorZeroReturn => "closed by the peer",
            _ => $"OpenSSL error {error}",
        };
        return DtlsState.Failed;
    }

    /// <summary>The records that the last step wrote; empty when it wrote none.</summary>
    public byte[] TakeOutput()
    {
        int pending = (int)OpenSslNative.BioPending(_outgoing);
        if (pending == 0)
            return [];
        byte[] records = new byte[pending];
        int read = OpenSslNative.BioRead(_outgoing, records, records.Length);
        return read == pending ? records : [];
    }

    /// <summary>Known to a server as soon as it has read the ClientHello; <see cref="SrtpProfile.None"/> when there is none in common.</summary>
    public SrtpProfile SelectedProfile
    {
        get
        {
            OpenSslNative.SelectedSrtpProfile* profile = OpenSslNative.SslGetSelectedSrtpProfile(_ssl);
            return profile == null ? SrtpProfile.None : (SrtpProfile)profile->Id;
        }
    }

    /// <summary>RFC 5705, RFC 5764 4.2. Null when OpenSSL refuses.</summary>
    public byte[]? ExportKeyingMaterial(SrtpProfile profile)
    {
        ReadOnlySpan<byte> label = "EXTRACTOR-dtls_srtp"u8;
        byte[] material = new byte[SrtpKeys.KeyingMaterialLength(profile)];
        int result = OpenSslNative.SslExportKeyingMaterial(_ssl, material, (nuint)material.Length, label, (nuint)label.Length, 0, 0, 0);
        return result == 1 ? material : null;
    }

    /// <summary>DER; null when the peer showed none.</summary>
    public byte[]? PeerCertificate()
    {
        nint certificate = OpenSslNative.SslGetPeerCertificate(_ssl);
        if (certificate == 0)
            return null;
        try
        {
            int length = OpenSslNative.CertificateToDer(certificate, null);
            if (length <= 0)
                return null;
            byte[] der = new byte[length];
            fixed (byte* start = der)
            {
                byte* position = start;
                return OpenSslNative.CertificateToDer(certificate, &position) == length ? der : null;
            }
        }
        finally
        {
            OpenSslNative.CertificateFree(certificate);
        }
    }

    /// <summary>OpenSSL's retransmission timer reads the real clock; a value of more than an hour keeps it out of the way of ours. In microseconds.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint LongestTimeout(nint ssl, uint previous) => uint.MaxValue;
}
