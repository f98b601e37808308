using Sfu.Diagnostics;
using Sfu.Opus;
using Sfu.Rtcp;
using Sfu.TestKit.Net;
using Sfu.TestKit.Opus;
using Sfu.TestKit.Workers;

namespace Sfu.Tests.Workers;

/// <summary>A speaker on a bad line: what its listeners, who have good ones, miss.</summary>
public sealed class UplinkTests(ITestOutputHelper output)
{
    private const int Packets = 1_000;
    private const int Runs = 8;

    private static readonly LinkConditions Random10 = new()
    {
        Delay = TimeSpan.FromMilliseconds(20),
        Jitter = TimeSpan.FromMilliseconds(5),
        Loss = 0.1,
    };

    /// <summary>As much is lost, in runs of two on average.</summary>
    private static readonly LinkConditions Bursts10 = new()
    {
        Delay = TimeSpan.FromMilliseconds(20),
        Jitter = TimeSpan.FromMilliseconds(5),
        BurstStart = 0.055,
        BurstEnd = 0.5,
    };

    private static readonly LinkConditions Rough = Random10 with { Reorder = 0.05, Duplicate = 0.05 };

    [Fact]
    public void Without_protection_what_is_lost_on_the_way_up_is_missing()
    {
        Assert.InRange(MissingShare(new SimulatedClientOptions(), Random10), 0.08, 0.12);
        Assert.InRange(MissingShare(new SimulatedClientOptions(), Bursts10), 0.07, 0.13);
    }

    [Fact]
    public void Red_fills_what_is_lost_singly_and_the_end_of_each_burst()
    {
        // Both of two packets in a row must be lost: a tenth of a tenth.
        Assert.InRange(MissingShare(new SimulatedClientOptions { RedDistance = 1 }, Random10), 0.005, 0.016);
        Assert.InRange(MissingShare(new SimulatedClientOptions { RedDistance = 2 }, Random10), 0, 0.003);

        double bursts = MissingShare(new SimulatedClientOptions { RedDistance = 1 }, Bursts10);
        Assert.InRange(bursts, 0.035, 0.065);
    }

    [Fact]
    public void Nack_fills_nearly_everything_where_the_way_is_short()
    {
        // Asked twice over a line that loses a tenth of the answers; the questions arrive.
        Assert.InRange(MissingShare(new SimulatedClientOptions { Retransmits = true }, Random10), 0, 0.015);
        Assert.InRange(MissingShare(new SimulatedClientOptions { Retransmits = true }, Bursts10), 0, 0.02);
    }

    [Fact]
    public void Nack_is_not_tried_where_the_way_is_too_long()
    {
        LinkConditions far = Random10 with { Delay = TimeSpan.FromMilliseconds(150) };
        using SimulatedNode node = Talk(new SimulatedClientOptions { Retransmits = true }, far, out double missing, out _);

        Assert.InRange(missing, 0.08, 0.12);

        // Until the first answers have told how long the way is.
        Assert.InRange(node.Cores[0].Media.AskedPackets, 1, 40);
    }

    [Fact]
    public void A_publisher_that_answers_sender_reports_is_known_to_be_far_away_from_the_first_loss_on()
    {
        var far = new LinkConditions { Delay = TimeSpan.FromMilliseconds(120) };
        using var node = new SimulatedNode();
        SimulatedClient other = node.Connect();
        SimulatedClient speaker = node.Connect(options: new SimulatedClientOptions { Retransmits = true });
        node.TakeStage(other);
        node.TakeStage(speaker);
        node.Network.SetConditions(speaker.Address, SimulatedNode.AddressOf(0), far);
        node.Network.SetConditions(SimulatedNode.AddressOf(0), speaker.Address, far);
        node.Talk(other, packets: 10);
        AnswerSenderReport(node, speaker, far.Delay);
        node.Advance(TimeSpan.FromMilliseconds(200));

        node.Talk(speaker, packets: 10);
        speaker.SkipSpeech();
        node.Talk(speaker, packets: 10);

        Assert.Equal(0, node.Cores[0].Media.AskedPackets);
    }

