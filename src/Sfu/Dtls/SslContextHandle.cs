using Microsoft.Win32.SafeHandles;

namespace Sfu.Dtls;

/// <summary>Owns an <c>SSL_CTX</c>, which counts its own references: each <c>SSL</c> holds one.</summary>
internal sealed class SslContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        OpenSslNative.ContextFree(handle);
        return true;
    }
}
