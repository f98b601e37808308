using System.Net;
using Sfu.Slots;

namespace Sfu.Signalling.Options;

/// <summary>Section <c>Sfu:Media</c>, as <see cref="SfuOptions"/>.</summary>
internal static class MediaSettings
{
    private const int LeastBufferBytes = 64 * 1024;
    private const int MostBufferBytes = 1024 * 1024 * 1024;

    public static SfuOptions Read(SettingsReader reader)
    {
        var fallback = new SfuOptions();
        List<IPAddress> bind = Addresses(reader, nameof(SfuOptions.BindAddresses));
        var options = new SfuOptions
        {
            Workers = reader.Int(nameof(SfuOptions.Workers), fallback.Workers, 0, 256),
            Port = reader.Int(nameof(SfuOptions.Port), fallback.Port, 0, ushort.MaxValue),
            TcpPort = reader.Text(nameof(SfuOptions.TcpPort)) is null ? null : reader.Int(nameof(SfuOptions.TcpPort), 0, 0, ushort.MaxValue),
            TcpConnections = reader.Int(nameof(SfuOptions.TcpConnections), fallback.TcpConnections, 1, 1_000_000),
            TcpConnectionsPerAddress = reader.Int(nameof(SfuOptions.TcpConnectionsPerAddress), fallback.TcpConnectionsPerAddress, 1, 1_000_000),
            BindAddresses = bind.Count > 0 ? bind : LoopbackAddresses.Available(),
            AdvertisedAddresses = Addresses(reader, nameof(SfuOptions.AdvertisedAddresses)),
            ReceiveBufferBytes = reader.Int(nameof(SfuOptions.ReceiveBufferBytes), fallback.ReceiveBufferBytes, LeastBufferBytes, MostBufferBytes),
            SendBufferBytes = reader.Int(nameof(SfuOptions.SendBufferBytes), fallback.SendBufferBytes, LeastBufferBytes, MostBufferBytes),
            Slots = reader.Int(nameof(SfuOptions.Slots), fallback.Slots, 1, MediaConstants.MaxSlots),
            FirstSlotIndex = reader.Int(nameof(SfuOptions.FirstSlotIndex), 0, 0, int.MaxValue),
            MaxAudience = reader.Int(nameof(SfuOptions.MaxAudience), fallback.MaxAudience, 1, 1_000_000),
            MaxParticipants = reader.Int(nameof(SfuOptions.MaxParticipants), fallback.MaxParticipants, 1, 10_000_000),
            OpensRoomsOnJoin = reader.Bool(nameof(SfuOptions.OpensRoomsOnJoin), fallback.OpensRoomsOnJoin),
            ConsentTimeout = reader.Duration(nameof(SfuOptions.ConsentTimeout), fallback.ConsentTimeout, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10)),
        };

        int workers = options.Workers == 0 ? Environment.ProcessorCount : options.Workers;
        if (options.Port != 0 && options.Port + workers - 1 > ushort.MaxValue)
            reader.Fail(nameof(SfuOptions.Port), $"leaves no ports for {workers} workers: {options.Port} + {workers - 1} is more than {ushort.MaxValue}.");

        foreach (IPAddress address in options.AdvertisedAddresses.Where(a => a.Equals(IPAddress.Any) || a.Equals(IPAddress.IPv6Any)))
            reader.Fail(nameof(SfuOptions.AdvertisedAddresses), $"holds {address}, to which nobody can send.");

        reader.RefuseUnknown();
        return options;
    }

    private static List<IPAddress> Addresses(SettingsReader reader, string key)
    {
        var addresses = new List<IPAddress>();
        foreach (string text in reader.List(key))
        {
            if (!IPAddress.TryParse(text, out IPAddress? address))
                reader.Fail(key, $"holds \"{text}\", which is not an IP address.");
            else if (addresses.Contains(address))
                reader.Fail(key, $"holds {text} twice.");
            else
                addresses.Add(address);
        }

        return addresses;
    }
}
