using System.Text;
using Sfu.Diagnostics;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Stun;
using Sfu.TestKit.Ice;
using static Sfu.TestKit.Ice.IceAgentHarness;

namespace Sfu.Tests.Ice;

/// <summary>Who is answered, and who is not.</summary>
public sealed class IceAuthenticationTests
{
    private static readonly NetworkPath Home = Path(1);
    private readonly IceAgentHarness _harness = new();

    [Fact]
    public void A_check_is_answered_with_the_senders_address_signed_with_our_password()
    {
        IceCheck check = Check();
        IceResult result = _harness.Receive(check, Home);

        Assert.Equal(new IceResult(DropReason.None, PathAdded: true), result);
        Assert.Equal(DropReason.None, StunMessage.TryRead(_harness.Response, out StunMessage response));
        Assert.Equal(StunMessageType.BindingSuccessResponse, response.Type);
        Assert.Equal(check.TransactionId, response.TransactionId);
        Assert.Equal(Home.Remote, response.XorMappedAddress);
        Assert.True(response.HasFingerprint);
        Assert.True(response.HasValidIntegrity(Encoding.ASCII.GetBytes(Server.Password)));
    }

    [Fact]
    public void A_check_over_IPv6_is_answered_with_the_IPv6_address()
    {
        var remote = new TransportAddress(Convert.FromHexString("20010db8000000000000000000000001"), 5000);
        _harness.Receive(Check(), new NetworkPath(1, remote));

        Assert.Equal(DropReason.None, StunMessage.TryRead(_harness.Response, out StunMessage response));
        Assert.Equal(remote, response.XorMappedAddress);
    }

    [Fact]
    public void A_retransmitted_check_is_answered_the_same_way()
    {
        _harness.Receive(Check(), Home);
        byte[] first = _harness.Response.ToArray();
        Assert.Equal(new IceResult(DropReason.None), _harness.Receive(Check(), Home));
        Assert.Equal(first, _harness.Response);
    }

    [Theory]
    [InlineData("server02:client01")]
    [InlineData("server0:client01")]
    [InlineData("server011:client01")]
    [InlineData("client01:server01")]
    [InlineData(":client01")]
    [InlineData("server01")]
    [InlineData("")]
    public void A_user_that_is_not_ours_is_not_answered(string username) =>
        CheckIgnored(Check(useCandidate: true) with { Username = username }, DropReason.StunUnknownUser);

    [Fact]
    public void A_wrong_password_is_not_answered()
    {
        var wrong = new IceCredentials(Server.UsernameFragment, "password-of-the-server-X");
        CheckIgnored(new IceCheck(wrong, Client) { UseCandidate = true }, DropReason.StunBadIntegrity);
    }

    [Fact]
    public void A_check_without_integrity_is_not_answered() =>
        CheckIgnored(Check(useCandidate: true) with { HasIntegrity = false }, DropReason.StunBadIntegrity);

    [Fact]
    public void A_check_without_fingerprint_is_not_answered() =>
        CheckIgnored(Check(useCandidate: true) with { HasFingerprint = false }, DropReason.StunBadFingerprint);

    [Fact]
    public void A_check_with_a_wrong_fingerprint_is_not_answered()
    {
        byte[] datagram = Check(useCandidate: true).ToBytes();
        datagram[^1] ^= 1;
        Assert.Equal(new IceResult(DropReason.StunBadFingerprint), _harness.Receive(datagram, Home));
        CheckUntouched();
    }

    [Theory]
    [InlineData(StunMessageType.BindingSuccessResponse)]
    [InlineData(StunMessageType.BindingErrorResponse)]
    [InlineData((StunMessageType)0x0003)] // TURN Allocate request
    public void Responses_and_other_methods_are_not_answered(StunMessageType type) =>
        CheckIgnored(Check(useCandidate: true) with { Type = type }, DropReason.StunUnexpectedType);

    [Fact]
    public void Before_the_answer_any_remote_fragment_is_accepted()
    {
        Assert.Equal(DropReason.None, _harness.Receive(Check() with { Username = "server01:someone" }, Home).Drop);
        Assert.Equal(DropReason.None, _harness.Receive(Check() with { Username = "server01:" }, Home).Drop);
    }

    [Fact]
    public void After_the_answer_only_its_fragment_is_accepted()
    {
        _harness.Agent.SetRemote(Client);
        CheckIgnored(Check(useCandidate: true) with { Username = "server01:someone" }, DropReason.StunUnknownUser);
        CheckIgnored(Check(useCandidate: true) with { Username = "server01:client011" }, DropReason.StunUnknownUser);
        Assert.Equal(DropReason.None, _harness.Receive(Check(), Home).Drop);
    }

