using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sfu.Srtp.OpenSsl;

/// <summary>An <c>EVP_CIPHER_CTX</c> for one algorithm and direction; freed on disposal, or by its finalizer.</summary>
internal sealed unsafe class CipherContext : SafeHandle
{
    private const int Success = 1;

    public CipherContext(nint algorithm, CipherDirection direction)
        : base(0, ownsHandle: true)
    {
        SetHandle(LibCrypto.EVP_CIPHER_CTX_new());
        if (IsInvalid) throw new CryptographicException("libcrypto has no memory for a cipher context.");

        Check(LibCrypto.EVP_CipherInit_ex(handle, algorithm, 0, null, null, (int)direction));
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>For the calls of a packet, which cannot afford a reference count each; the caller keeps this object alive meanwhile.</summary>
    public nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    /// <summary>For calls that fail for no input, only for a bug or for want of memory.</summary>
    public static void Check(int result)
    {
        if (result == Success) return;

        LibCrypto.ERR_clear_error();
        throw new CryptographicException("libcrypto refused a cipher operation.");
    }

    public void SetKey(ReadOnlySpan<byte> key)
    {
        fixed (byte* p = key)
            Check(LibCrypto.EVP_CipherInit_ex(Pointer, 0, 0, p, null, KeepDirection));

        GC.KeepAlive(this);
    }

    /// <summary>Starts a packet.</summary>
    public static void SetIv(nint context, byte* iv) => Check(LibCrypto.EVP_CipherInit_ex(context, 0, 0, null, iv, KeepDirection));

    protected override bool ReleaseHandle()
    {
        LibCrypto.EVP_CIPHER_CTX_free(handle);
        return true;
    }

    private const int KeepDirection = -1;
}
