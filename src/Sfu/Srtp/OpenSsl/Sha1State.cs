using System.Runtime.InteropServices;

namespace Sfu.Srtp.OpenSsl;

/// <summary>libcrypto's <c>SHA_CTX</c>: chaining value, message length in bits, buffered bytes and their number.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Sha1State
{
    public const int ChainLength = 5;
    public const int BlockLength = 64;

    public fixed uint Chain[ChainLength];
    public uint BitsLow;
    public uint BitsHigh;
    public fixed byte Data[BlockLength];
    public uint DataLength;
}
