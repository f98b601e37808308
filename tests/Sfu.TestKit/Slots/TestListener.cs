using Sfu.FanOut;
using Sfu.Net;
using Sfu.Slots;

namespace Sfu.TestKit.Slots;

/// <summary>A listener with a path of its own and a protector that remembers.</summary>
internal sealed class TestListener
{
    private const uint FirstAddress = 0x7F_00_00_01;

    /// <param name="number">Makes the path; distinct.</param>
    public TestListener(int number, int slots = 3, FakeProtector? protector = null, ListenerFormat? format = null)
    {
        Protector = protector ?? new FakeProtector();
        Listener = new Listener(Protector, slots, format)
        {
            Path = new NetworkPath(0, TransportAddress.FromIPv4(FirstAddress + (uint)number, 5_000)),
        };
    }

    public Listener Listener { get; }

    public FakeProtector Protector { get; }

    public List<ProtectedPacket> Heard => Protector.Packets;

    public TransportAddress Address => Listener.Path.Remote;
}
