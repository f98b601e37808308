using Sfu.Net;
using Sfu.TestKit.Ice;
using static Sfu.TestKit.Ice.IceAgentHarness;

namespace Sfu.Tests.Ice;

/// <summary>The simulated client against the agent, as integration tests use it.</summary>
public sealed class TestIceClientTests
{
    private readonly IceAgentHarness _harness = new();
    private readonly TestIceClient _client = new(Client, Server);
    private readonly byte[] _check = new byte[TestIceClient.MaxCheckLength];
    private NetworkPath _path = Path(1);

    [Fact]
    public void It_connects_and_is_selected()
    {
        Assert.True(Exchange());
        Assert.True(_client.IsConnected);
        Assert.Equal(_path.Remote, _client.MappedAddress);
        Assert.Equal(_path, _harness.Agent.Selected);
    }

    [Fact]
    public void It_keeps_consent_for_an_hour()
    {
        for (int i = 0; i < 720; i++)
        {
            Assert.True(Exchange());
            Assert.True(_harness.Agent.HasConsent(_client.Deadline));
            _harness.Now = _client.Deadline;
        }
    }

    [Fact]
    public void It_retransmits_the_same_check_and_gives_up_in_the_end()
    {
        Exchange();
        _harness.Now = _client.Deadline;
        int length = _client.Poll(_harness.Now, _check);
        byte[] first = _check[..length];
        Assert.Equal(0, _client.Poll(_harness.Now, _check));
        for (int i = 1; i < 7; i++)
        {
            _harness.Now = _client.Deadline;
            length = _client.Poll(_harness.Now, _check);
            Assert.Equal(first, _check[..length]);
            Assert.True(_client.IsConnected);
        }

        _harness.Now = _client.Deadline;
        length = _client.Poll(_harness.Now, _check);
        Assert.NotEqual(first, _check[..length]);
        Assert.False(_client.IsConnected);
    }

    [Fact]
    public void A_client_that_changes_its_address_keeps_its_session()
    {
        _client.Nominates = true;
        Exchange();
        _client.Nominates = false;
        _path = Path(7);
        _harness.Now = _client.Deadline;
        Assert.True(Exchange());
        Assert.Equal(_path, _harness.Agent.Selected);
        Assert.Equal(_path.Remote, _client.MappedAddress);
        Assert.True(_harness.Agent.HasConsent(_harness.Now));
    }

    [Fact]
    public void A_controlled_client_takes_the_other_role_and_connects()
    {
        _client.IsControlling = false;
        Assert.True(Exchange());
        Assert.False(_client.IsConnected);
        Assert.True(_client.IsControlling);
        Assert.True(Exchange());
        Assert.True(_client.IsConnected);
        Assert.Equal(_path, _harness.Agent.Selected);
    }

    [Fact]
    public void It_restarts()
    {
        Exchange();
        _harness.Agent.Restart(NewServer);
        _client.Restart(NewClient, NewServer);
        Assert.True(Exchange());
        Assert.False(_harness.Agent.OwnsFragment("server01"u8));
    }

    [Fact]
    public void It_takes_no_response_but_its_own()
    {
        int length = _client.Poll(_harness.Now, _check);
        _harness.Receive(_check.AsSpan(0, length), _path);
        byte[] response = _harness.Response.ToArray();
        for (int i = 0; i < response.Length; i++)
        {
            response[i] ^= 0x10;
            Assert.False(_client.Handle(response, _harness.Now), $"byte {i}");
            response[i] ^= 0x10;
        }

        Assert.True(_client.Handle(response, _harness.Now));
        Assert.False(_client.Handle(response, _harness.Now));
    }

    private bool Exchange()
    {
        int length = _client.Poll(_harness.Now, _check);
        Assert.NotEqual(0, length);
        _harness.Receive(_check.AsSpan(0, length), _path);
        return _client.Handle(_harness.Response, _harness.Now);
    }
}
