using Sfu.Diagnostics;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Peers;
using Sfu.Rtcp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Net;
using Sfu.TestKit.Workers;
using Sfu.Time;
using Sfu.Workers;

namespace Sfu.Tests.Workers;

/// <summary>The whole media path with real ICE, DTLS and SRTP on a simulated network.</summary>
public sealed class WorkerCoreTests
{
    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm)]
    [InlineData(SrtpProfile.AeadAes256Gcm)]
    [InlineData(SrtpProfile.AesCm128HmacSha1_80)]
    public void What_a_speaker_sends_is_what_listeners_decrypt_whatever_their_profile(SrtpProfile profile)
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient listener = node.Connect(options: new SimulatedClientOptions { Profiles = [profile] });
        node.TakeStage(speaker);

        node.Talk(speaker, packets: 50);

        Assert.Equal(50, listener.Heard.Count);
        Assert.Equal(Enumerable.Range(0, 50).Select(SimulatedClient.Opus), listener.Heard.Select(p => p.Payload));
        Assert.All(listener.Heard, p => Assert.Equal((MediaConstants.SlotSsrc(0), speaker.Csrc), (p.Ssrc, p.Csrc)));
        AssertGapless(listener.Heard);
        Assert.Empty(listener.Failures);
        Assert.Empty(speaker.Heard);
    }

    [Fact]
    public void A_room_spans_workers_wherever_its_speaker_and_its_home_are()
    {
        using var node = new SimulatedNode(workers: 3);
        SimulatedClient speaker = node.Connect(worker: 1);
        SimulatedClient[] listeners = [node.Connect(worker: 0), node.Connect(worker: 1), node.Connect(worker: 2)];
        node.TakeStage(speaker);

        node.Talk(speaker, packets: 20);

        Assert.All(listeners, l => Assert.Equal(Enumerable.Range(0, 20).Select(SimulatedClient.Opus), l.Heard.Select(p => p.Payload)));
    }

    [Fact]
    public void Three_speakers_ride_in_three_slots_and_nobody_hears_themselves()
    {
        using var node = new SimulatedNode(workers: 2);
        SimulatedClient[] speakers = [node.Connect(0), node.Connect(1), node.Connect(0)];
        SimulatedClient listener = node.Connect(worker: 1);
        Array.ForEach(speakers, node.TakeStage);

        for (int i = 0; i < 40; i++)
        {
            Array.ForEach(speakers, s => s.Speak(SimulatedClient.Opus(i), node.Now));
            node.Advance(SimulatedClient.PacketInterval);
        }

        ILookup<uint, HeardPacket> bySsrc = listener.Heard.ToLookup(p => p.Ssrc);
        Assert.Equal(3, bySsrc.Count);
        Assert.All(bySsrc, slot => Assert.Single(slot.Select(p => p.Csrc).Distinct()));
        Assert.All(bySsrc, slot => AssertGapless([.. slot]));
        foreach (SimulatedClient speaker in speakers)
        {
            Assert.Equal(80, speaker.Heard.Count);
            Assert.DoesNotContain(speaker.Heard, p => p.Csrc == speaker.Csrc);
        }
    }

    [Fact]
    public void Loss_on_the_way_up_is_loss_for_the_listener_and_reordering_stays_reordering()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient listener = node.Connect();
        node.TakeStage(speaker);
        node.Talk(speaker, packets: 10);

        for (int i = 0; i < 5; i++)
            speaker.SkipSpeech();
        node.Talk(speaker, packets: 10);

        long[] indices = [.. listener.Heard.Select(p => p.Index)];
        Assert.Equal(20, indices.Length);
        Assert.Equal(6, indices[10] - indices[9]);
        Assert.Equal(6 * 960u, listener.Heard[10].Timestamp - listener.Heard[9].Timestamp);
    }

    [Fact]
    public void People_connect_and_hear_over_a_bad_network()
    {
        using var node = new SimulatedNode(seed: 11);
        node.Network.SetConditions(new LinkConditions
        {
            Delay = TimeSpan.FromMilliseconds(40),
            Jitter = TimeSpan.FromMilliseconds(20),
            Loss = 0.2,
            Reorder = 0.05,
            Duplicate = 0.05,
        });
        SimulatedClient speaker = node.Connect();
        SimulatedClient listener = node.Connect();
        node.TakeStage(speaker);

        node.Talk(speaker, packets: 500);

        // 0.8 x 0.8 arrive; nothing twice, nothing that does not authenticate but duplicates of the network.
        Assert.InRange(listener.Heard.Count, 260, 380);
        Assert.Equal(listener.Heard.Count, listener.Heard.Select(p => p.Index).Distinct().Count());
        Assert.All(listener.Failures, reason => Assert.Equal(DropReason.SrtpReplayed, reason));
    }

    [Fact]
    public void Another_certificate_than_the_answers_ends_the_peer_before_anything_is_heard()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        node.TakeStage(speaker);
        SimulatedClient liar = node.Join(options: new SimulatedClientOptions { LiesAboutItsFingerprint = true });
        node.Advance(TimeSpan.FromSeconds(1));

        node.Talk(speaker, packets: 10);

        Assert.True(liar.WasMismatched);
        Assert.Empty(liar.Heard);
        Assert.Equal(1, node.Drops(DropReason.DtlsFingerprintMismatch));
    }

    [Fact]
    public void Without_consent_nothing_is_sent_and_who_comes_back_hears_on_without_a_hole()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient phone = node.Connect();
        node.TakeStage(speaker);
        node.Talk(speaker, packets: 10);

        phone.Suspend();
        node.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(MediaState.Disconnected, phone.State);
        int before = phone.Heard.Count;
        node.Talk(speaker, packets: 100);
        Assert.Equal(before, phone.Heard.Count);

        phone.Wake();
        node.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(MediaState.Connected, phone.State);
        node.Talk(speaker, packets: 10);
        Assert.Equal(before + 10, phone.Heard.Count);
        AssertGapless(phone.Heard);
    }

    [Fact]
    public void A_voice_alone_brings_back_who_was_given_up()
    {
        using var node = new SimulatedNode();
        SimulatedClient phone = node.Connect();
        phone.Suspend();
        node.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(MediaState.Disconnected, phone.State);

        node.Talk(phone, packets: 1);

        Assert.Equal(MediaState.Connected, phone.State);
    }

    [Fact]
    public void A_client_whose_address_changes_keeps_its_session()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient listener = node.Connect();
        node.TakeStage(speaker);
        node.Talk(speaker, packets: 10);

        listener.MoveTo(port: 30_000);
        node.Advance(TimeSpan.FromSeconds(6));
        listener.Heard.Clear();
        node.Talk(speaker, packets: 10);

        Assert.Equal(10, listener.Heard.Count);
        Assert.Equal(MediaState.Connected, listener.State);
    }

    [Fact]
    public void A_speaker_who_is_muted_or_has_left_the_stage_is_dropped_and_counted()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient listener = node.Connect();
        node.TakeStage(speaker);

        node.Cores[0].SetMuted(SimulatedNode.RoomKey, speaker.Csrc, muted: true);
        node.Talk(speaker, packets: 5);
        node.Cores[0].RemoveSpeaker(SimulatedNode.RoomKey, speaker.Csrc);
        node.Talk(speaker, packets: 7);

        Assert.Empty(listener.Heard);
        Assert.Equal((5, 7), (node.Drops(DropReason.Muted), node.Drops(DropReason.NotOnStage)));
    }

    [Fact]
    public void A_long_silence_on_the_stage_does_not_lose_the_rollover_counter()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect(options: new SimulatedClientOptions { FirstSequenceNumber = 65_500 });
        SimulatedClient listener = node.Connect();

        node.Talk(speaker, packets: 100);
        node.TakeStage(speaker);
        node.Talk(speaker, packets: 10);

        Assert.Equal(10, listener.Heard.Count);
    }

    [Fact]
    public void Who_joins_just_before_the_wrap_and_loses_the_first_packets_decrypts_the_rest()
    {
        using var node = new SimulatedNode(options: new SfuOptions { FirstSlotIndex = 65_536 - 30 });
        SimulatedClient speaker = node.Connect();
        node.TakeStage(speaker);
        node.Talk(speaker, packets: 20);
        SimulatedClient late = node.Connect();
        node.Network.SetConditions(new LinkConditions { Loss = 1 });
        node.Advance(TimeSpan.FromMilliseconds(5));
        for (int i = 0; i < 8; i++)
        {
            node.Network.SetConditions(LinkConditions.Perfect);
            speaker.Speak(SimulatedClient.Opus(i), node.Now);
            node.Network.SetConditions(SimulatedNode.AddressOf(0), late.Ice.MappedAddress, new LinkConditions { Loss = 1 });
            node.Advance(SimulatedClient.PacketInterval);
        }

        node.Network.SetConditions(LinkConditions.Perfect);
        node.Talk(speaker, packets: 40);

        Assert.Equal(40, late.Heard.Count);
        Assert.Empty(late.Failures);
        Assert.InRange(late.Heard[0].Index, 0, 1_000);
    }

    [Fact]
    public void A_publisher_gets_receiver_reports_that_tell_its_loss()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        node.TakeStage(speaker);

        for (int i = 0; i < 200; i++)
        {
            if (i % 4 == 0)
                speaker.SkipSpeech();
            else
                speaker.Speak(SimulatedClient.Opus(i), node.Now);
            node.Advance(SimulatedClient.PacketInterval);
        }

        ReportBlock[] blocks = [.. speaker.Reports.SelectMany(Blocks)];
        Assert.InRange(blocks.Length, 3, 4);
        Assert.All(blocks, b => Assert.Equal(speaker.Ssrc, b.Ssrc));
        Assert.All(blocks.Skip(1), b => Assert.InRange(b.FractionLost, 58, 70));
    }

    [Fact]
    public void Sender_reports_tie_a_slots_time_to_the_wall_clock()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient listener = node.Connect();
        node.TakeStage(speaker);

        node.Talk(speaker, packets: 600);

        SentAt[] reports = [.. listener.Reports.SelectMany(SenderReports)];
        Assert.InRange(reports.Length, 2, 4);
        SentAt first = reports[0];
        foreach (SentAt later in reports.Skip(1))
        {
            double seconds = (later.Ntp - first.Ntp) / (double)(1L << 32);
            Assert.InRange((later.Rtp - first.Rtp) / 48_000.0 - seconds, -0.001, 0.001);
        }

        Assert.True(reports[^1].Packets > first.Packets);
    }

    [Fact]
    public void Rtcp_of_every_kind_is_taken_and_what_is_broken_is_counted()
    {
        using var node = new SimulatedNode();
        SimulatedClient client = node.Connect();
        byte[] buffer = new byte[512];
        var writer = new RtcpWriter(buffer);
        writer.TryWriteReceiverReport(7, new ReportBlock(MediaConstants.SlotSsrc(0), 64, 10, 300, 5, 0, 0));
        writer.TryWriteCname(7, "me"u8);
        writer.TryWriteGoodbye(7);
        byte[] nack = [0x81, 205, 0, 3, 0, 0, 0, 7, 0x5F, 0x55, 0, 1, 0, 9, 0, 1];
        byte[] extended = [0x80, 207, 0, 1, 0, 0, 0, 7];
        byte[] broken = [0x81, 201, 0, 1, 0, 0, 0, 7];

        client.SendRtcp([.. writer.Written, .. nack, .. extended], node.Now);
        client.SendRtcp(broken, node.Now);
        node.Advance(SimulatedClient.PacketInterval);

        MediaCounters media = node.Cores[0].Media;
        Assert.Equal((1, 0.25, 2), (media.ReportBlocks, media.LostFractions, media.NackedPackets));
        Assert.Equal(1, node.Drops(DropReason.RtcpMalformed));
    }

    [Fact]
    public void A_hundred_thousand_packets_are_forwarded_without_allocating_a_byte()
    {
        const int Packets = 100_000;
        const int WarmUp = 2_000;
        byte[][] packets = [];
        NetworkPath path = default;
        Instant now = default;
        long forwarded = 0;

        long allocated = Allocations.Of(
            () =>
            {
                var node = new SimulatedNode();
                SimulatedClient speaker = node.Connect();
                for (int i = 0; i < 5; i++)
                    node.Connect();
                node.TakeStage(speaker);
                packets = [.. Enumerable.Range(0, WarmUp + Packets).Select(i => speaker.NextPacket(SimulatedClient.Opus(i)))];
                path = new NetworkPath(0, speaker.Ice.MappedAddress);
                now = node.Now;
                node.SenderOf(0).Discards = true;
                Forward(node.Cores[0], packets.AsSpan(0, WarmUp), path, ref now);
                return node;
            },
            node =>
            {
                Forward(node.Cores[0], packets.AsSpan(WarmUp), path, ref now);
                forwarded = node.SenderOf(0).Discarded;
            });

        Assert.Equal(0, allocated);
        Assert.Equal(5L * (WarmUp + Packets), forwarded);
    }

    [Fact]
    public void Who_leaves_is_forgotten_and_the_others_hear_on()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient leaver = node.Connect();
        SimulatedClient stayer = node.Connect();
        node.TakeStage(speaker);
        node.Talk(speaker, packets: 5);

        node.Cores[0].RemovePeer(leaver.Key);
        node.Talk(speaker, packets: 5);
        node.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal((5, 10), (leaver.Heard.Count, stayer.Heard.Count));
        Assert.True(node.Drops(DropReason.StunUnknownUser) > 0);
    }

    [Fact]
    public void An_ice_restart_keeps_the_audio_and_ends_the_old_credentials()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient listener = node.Connect();
        node.TakeStage(speaker);
        IceCredentials renewed = IceCredentials.Create();
        IceCredentials old = listener.Ice.Server;

        node.Cores[0].RestartIce(listener.Key, renewed);
        node.Talk(speaker, packets: 5);
        listener.Ice.Restart(IceCredentials.Create(), renewed);
        node.Cores[0].ApplyAnswer(listener.Key, listener.Answer(MediaConstants.DefaultSlots));
        node.Talk(speaker, packets: 5);
        Assert.Equal(10, listener.Heard.Count);
        Assert.True(listener.Ice.IsConnected);

        listener.Ice.Restart(listener.Ice.Local, old);
        node.Advance(TimeSpan.FromSeconds(1));
        Assert.True(node.Drops(DropReason.StunUnknownUser) > 0);
    }

    private static void Forward(WorkerCore core, ReadOnlySpan<byte[]> packets, NetworkPath from, ref Instant now)
    {
        foreach (byte[] packet in packets)
        {
            now += SimulatedClient.PacketInterval;
            core.Receive(packet, from, now);
            while (core.HasFanOut)
                core.FanOut();
        }
    }

    private static void AssertGapless(List<HeardPacket> packets) =>
        Assert.Equal(Enumerable.Range(0, packets.Count).Select(i => packets[0].Index + i), packets.Select(p => p.Index));

    private static IEnumerable<ReportBlock> Blocks(byte[] compound)
    {
        var blocks = new List<ReportBlock>();
        if (RtcpReader.TryRead(compound, out RtcpReader reader) != DropReason.None)
            return blocks;
        while (reader.MoveNext())
        {
            if (reader.Current.Type != RtcpType.ReceiverReport || ReceiverReport.TryRead(reader.Current, out ReceiverReport report) != DropReason.None)
                continue;
            foreach (ReportBlock block in report.Blocks)
                blocks.Add(block);
        }

        return blocks;
    }

    private static IEnumerable<SentAt> SenderReports(byte[] compound)
    {
        var reports = new List<SentAt>();
        if (RtcpReader.TryRead(compound, out RtcpReader reader) != DropReason.None)
            return reports;
        while (reader.MoveNext())
        {
            if (reader.Current.Type == RtcpType.SenderReport && SenderReport.TryRead(reader.Current, out SenderReport report) == DropReason.None)
                reports.Add(new SentAt(report.NtpTimestamp, report.RtpTimestamp, report.PacketCount));
        }

        return reports;
    }

    private sealed record SentAt(ulong Ntp, uint Rtp, uint Packets);
}
