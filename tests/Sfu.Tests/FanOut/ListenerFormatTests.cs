using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.TestKit.Net;
using Sfu.TestKit.Slots;

namespace Sfu.Tests.FanOut;

public sealed class ListenerFormatTests
{
    private readonly Audience _audience = new(3);
    private readonly RecordingSender _sender = new();
    private readonly TagBatch _tags = new();
    private readonly DropCounters _drops = new();
    private readonly TestListener _usual = new(1);

    public ListenerFormatTests() => _audience.Add(_usual.Listener);

    [Fact]
    public void A_payload_type_and_an_extension_id_of_the_listeners_own_change_those_bytes_alone()
    {
        TestListener own = Join(new ListenerFormat { OpusPayloadType = 96, LevelExtensionId = 5 });

        Publish();

        RtpPacket packet = Read(own.Heard[0].Header);
        Assert.Equal(96, packet.PayloadType);
        Assert.True(packet.Marker);
        Assert.True(packet.TryGetAudioLevel(5, out AudioLevel level));
        Assert.Equal(new AudioLevel(22, true), level);
        Assert.Equal([1, 20], Differences(own));
    }

    [Fact]
    public void Without_the_extension_no_level_goes_out_and_the_header_keeps_its_length()
    {
        TestListener own = Join(new ListenerFormat { LevelExtensionId = ListenerFormat.NoExtension });

        Publish();

        byte[] header = own.Heard[0].Header;
        RtpPacket packet = Read(header);
        for (byte id = 1; id < 15; id++)
            Assert.False(packet.TryGetAudioLevel(id, out _));
        Assert.Equal([0xBE, 0xDE, 0, 1, 0, 0, 0, 0], header[16..]);
        Assert.Equal([20, 21], Differences(own));
    }

    [Fact]
    public void Who_has_the_usual_numbers_is_not_patched_even_when_they_were_spelt_out()
    {
        TestListener own = Join(new ListenerFormat { OpusPayloadType = MediaConstants.OpusPayloadType });

        Publish();

        Assert.False(own.Listener.HasOwnHeaders);
        Assert.Empty(Differences(own));
    }

    private TestListener Join(ListenerFormat format)
    {
        var listener = new TestListener(2, format: format);
        _audience.Add(listener.Listener);
        return listener;
    }

    private void Publish()
    {
        _audience.Publish(new SlotPacketHeader(1, 7, 960, 0xABCD, Marker: true, new AudioLevel(22, true), default), [1, 2, 3]);
        _audience.Step(int.MaxValue, _sender, _drops, _tags);
    }

    /// <summary>Where the header differs from what everybody else gets.</summary>
    private int[] Differences(TestListener own)
    {
        byte[] usual = _usual.Heard[0].Header;
        byte[] header = own.Heard[0].Header;
        Assert.Equal(RtpHeaderWriter.SlotHeaderLength, header.Length);
        Assert.Equal(_usual.Heard[0].Payload, own.Heard[0].Payload);
        return [.. Enumerable.Range(0, header.Length).Where(i => header[i] != usual[i])];
    }

    private static RtpPacket Read(byte[] header)
    {
        Assert.Equal(DropReason.None, RtpPacket.TryRead(header, out RtpPacket packet));
        return packet;
    }
}
