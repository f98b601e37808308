using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.TestKit.Net;
using Sfu.TestKit.Slots;

namespace Sfu.Tests.FanOut;

public sealed class ListenerBatchTests
{
    private const int Overhead = 16;
    private const int Around = RtpHeaderWriter.SlotHeaderLength + Overhead;

    private readonly Audience _audience = new(4);
    private readonly TestListener _listener = new(1, slots: 4);
    private readonly RecordingSender _sender = new();
    private readonly TagBatch _tags = new();
    private readonly DropCounters _drops = new();
    private long _index;

    public ListenerBatchTests() => _audience.Add(_listener.Listener);

    [Fact]
    public void One_packet_is_one_message_without_padding()
    {
        Send((0, 80));

        Assert.Equal([[80 + Around]], Messages());
        Assert.Equal(0, Heard(0).Padding);
    }

    [Fact]
    public void A_slot_that_the_listener_does_not_take_is_not_sent()
    {
        _listener.Listener.SlotMask = 0b1101;

        Send((0, 80), (1, 80), (2, 80));

        Assert.Equal([[120, 120]], Messages());
        Assert.Equal([MediaConstants.SlotSsrc(0), MediaConstants.SlotSsrc(2)], _listener.Heard.Select(p => p.Ssrc).Order());
    }

    [Fact]
    public void Packets_of_equal_size_share_a_message()
    {
        Send((0, 80), (1, 80), (2, 80));

        Assert.Equal([[120, 120, 120]], Messages());
    }

    [Fact]
    public void The_smallest_goes_last_and_the_others_are_padded_to_the_largest()
    {
        Send((0, 60), (1, 100), (2, 80));

        Assert.Equal([[140, 140, 100]], Messages());
        Assert.Equal([100, 80, 60], _listener.Heard.Select(p => p.Payload.Length));
        Assert.Equal([0, 20, 0], _listener.Heard.Select(p => p.Padding));
    }

    [Fact]
    public void Padded_packets_say_so_and_read_as_they_were()
    {
        Send((0, 50), (1, 80), (2, 40));

        List<SentDatagram> sent = _sender.Take();
        int[] payloads = new int[3];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(DropReason.None, RtpPacket.TryRead(sent[i].Payload.AsSpan(0, sent[i].Payload.Length - Overhead), out RtpPacket packet));
            payloads[i] = packet.Payload.Length;
            Assert.Equal(i == 0 ? 30 : 0, packet.PaddingLength);
        }

        Assert.Equal([50, 80, 40], payloads);
    }

    [Fact]
    public void A_slots_packets_keep_their_order_though_the_last_is_the_largest()
    {
        Send((0, 60), (0, 80), (0, 100));

        Assert.Equal([[140, 140, 140]], Messages());
        Assert.Equal([60, 80, 100], _listener.Heard.Select(p => p.Payload.Length));
    }

    [Fact]
    public void The_one_that_goes_last_is_the_last_of_its_slot()
    {
        Send((0, 50), (0, 90), (1, 70), (1, 80));

        Assert.Equal([[130, 130, 130, 120]], Messages());
        Assert.Equal([50, 90, 70, 80], _listener.Heard.Select(p => p.Payload.Length));
    }

    [Fact]
    public void Padding_that_costs_more_than_a_message_is_not_made()
    {
        Send((0, 500), (1, 500 - MessageComposer.MaxPadding), (2, 499 - MessageComposer.MaxPadding), (3, 498 - MessageComposer.MaxPadding));

        // The third ends the first message, where it needs no padding.
        Assert.Equal([[500 + Around, 500 + Around, 299 + Around], [298 + Around]], Messages());
        Assert.All(_listener.Heard, p => Assert.InRange(p.Padding, 0, MessageComposer.MaxPadding));
    }

    [Fact]
    public void A_much_larger_packet_waits_for_the_next_message()
    {
        Send((0, 50), (1, 900), (2, 60));

        Assert.Equal([[100, 90], [900 + Around]], Messages());
    }

    [Fact]
    public void No_message_has_more_segments_than_the_kernel_takes()
    {
        for (int i = 0; i < 50; i++)
        {
            Publish(0, 40);
            Publish(1, 40);
        }

        StepAll();

        Assert.Equal([64, 36], Messages().Select(m => m.Length));
        Assert.Equal(100, _listener.Heard.Count);
    }

    [Fact]
    public void Large_packets_of_many_slots_stay_below_the_largest_message()
    {
        var audience = new Audience(MediaConstants.MaxSlots);
        var listener = new TestListener(1, MediaConstants.MaxSlots);
        audience.Add(listener.Listener);
        for (int i = 0; i < 10; i++)
        {
            for (int slot = 0; slot < MediaConstants.MaxSlots; slot++)
                audience.Publish(new SlotPacketHeader(slot, i, 0, 1, false, default, default), new byte[MediaConstants.MaxPayload]);
        }

        audience.Step(1, _sender, _drops, _tags);

        Assert.Equal(120, listener.Heard.Count);
        Assert.All(Messages(), m => Assert.InRange(m.Sum(), 1, 65_000));
    }

    [Fact]
    public void Whatever_waits_it_all_goes_out_in_order_and_messages_are_well_formed()
    {
        var random = new Random(5);
        for (int round = 0; round < 2_000; round++)
        {
            var sizes = new List<int>[] { [], [], [], [] };
            int largest = random.Next(3) switch { 0 => 40, 1 => 300, _ => 1_100 };
            for (int i = random.Next(1, 12); i > 0; i--)
            {
                int slot = random.Next(4);
                int size = random.Next(1, largest + 1);
                sizes[slot].Add(size);
                Publish(slot, size);
            }

            StepAll();

            for (int slot = 0; slot < 4; slot++)
            {
                IEnumerable<ProtectedPacket> heard = _listener.Heard.Where(p => p.Ssrc == MediaConstants.SlotSsrc(slot));
                Assert.Equal(sizes[slot], heard.Select(p => p.Payload.Length));
            }

            foreach (int[] message in Messages())
            {
                Assert.All(message[..^1], length => Assert.Equal(message[0], length));
                Assert.True(message[^1] <= message[0]);
            }

            _listener.Heard.Clear();
        }
    }

    private ProtectedPacket Heard(int place) => _listener.Heard[place];

    private void Send(params (int Slot, int Length)[] packets)
    {
        foreach ((int slot, int length) in packets)
            Publish(slot, length);
        StepAll();
    }

    private void StepAll() => _audience.Step(int.MaxValue, _sender, _drops, _tags);

    private void Publish(int slot, int length)
    {
        byte[] payload = new byte[length];
        Array.Fill(payload, (byte)0x55);
        _audience.Publish(new SlotPacketHeader(slot, _index++, 0, 1, false, default, default), payload);
    }

    private int[][] Messages() =>
        [.. _sender.Take().GroupBy(d => d.Message).Select(g => g.Select(d => d.Payload.Length).ToArray())];
}
