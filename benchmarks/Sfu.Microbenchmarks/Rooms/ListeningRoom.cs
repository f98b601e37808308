using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Microbenchmarks.Support;
using Sfu.Net;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.Time;

namespace Sfu.Microbenchmarks.Rooms;

/// <summary>An audience with real keys, each listener at an address of its own.</summary>
internal sealed class ListeningRoom : IDisposable
{
    /// <summary>Listeners that a worker serves between two looks at its sockets.</summary>
    private const int Chunk = 256;

    private const uint FirstAddress = 0x7F_01_00_01;

    private readonly Audience _audience = new(MediaConstants.DefaultSlots);
    private readonly byte[] _payload = SlotPacket.Payload();
    private long _index;

    public ListeningRoom(SrtpProfile profile, int listeners, ushort port)
    {
        Senders = Keyring.Senders(profile, SrtpCiphers.Default, listeners);
        for (int i = 0; i < listeners; i++)
            _audience.Add(new Listener(Senders[i], MediaConstants.DefaultSlots) { Path = PathOf(i, port) });
    }

    public SrtpSender[] Senders { get; }

    /// <summary>To be completed before what a pass commits leaves.</summary>
    public TagBatch Tags { get; } = new();

    public DropCounters Drops { get; } = new();

    /// <summary>127.1.0.1 and following.</summary>
    public static NetworkPath PathOf(int listener, ushort port) => new(0, TransportAddress.FromIPv4(FirstAddress + (uint)listener, port));

    /// <summary>Publishes a packet in each of the first slots and sends everybody what waits.</summary>
    public void Pass(int slots, IDatagramSender sender)
    {
        _index++;
        for (int slot = 0; slot < slots; slot++)
        {
            var header = new SlotPacketHeader(
                slot, _index, (uint)_index * 960, SlotPacket.Csrc, Marker: false, SlotPacket.Level, new Instant(_index * 20_000));
            _audience.Publish(header, _payload);
        }

        while (_audience.Step(Chunk, sender, Drops, Tags))
        {
        }

        Tags.Complete();
        sender.Flush();
    }

    public void Dispose() => Keyring.Dispose(Senders);
}
