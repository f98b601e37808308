using Sfu.Srtp;

namespace Sfu.Microbenchmarks.Support;

/// <summary>As many keys as a large room has listeners: more than the nearest caches hold, as in a real pass.</summary>
internal static class Keyring
{
    public const int Keys = 5_000;

    /// <summary>The same keys each time.</summary>
    public static SrtpKeys[] Create(SrtpProfile profile, int count = Keys)
    {
        var random = new Random(1);
        byte[] material = new byte[SrtpKeys.KeyingMaterialLength(profile)];
        var keys = new SrtpKeys[count];
        for (int i = 0; i < count; i++)
        {
            random.NextBytes(material);
            keys[i] = SrtpKeys.FromKeyingMaterial(profile, material).Server;
        }

        return keys;
    }

    public static SrtpSender[] Senders(SrtpProfile profile, SrtpCiphers ciphers, int count = Keys) =>
        [.. Create(profile, count).Select(keys => new SrtpSender(profile, keys, ciphers))];

    public static SrtpReceiver[] Receivers(SrtpProfile profile, SrtpCiphers ciphers, int count = Keys) =>
        [.. Create(profile, count).Select(keys => new SrtpReceiver(profile, keys, ciphers))];

    public static SrtpCiphers OpenSsl { get; } = SrtpCiphers.Choose("openssl");

    public static void Dispose(IEnumerable<IDisposable> all)
    {
        foreach (IDisposable one in all)
            one.Dispose();
    }
}
