using System.Runtime.InteropServices;

namespace Sfu.Dtls;

/// <summary>Reads the calling thread's OpenSSL error queue.</summary>
internal static class OpenSslErrors
{
    /// <summary>The reasons, the first one (the cause) first; leaves the queue empty.</summary>
    public static string Take()
    {
        string text = "";
        while (OpenSslNative.ErrorGet() is var error and not 0)
        {
            string reason = Marshal.PtrToStringUTF8(OpenSslNative.ErrorReason(error)) ?? $"error {error:X}";
            text = text.Length == 0 ? reason : $"{text}; {reason}";
        }

        return text.Length == 0 ? "no reason given by OpenSSL" : text;
    }

    public static InvalidOperationException ToException(string what) => new($"{what}: {Take()}");

    /// <summary>For calls where anything below 1 is failure.</summary>
    public static void Check(nint result, string what)
    {
        if (result < 1)
            throw ToException(what);
    }
}
