using Microsoft.Win32.SafeHandles;

namespace Sfu.Dtls;

/// <summary>Owns an <c>SSL</c> and, through it, its two BIOs.</summary>
internal sealed class SslHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        OpenSslNative.SslFree(handle);
        return true;
    }
}
