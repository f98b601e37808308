using Microsoft.Win32.SafeHandles;

namespace Sfu.Opus;

/// <summary>Owns an <c>OpusDecoder</c>.</summary>
internal sealed class OpusDecoderHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        OpusNative.DestroyDecoder(handle);
        return true;
    }
}
