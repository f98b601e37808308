using System.Net;

namespace Sfu.Signalling.Options;

/// <summary>Section <c>Sfu:Limits</c>: how often one address and one identity may do what costs others something.</summary>
internal sealed record LimitSettings
{
    /// <summary>Joins and resumes. Many people may share an address, and all come back at once after a restart.</summary>
    public RateSettings AddressJoins { get; init; } = new(1_200, 200);

    public RateSettings IdentityJoins { get; init; } = new(30, 10);

    /// <summary>Texts, to whomever.</summary>
    public RateSettings AddressMessages { get; init; } = new(3_000, 500);

    public RateSettings IdentityMessages { get; init; } = new(60, 20);

    public RateSettings AddressHands { get; init; } = new(600, 100);

    public RateSettings IdentityHands { get; init; } = new(12, 6);

    /// <summary>Calls of the control plane; a stream counts once.</summary>
    public RateSettings AddressCalls { get; init; } = new(60_000, 5_000);

    /// <summary>As <see cref="AddressCalls"/>, of all who sign with one key.</summary>
    public RateSettings KeyCalls { get; init; } = new(60_000, 5_000);

    /// <summary>Loopback addresses have no limit: a proxy on the same machine speaks for many, and so do tests.</summary>
    public bool ExemptLoopback { get; init; } = true;

    /// <summary>Whose <c>X-Forwarded-For</c> says where a client really is.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>All of them, by name.</summary>
    public IEnumerable<(string Name, RateSettings Rate)> Rates =>
    [
        (nameof(AddressJoins), AddressJoins), (nameof(IdentityJoins), IdentityJoins),
        (nameof(AddressMessages), AddressMessages), (nameof(IdentityMessages), IdentityMessages),
        (nameof(AddressHands), AddressHands), (nameof(IdentityHands), IdentityHands),
        (nameof(AddressCalls), AddressCalls), (nameof(KeyCalls), KeyCalls),
    ];

    public static LimitSettings Read(SettingsReader reader)
    {
        var fallback = new LimitSettings();
        var settings = new LimitSettings
        {
            AddressJoins = fallback.AddressJoins.ReadFrom(reader.Child(nameof(AddressJoins))),
            IdentityJoins = fallback.IdentityJoins.ReadFrom(reader.Child(nameof(IdentityJoins))),
            AddressMessages = fallback.AddressMessages.ReadFrom(reader.Child(nameof(AddressMessages))),
            IdentityMessages = fallback.IdentityMessages.ReadFrom(reader.Child(nameof(IdentityMessages))),
            AddressHands = fallback.AddressHands.ReadFrom(reader.Child(nameof(AddressHands))),
            IdentityHands = fallback.IdentityHands.ReadFrom(reader.Child(nameof(IdentityHands))),
            AddressCalls = fallback.AddressCalls.ReadFrom(reader.Child(nameof(AddressCalls))),
            KeyCalls = fallback.KeyCalls.ReadFrom(reader.Child(nameof(KeyCalls))),
            ExemptLoopback = reader.Bool(nameof(ExemptLoopback), fallback.ExemptLoopback),
            TrustedProxies = ReadProxies(reader),
        };
        reader.RefuseUnknown();
        return settings;
    }

    private static List<IPNetwork> ReadProxies(SettingsReader reader)
    {
        var proxies = new List<IPNetwork>();
        foreach (string text in reader.List(nameof(TrustedProxies)))
        {
            if (IPAddress.TryParse(text, out IPAddress? address))
                proxies.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(text, out IPNetwork network))
                proxies.Add(network);
            else
                reader.Fail(nameof(TrustedProxies), $"holds \"{text}\", which is neither an IP address nor a network such as 10.0.0.0/8.");
        }

        return proxies;
    }
}
