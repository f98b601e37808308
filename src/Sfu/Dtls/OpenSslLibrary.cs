using System.Runtime.InteropServices;

namespace Sfu.Dtls;

/// <summary>Finds and initialises the system's OpenSSL.</summary>
internal static class OpenSslLibrary
{
    /// <exception cref="DllNotFoundException">OpenSSL 3 is not installed; the message says what to install.</exception>
    public static void Initialise()
    {
        Require(OpenSslNative.Ssl);
        Require(OpenSslNative.Crypto);

        // OpenSSL would otherwise tear itself down in atexit(), under threads that still use it, ours and .NET's.
        if (OpenSslNative.InitSsl(OpenSslNative.InitNoAtExit, 0) != 1)
            throw OpenSslErrors.ToException("OpenSSL cannot be initialised");
    }

    internal static void Require(string library)
    {
        if (!NativeLibrary.TryLoad(library, typeof(OpenSslLibrary).Assembly, searchPath: null, out _))
        {
            throw new DllNotFoundException(
                $"{library} was not found: DTLS needs OpenSSL 3. Install the Debian package libssl3 (libssl3t64 from Debian 13 and Ubuntu 24.04 on).");
        }
    }
}