    [Fact]
    public void Both_together_fill_what_either_leaves_with_fewer_questions()
    {
        // So far away that there is time to ask once.
        LinkConditions far = Bursts10 with { Delay = TimeSpan.FromMilliseconds(60) };
        double nackAlone = MissingShare(new SimulatedClientOptions { Retransmits = true }, far, out long askedWithNackAlone);
        double both = MissingShare(new SimulatedClientOptions { RedDistance = 1, Retransmits = true }, far, out long asked);

        Assert.InRange(both, 0, nackAlone * 0.8);
        Assert.InRange(asked, 1, askedWithNackAlone * 9 / 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Whatever_the_line_does_nobody_gets_an_index_twice_and_each_packet_is_what_was_sent(int worker)
    {
        var options = new SimulatedClientOptions { RedDistance = 2, Retransmits = true, FirstSequenceNumber = 65_000 };
        using SimulatedNode node = Talk(options, Rough, out double missing, out SimulatedClient listener, worker);

        Assert.InRange(missing, 0, 0.005);
        Assert.Equal(listener.Heard.Count, listener.Heard.Select(p => p.Index).Distinct().Count());
        Assert.Empty(listener.Failures);
        long first = listener.Heard[0].Index;
        uint firstTimestamp = listener.Heard[0].Timestamp;
        int firstNumber = NumberOf(listener.Heard[0]);
        Assert.All(listener.Heard, p =>
        {
            Assert.Equal(firstNumber + (p.Index - first), NumberOf(p));
            Assert.Equal((uint)(p.Index - first) * 960, p.Timestamp - firstTimestamp);
            Assert.Equal(SimulatedClient.Opus(NumberOf(p)), p.Payload);
        });
        Assert.True(node.Drops(DropReason.RtpRecovered) > 0);
    }

    [Fact]
    public void The_budget_bounds_what_a_dead_line_is_asked_for()
    {
        LinkConditions dead = Random10 with { Loss = 0.6 };
        using SimulatedNode node = Talk(new SimulatedClientOptions { Retransmits = true }, dead, out _, out _);

        double seconds = Packets * 0.02;
        Assert.InRange(node.Cores[0].Media.AskedPackets / seconds, 5, 25.5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_publisher_without_levels_is_heard_at_the_level_of_its_audio(bool decodes)
    {
        var options = new SfuOptions { CreateOpusDecoder = decodes ? OpusDecoders.Choose(null) : () => new SilentDecoder() };
        using var node = new SimulatedNode(workers: 2, options);
        SimulatedClient speaker = node.Connect(worker: 1, new SimulatedClientOptions { SendsLevels = false });
        SimulatedClient listener = node.Connect();
        node.TakeStage(speaker);
        using var encoder = new OpusEncoder(OpusMode.Silk);
        foreach (float[] frame in TestSignal.Speech(2_000, level: -26).Chunk(960))
        {
            speaker.Speak(encoder.Encode(frame), node.Now);
            node.Advance(SimulatedClient.PacketInterval);
        }

        double mean = listener.Heard.Average(p => p.Level!.Value.Level);
        Assert.InRange(mean, decodes ? 24 : 127, decodes ? 36 : 127);
    }

    /// <summary>Of several runs.</summary>
    private double MissingShare(SimulatedClientOptions options, LinkConditions up) => MissingShare(options, up, out _);

    /// <inheritdoc cref="MissingShare(SimulatedClientOptions, LinkConditions)"/>
    private double MissingShare(SimulatedClientOptions options, LinkConditions up, out long asked)
    {
        double sum = 0;
        asked = 0;
        for (int seed = 0; seed < Runs; seed++)
        {
            using SimulatedNode node = Talk(options, up, out double missing, out _, seed: seed);
            sum += missing;
            asked += node.Cores[0].Media.AskedPackets;
        }

        string line = up.BurstStart > 0 ? "bursts" : "single losses";
        output.WriteLine($"10 % in {line}, {up.Delay.TotalMilliseconds} ms away; RED {options.RedDistance}, NACK {options.Retransmits}: {sum / Runs:P2} missing, asked for {asked / Runs} of {Packets}");
        return sum / Runs;
    }

    private static SimulatedNode Talk(
        SimulatedClientOptions options, LinkConditions up, out double missing, out SimulatedClient listener, int worker = 0, int seed = 5)
    {
        var node = new SimulatedNode(workers: worker + 1, seed: seed);
        SimulatedClient speaker = node.Connect(worker, options);
        listener = node.Connect();
        node.TakeStage(speaker);
        node.Network.SetConditions(speaker.Address, SimulatedNode.AddressOf(worker), up);
        node.Network.SetConditions(SimulatedNode.AddressOf(worker), speaker.Address, new LinkConditions { Delay = up.Delay });
        node.Talk(speaker, Packets);
        node.Advance(TimeSpan.FromSeconds(1));

        long span = listener.Heard.Max(p => p.Index) - listener.Heard.Min(p => p.Index) + 1;
        missing = 1 - (double)listener.Heard.Count / span;
        return node;
    }

    private sealed class SilentDecoder : IOpusDecoder
    {
        public int Decode(ReadOnlySpan<byte> packet, Span<short> samples)
        {
            samples[..320].Clear();
            return 320;
        }

        public void Dispose()
        {
        }
    }

    private static void AnswerSenderReport(SimulatedNode node, SimulatedClient client, TimeSpan way)
    {
        RtcpReader.TryRead(client.Reports.Last(IsSenderReport), out RtcpReader reader);
        reader.MoveNext();
        SenderReport.TryRead(reader.Current, out SenderReport report);
        uint sent = NtpTime.Middle(report.NtpTimestamp);
        uint sinceArrival = NtpTime.Middle(node.Clock.ToNtp(node.Now)) - sent - NtpTime.ToShort(way);
        var writer = new RtcpWriter(new byte[64]);
        writer.TryWriteReceiverReport(client.Ssrc, new ReportBlock(report.Ssrc, 0, 0, 0, 0, sent, sinceArrival));
        client.SendRtcp(writer.Written, node.Now);

        static bool IsSenderReport(byte[] compound) => compound[1] == (byte)RtcpType.SenderReport;
    }

    private static int NumberOf(HeardPacket packet) => packet.Payload[1] | packet.Payload[2] << 8;
}