    [Fact]
    public void Unknown_required_attributes_are_listed_in_a_signed_420()
    {
        IceCheck check = Check(useCandidate: true) with { Extra = [(0x7F01, [1, 2]), (0x8001, []), (0x0019, [])] };

        Assert.Equal(new IceResult(DropReason.StunUnknownAttribute), _harness.Receive(check, Home));

        Assert.Equal(DropReason.None, StunMessage.TryRead(_harness.Response, out StunMessage response));
        Assert.Equal(StunMessageType.BindingErrorResponse, response.Type);
        Assert.Equal(420, response.ErrorCode);
        Assert.Equal("000A00047F010019", Convert.ToHexString(_harness.Response.Slice(20 + 8, 8)));
        Assert.True(response.HasFingerprint);
        Assert.True(response.HasValidIntegrity(Encoding.ASCII.GetBytes(Server.Password)));
        Assert.Equal(0, _harness.Agent.PathCount);
        Assert.False(_harness.Agent.HasConsent(_harness.Now));
    }

    [Fact]
    public void Many_unknown_attributes_fit_into_the_response()
    {
        IceCheck check = Check() with { Extra = [.. Enumerable.Range(0x7000, 200).Select(type => ((ushort)type, Array.Empty<byte>()))] };
        Assert.Equal(DropReason.StunUnknownAttribute, _harness.Receive(check, Home).Drop);
        Assert.InRange(_harness.Response.Length, 20, IceLiteAgent.MaxResponseLength);
    }

    [Fact]
    public void Unknown_attributes_of_the_unauthenticated_are_not_answered()
    {
        var wrong = new IceCredentials(Server.UsernameFragment, "password-of-the-server-X");
        CheckIgnored(new IceCheck(wrong, Client) { Extra = [(0x7F01, [])] }, DropReason.StunBadIntegrity);
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(ulong.MaxValue)]
    public void A_client_that_claims_to_be_controlled_is_told_487(ulong tieBreaker)
    {
        IceCheck check = Check() with { Controlling = null, Controlled = tieBreaker };

        Assert.Equal(new IceResult(DropReason.StunRoleConflict), _harness.Receive(check, Home));

        Assert.Equal(DropReason.None, StunMessage.TryRead(_harness.Response, out StunMessage response));
        Assert.Equal(StunMessageType.BindingErrorResponse, response.Type);
        Assert.Equal(487, response.ErrorCode);
        Assert.True(response.HasValidIntegrity(Encoding.ASCII.GetBytes(Server.Password)));
        Assert.Equal(0, _harness.Agent.PathCount);
    }

    [Fact]
    public void A_keep_alive_on_a_known_path_is_accepted_and_not_answered()
    {
        _harness.Receive(Check(), Home);
        _harness.Advance(40);
        var keepAlive = new IceCheck(Server, Client)
        {
            Type = StunMessageType.BindingIndication,
            Username = "",
            HasIntegrity = false,
        };

        Assert.Equal(new IceResult(DropReason.None), _harness.Receive(keepAlive, Home));
        Assert.True(_harness.Response.IsEmpty);
        Assert.False(_harness.Agent.HasConsent(_harness.Now));

        Assert.Equal(new IceResult(DropReason.UnknownSender), _harness.Receive(keepAlive, Path(2)));
        Assert.True(_harness.Response.IsEmpty);
        Assert.Equal(1, _harness.Agent.PathCount);
    }

    [Fact]
    public void A_keep_alive_signed_by_someone_else_is_dropped()
    {
        _harness.Receive(Check(), Home);
        var wrong = new IceCredentials(Server.UsernameFragment, "password-of-the-server-X");
        var keepAlive = new IceCheck(wrong, Client) { Type = StunMessageType.BindingIndication };
        Assert.Equal(new IceResult(DropReason.StunBadIntegrity), _harness.Receive(keepAlive, Home));
    }

    private void CheckIgnored(IceCheck check, DropReason reason)
    {
        Assert.Equal(new IceResult(reason), _harness.Receive(check, Home));
        CheckUntouched();
    }

    private void CheckUntouched()
    {
        Assert.True(_harness.Response.IsEmpty);
        Assert.Equal(0, _harness.Agent.PathCount);
        Assert.True(_harness.Agent.Selected.IsEmpty);
        Assert.True(_harness.Agent.SendPath.IsEmpty);
        Assert.False(_harness.Agent.HasConsent(_harness.Now));
    }
}
