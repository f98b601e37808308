namespace Sfu.Dtls;

/// <summary>An alert that nothing encrypts (RFC 5246 section 7.2).</summary>
internal static class DtlsAlert
{
    public const byte HandshakeFailure = 40;

    private const byte Fatal = 2;
    private const int FragmentLength = 2;

    /// <summary>The description of a fatal alert of epoch 0; false for warnings and nonsense.</summary>
    public static bool TryReadFatal(in DtlsRecord record, out byte description)
    {
        description = 0;
        if (record.Fragment.Length != FragmentLength || record.Fragment[0] != Fatal)
            return false;
        description = record.Fragment[1];
        return true;
    }

    /// <summary>A whole record of epoch 0; its sequence number is stamped when it is sent.</summary>
    public static byte[] FatalRecord(byte description) =>
    [
        (byte)DtlsContentType.Alert, DtlsRecord.Version12 >> 8, DtlsRecord.Version12 & 0xFF,
        0, 0, 0, 0, 0, 0, 0, 0, 0, FragmentLength,
        Fatal, description,
    ];
}
