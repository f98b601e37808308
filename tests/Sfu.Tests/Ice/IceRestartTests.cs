using System.Text;
using Sfu.Diagnostics;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Stun;
using Sfu.TestKit.Ice;
using static Sfu.TestKit.Ice.IceAgentHarness;

namespace Sfu.Tests.Ice;

public sealed class IceRestartTests
{
    private static readonly NetworkPath Home = Path(1);
    private static readonly NetworkPath Cafe = Path(2);
    private readonly IceAgentHarness _harness = new();

    private IceLiteAgent Agent => _harness.Agent;

    public IceRestartTests()
    {
        Agent.SetRemote(Client);
        _harness.Receive(Check(useCandidate: true), Home);
        Assert.Null(Agent.Restart(NewServer));
    }

    [Fact]
    public void The_old_generation_is_answered_until_the_new_one_is_nominated()
    {
        Assert.Equal(NewServer, Agent.Local);
        Assert.True(Agent.OwnsFragment("server01"u8));
        Assert.True(Agent.OwnsFragment("server02"u8));
        Assert.Equal(DropReason.None, _harness.Receive(Check(), Home).Drop);
        CheckSignedWith(Server);

        Assert.Equal(DropReason.None, _harness.Receive(NewCheck(), Cafe).Drop);
        CheckSignedWith(NewServer);
        Assert.Equal(DropReason.None, _harness.Receive(Check(), Home).Drop);
        Assert.Equal(Home, Agent.Selected);

        IceResult nominated = _harness.Receive(NewCheck(useCandidate: true), Cafe);
        Assert.True(nominated.SelectedChanged);
        Assert.Equal(Server, nominated.Retired);
        Assert.Equal(Cafe, Agent.Selected);
        Assert.False(Agent.OwnsFragment("server01"u8));
        Assert.Equal(DropReason.StunUnknownUser, _harness.Receive(Check(useCandidate: true), Home).Drop);
        Assert.True(_harness.Response.IsEmpty);
        Assert.Equal(Cafe, Agent.Selected);
    }

    [Fact]
    public void A_restart_may_stay_on_its_path()
    {
        IceResult nominated = _harness.Receive(NewCheck(useCandidate: true), Home);
        Assert.False(nominated.SelectedChanged);
        Assert.False(nominated.PathAdded);
        Assert.Equal(Server, nominated.Retired);
        Assert.Null(_harness.Receive(NewCheck(useCandidate: true), Home).Retired);
    }

    [Fact]
    public void Each_generation_has_its_own_remote_side()
    {
        Assert.Equal(DropReason.None, _harness.Receive(NewCheck() with { Username = "server02:anyone" }, Home).Drop);
        Agent.SetRemote(NewClient);
        Assert.Equal(DropReason.StunUnknownUser, _harness.Receive(NewCheck() with { Username = "server02:client01" }, Home).Drop);
        Assert.Equal(DropReason.None, _harness.Receive(NewCheck(), Home).Drop);
        Assert.Equal(DropReason.None, _harness.Receive(Check(), Home).Drop);
        Assert.Equal(DropReason.StunUnknownUser, _harness.Receive(Check() with { Username = "server01:client02" }, Home).Drop);
    }

    [Fact]
    public void The_password_of_one_generation_does_not_open_the_other()
    {
        var mixed = new IceCredentials(NewServer.UsernameFragment, Server.Password);
        Assert.Equal(DropReason.StunBadIntegrity, _harness.Receive(new IceCheck(mixed, Client), Home).Drop);
    }

    [Fact]
    public void A_restart_that_was_never_nominated_is_replaced_by_the_next()
    {
        var third = new IceCredentials("server03", "password-of-the-server-3");
        Assert.Equal(NewServer, Agent.Restart(third));
        Assert.True(Agent.OwnsFragment("server01"u8));
        Assert.False(Agent.OwnsFragment("server02"u8));
        Assert.True(Agent.OwnsFragment("server03"u8));
        Assert.Equal(Server, _harness.Receive(new IceCheck(third, Client) { UseCandidate = true }, Home).Retired);
    }

    [Fact]
    public void A_nomination_of_the_old_generation_still_moves_the_path_and_retires_nothing()
    {
        IceResult result = _harness.Receive(Check(useCandidate: true), Cafe);
        Assert.True(result.SelectedChanged);
        Assert.Null(result.Retired);
        Assert.True(Agent.OwnsFragment("server01"u8));
    }

    [Fact]
    public void Checks_of_the_new_generation_are_consent()
    {
        _harness.Advance(20);
        _harness.Receive(NewCheck(), Home);
        Assert.Equal(_harness.Now + ConsentTimeout, Agent.Deadline);
    }

    private void CheckSignedWith(IceCredentials credentials)
    {
        Assert.Equal(DropReason.None, StunMessage.TryRead(_harness.Response, out StunMessage response));
        Assert.True(response.HasValidIntegrity(Encoding.ASCII.GetBytes(credentials.Password)));
    }
}
