namespace Sfu.Srtp.OpenSsl;

/// <inheritdoc/>
internal sealed unsafe class OpenSslAesCounter : CounterCipher
{
    // Counter mode encrypts in both directions.
    private readonly CipherContext _context = new(CipherAlgorithms.Aes128Counter, CipherDirection.Encrypt);

    public override void SetKey(ReadOnlySpan<byte> key) => _context.SetKey(key);

    public override void Xor(CounterBlock counter, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.IsEmpty) return;

        nint context = _context.Pointer;
        byte* iv = stackalloc byte[CounterBlock.Length];
        counter.Write(new Span<byte>(iv, CounterBlock.Length));
        CipherContext.SetIv(context, iv);
        int written;
        fixed (byte* from = source, to = destination)
            CipherContext.Check(LibCrypto.EVP_CipherUpdate(context, to, &written, from, source.Length));

        GC.KeepAlive(_context);
    }

    public override void Dispose() => _context.Dispose();
}
