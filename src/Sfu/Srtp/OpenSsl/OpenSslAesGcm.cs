namespace Sfu.Srtp.OpenSsl;

/// <inheritdoc/>
internal sealed unsafe class OpenSslAesGcm : AeadCipher
{
    private const int Aes256KeyLength = 32;

    private readonly CipherContext _context;

    public OpenSslAesGcm(int keyLength, CipherDirection direction) =>
        _context = new CipherContext(keyLength == Aes256KeyLength ? CipherAlgorithms.Aes256Gcm : CipherAlgorithms.Aes128Gcm, direction);

    public override void SetKey(ReadOnlySpan<byte> key) => _context.SetKey(key);

    public override void Seal(CounterBlock counter, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plain, Span<byte> text, Span<byte> tag)
    {
        nint context = _context.Pointer;
        Start(context, counter);
        Authenticate(context, associatedData);
        Transform(context, plain, text);
        int written;
        CipherContext.Check(LibCrypto.EVP_CipherFinal_ex(context, null, &written));
        fixed (byte* p = tag)
            CipherContext.Check(LibCrypto.EVP_CIPHER_CTX_ctrl(context, LibCrypto.EvpCtrlAeadGetTag, TagLength, p));

        GC.KeepAlive(_context);
    }

    public override bool Open(CounterBlock counter, ReadOnlySpan<byte> associatedData, Span<byte> text, ReadOnlySpan<byte> tag)
    {
        nint context = _context.Pointer;
        Start(context, counter);
        Authenticate(context, associatedData);
        Transform(context, text, text);
        fixed (byte* p = tag)
            CipherContext.Check(LibCrypto.EVP_CIPHER_CTX_ctrl(context, LibCrypto.EvpCtrlAeadSetTag, TagLength, p));

        int written;
        bool authentic = LibCrypto.EVP_CipherFinal_ex(context, null, &written) > 0;
        if (!authentic)
        {
            // The text is already decrypted; the same keystream once more gives back what came.
            LibCrypto.ERR_clear_error();
            Start(context, counter);
            Transform(context, text, text);
        }

        GC.KeepAlive(_context);
        return authentic;
    }

    public override void Dispose() => _context.Dispose();

    private static void Start(nint context, CounterBlock counter)
    {
        // libcrypto reads the first 12 bytes, the nonce.
        byte* iv = stackalloc byte[CounterBlock.Length];
        counter.Write(new Span<byte>(iv, CounterBlock.Length));
        CipherContext.SetIv(context, iv);
    }

    private static void Authenticate(nint context, ReadOnlySpan<byte> associatedData)
    {
        int written;
        fixed (byte* p = associatedData)
            CipherContext.Check(LibCrypto.EVP_CipherUpdate(context, null, &written, p, associatedData.Length));
    }

    private static void Transform(nint context, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.IsEmpty) return;

        int written;
        fixed (byte* from = source, to = destination)
            CipherContext.Check(LibCrypto.EVP_CipherUpdate(context, to, &written, from, source.Length));
    }
}
