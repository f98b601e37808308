using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Peers;
using Sfu.TestKit.Dtls;
using Sfu.TestKit.Fuzzing;
using Sfu.TestKit.Ice;
using Sfu.TestKit.Net;
using Sfu.TestKit.Workers;

namespace Sfu.Tests.Workers;

/// <summary>What a client with good credentials and bad intentions can do to the others.</summary>
public sealed class HostileClientTests
{
    /// <summary>What is on the wire of a live session, in pieces, from somebody who has none of its secrets.</summary>
    [Fact]
    public void Of_300_000_datagrams_from_a_stranger_none_is_answered_and_each_is_counted()
    {
        const int Datagrams = 300_000;
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient listener = node.Connect();
        node.TakeStage(speaker);
        byte[] check = new byte[TestIceClient.MaxCheckLength];
        var guesser = new TestIceClient(IceCredentials.Create(), speaker.Ice.Server with { Password = IceCredentials.Create().Password });
        check = check[..guesser.Poll(node.Now, check)];
        using var dtls = new TestDtlsClient(node.Now);
        byte[] hello = new byte[DtlsContext.DefaultMtu];
        Assert.True(dtls.TryTakeOutgoing(hello, out int helloLength));
        byte[] rtcp = [0x80, 201, 0, 1, 0, 0, 0, 7, 0x80, 0, 0, 1, .. new byte[16]];
        var mutator = new Mutator(0x57A6_6E12, check, hello[..helloLength], speaker.NextPacket([0x78, 1, 2, 3]), rtcp);
        var stranger = new NetworkPath(0, TransportAddress.FromIPv4(0x0A63_0101, 9_999));
        long before = Enumerable.Range(1, (int)DropReason.Count - 1).Sum(reason => node.Drops((DropReason)reason));
        SimulatedSender sender = node.SenderOf(0);
        sender.Discards = true;

        while (mutator.Iteration < Datagrams)
            node.Cores[0].Receive(mutator.Next(), stranger, node.Now);

        Assert.Equal(0, sender.Discarded);
        Assert.Equal(Datagrams, Enumerable.Range(1, (int)DropReason.Count - 1).Sum(reason => node.Drops((DropReason)reason)) - before);
        sender.Discards = false;
        node.Talk(speaker, packets: 10);
        Assert.Equal(10, listener.Heard.Count);
    }

    [Fact]
    public void Checks_with_a_forged_address_do_not_take_it_from_who_speaks_there()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient listener = node.Connect();
        SimulatedClient hijacker = node.Connect();
        node.TakeStage(speaker);

        SendCheckFrom(speaker.Ice.MappedAddress, hijacker, node);
        node.Talk(speaker, packets: 10);

        Assert.Equal(10, listener.Heard.Count);
        Assert.Equal(10, hijacker.Heard.Count);
        Assert.Equal(1, node.Drops(DropReason.StunPathTaken));
    }

    [Fact]
    public void The_address_of_a_client_that_fell_silent_goes_to_the_next_one_and_back()
    {
        using var node = new SimulatedNode();
        SimulatedClient first = node.Connect();
        SimulatedClient second = node.Connect();
        SimulatedClient listener = node.Connect();
        TransportAddress address = first.Ice.MappedAddress;
        node.TakeStage(first);
        node.TakeStage(second);

        first.Suspend();
        node.Advance(TimeSpan.FromSeconds(20));
        SendCheckFrom(address, second, node);
        node.Network.Send(address, SimulatedNode.AddressOf(0), second.NextPacket([0x78, 1]), node.Now);
        node.Advance(SimulatedClient.PacketInterval);
        Assert.Single(listener.Heard, p => p.Csrc == second.Csrc);

        node.Advance(TimeSpan.FromSeconds(11));
        first.Wake();
        node.Advance(TimeSpan.FromSeconds(1));
        node.Talk(first, packets: 10);
        Assert.Equal(10, listener.Heard.Count(p => p.Csrc == first.Csrc));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Who_sends_more_than_a_microphone_makes_is_cut_down_to_that(int worker)
    {
        using var node = new SimulatedNode(workers: 2);
        SimulatedClient flooder = node.Connect(worker);
        node.TakeStage(flooder);
        node.Connect();

        for (int i = 0; i < 2_000; i++)
            flooder.Speak([0x78, 1], node.Now);
        node.Advance(SimulatedClient.PacketInterval);
        Assert.InRange(node.Drops(DropReason.RtpTooMany), 2_000 - Microphone.MaxRate - 10, 2_000 - Microphone.MaxRate);

        long before = node.Drops(DropReason.RtpTooMany);
        node.Advance(TimeSpan.FromSeconds(2));
        node.Talk(flooder, packets: 100);
        Assert.Equal(before, node.Drops(DropReason.RtpTooMany));
    }

    [Fact]
    public void Without_consent_no_reports_are_sent_either()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient phone = node.Connect();
        node.TakeStage(speaker);
        node.Talk(speaker, packets: 10);
        phone.Suspend();
        node.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(MediaState.Disconnected, phone.State);
        Assert.NotEmpty(phone.Reports);
        phone.Reports.Clear();

        node.Talk(speaker, packets: 600);

        Assert.Empty(phone.Reports);
    }

    [Fact]
    public void Who_leaves_amid_restarts_is_forgotten_by_every_name()
    {
        using var node = new SimulatedNode();
        SimulatedClient client = node.Connect();
        IceCredentials first = client.Ice.Server;
        IceCredentials[] renewed = [IceCredentials.Create(), IceCredentials.Create(), IceCredentials.Create()];
        foreach (IceCredentials credentials in renewed)
            node.Cores[0].RestartIce(client.Key, credentials);

        node.Cores[0].RemovePeer(client.Key);
        foreach (IceCredentials credentials in renewed.Prepend(first))
        {
            client.Ice.Restart(client.Ice.Local, credentials);
            SendCheckFrom(client.Ice.MappedAddress, client, node);
        }

        Assert.Equal(4, node.Drops(DropReason.StunUnknownUser));
    }

    /// <summary>Exactly one check of the client, which sends no others meanwhile.</summary>
    private static void SendCheckFrom(TransportAddress address, SimulatedClient client, SimulatedNode node)
    {
        byte[] check = new byte[256];
        client.Suspend();
        while (client.Ice.Deadline > node.Now)
            node.Advance(SimulatedClient.PacketInterval);
        int length = client.Ice.Poll(node.Now, check);
        node.Network.Send(address, SimulatedNode.AddressOf(0), check.AsSpan(0, length), node.Now);
        node.Advance(TimeSpan.FromMilliseconds(2));
    }
}
