using Sfu.Diagnostics;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Stun;
using Sfu.TestKit.Ice;
using Sfu.Time;
using static Sfu.TestKit.Ice.IceAgentHarness;

namespace Sfu.Tests.Ice;

/// <summary>Nomination, a client that moves, and consent.</summary>
public sealed class IcePathTests
{
    private static readonly NetworkPath Home = Path(1);
    private static readonly NetworkPath Cafe = Path(2);
    private readonly IceAgentHarness _harness = new();

    private IceLiteAgent Agent => _harness.Agent;

    [Fact]
    public void Before_nomination_the_latest_valid_path_is_the_one_to_send_on()
    {
        _harness.Receive(Check(), Home);
        Assert.Equal(Home, Agent.SendPath);
        _harness.Receive(Check(), Cafe);
        Assert.Equal(Cafe, Agent.SendPath);
        _harness.Advance(10);
        _harness.Receive(Check(), Home);
        Assert.Equal(Home, Agent.SendPath);
        Assert.True(Agent.Selected.IsEmpty);
    }

    [Fact]
    public void The_latest_nomination_wins()
    {
        Assert.Equal(new IceResult(DropReason.None, true, true), _harness.Receive(Check(useCandidate: true), Home));
        Assert.Equal(Home, Agent.Selected);
        Assert.Equal(new IceResult(DropReason.None, true, true), _harness.Receive(Check(useCandidate: true), Cafe));
        Assert.Equal(Cafe, Agent.Selected);
        Assert.Equal(new IceResult(DropReason.None, false, true), _harness.Receive(Check(useCandidate: true), Home));
        Assert.Equal(Home, Agent.Selected);
        Assert.Equal(new IceResult(DropReason.None), _harness.Receive(Check(useCandidate: true), Home));
        Assert.Equal(Home, Agent.SendPath);
    }

    [Fact]
    public void The_same_address_on_another_socket_is_another_path()
    {
        _harness.Receive(Check(useCandidate: true), Home);
        NetworkPath other = Home with { Socket = 1 };
        Assert.True(_harness.Receive(Check(useCandidate: true), other).PathAdded);
        Assert.Equal(other, Agent.Selected);
    }

    [Fact]
    public void A_check_elsewhere_does_not_move_a_path_that_is_in_use()
    {
        _harness.Receive(Check(useCandidate: true), Home);
        _harness.Advance(2.999);
        Assert.Equal(new IceResult(DropReason.None, PathAdded: true), _harness.Receive(Check(), Cafe));
        Assert.Equal(Home, Agent.Selected);
    }

    [Fact]
    public void A_check_elsewhere_moves_a_path_that_was_silent_for_three_seconds()
    {
        _harness.Receive(Check(useCandidate: true), Home);
        _harness.Advance(3);
        Assert.Equal(new IceResult(DropReason.None, true, true), _harness.Receive(Check(), Cafe));
        Assert.Equal(Cafe, Agent.Selected);
        Assert.Equal(new IceResult(DropReason.None), _harness.Receive(Check(), Home));
        Assert.Equal(Cafe, Agent.Selected);
    }

    [Fact]
    public void Packets_and_checks_keep_a_path_from_being_left()
    {
        _harness.Receive(Check(useCandidate: true), Home);
        _harness.Advance(2);
        Agent.Heard(Home, _harness.Now);
        _harness.Advance(2);
        Assert.False(_harness.Receive(Check(), Cafe).SelectedChanged);
        _harness.Receive(Check(), Home);
        _harness.Advance(2);
        Assert.False(_harness.Receive(Check(), Cafe).SelectedChanged);
        Agent.Heard(Cafe, _harness.Now);
        _harness.Advance(1);
        Assert.True(_harness.Receive(Check(), Cafe).SelectedChanged);
    }

    [Fact]
    public void An_authenticated_keep_alive_keeps_a_path_from_being_left()
    {
        _harness.Receive(Check(useCandidate: true), Home);
        _harness.Advance(2);
        _harness.Receive(Check() with { Type = StunMessageType.BindingIndication }, Home);
        _harness.Advance(2);
        Assert.False(_harness.Receive(Check(), Cafe).SelectedChanged);
    }

    [Fact]
    public void A_keep_alive_that_anyone_may_have_sent_does_not()
    {
        _harness.Receive(Check(useCandidate: true), Home);
        _harness.Advance(2);
        _harness.Receive(Check() with { Type = StunMessageType.BindingIndication, HasIntegrity = false }, Home);
        _harness.Advance(2);
        Assert.True(_harness.Receive(Check(), Cafe).SelectedChanged);
    }

    [Fact]
    public void An_unauthenticated_check_from_elsewhere_never_moves_the_path()
    {
        _harness.Receive(Check(useCandidate: true), Home);
        _harness.Advance(20);
        var stranger = new IceCredentials(Server.UsernameFragment, "password-of-a-stranger-1");
        _harness.Receive(new IceCheck(stranger, Client) { UseCandidate = true }, Cafe);
        Assert.Equal(Home, Agent.Selected);
        Assert.Equal(1, Agent.PathCount);
    }

    [Fact]
    public void Packets_on_unknown_paths_change_nothing()
    {
        Agent.Heard(Cafe, _harness.Now);
        Assert.Equal(0, Agent.PathCount);
        Assert.Equal(Instant.Never, Agent.Deadline);
    }

    [Fact]
    public void Remembered_paths_are_bounded_and_the_least_recently_heard_goes_first()
    {
        _harness.Receive(Check(useCandidate: true), Path(1));
        for (int i = 2; i <= 8; i++)
        {
            _harness.Advance(0.01);
            Assert.Equal(default, _harness.Receive(Check(), Path(i)).Evicted);
        }

        _harness.Advance(0.01);
        Agent.Heard(Path(2), _harness.Now);
        _harness.Advance(0.01);
        IceResult ninth = _harness.Receive(Check(), Path(9));
        _harness.Advance(0.01);
        IceResult tenth = _harness.Receive(Check(), Path(10));

        Assert.True(ninth.PathAdded);
        Assert.Equal(Path(3), ninth.Evicted);
        Assert.Equal(Path(4), tenth.Evicted);
        Assert.Equal(8, Agent.PathCount);
        Assert.Equal(Path(1), Agent.Selected);
        Assert.Equal(
            new[] { 1, 2, 5, 6, 7, 8, 9, 10 }.Select(Path).Order(PathOrder),
            Enumerable.Range(0, Agent.PathCount).Select(Agent.GetPath).Order(PathOrder));
    }

    [Fact]
    public void The_selected_path_is_never_evicted()
    {
        _harness.Receive(Check(useCandidate: true), Home);
        for (int i = 10; i < 200; i++)
        {
            _harness.Advance(0.01);
            Assert.NotEqual(Home, _harness.Receive(Check(), Path(i)).Evicted);
        }

        Assert.Equal(Home, Agent.Selected);
        Assert.Equal(8, Agent.PathCount);
    }

    [Fact]
    public void There_is_no_consent_before_the_first_check()
    {
        Assert.False(Agent.HasConsent(_harness.Now));
        Assert.Equal(Instant.Never, Agent.Deadline);
    }

    [Fact]
    public void Consent_runs_out_when_checks_stop()
    {
        _harness.Receive(Check(useCandidate: true), Home);
        Assert.Equal(_harness.Now + ConsentTimeout, Agent.Deadline);
        _harness.Advance(20);
        _harness.Receive(Check(), Home);
        Assert.Equal(_harness.Now + ConsentTimeout, Agent.Deadline);
        _harness.Advance(29.999);
        Assert.True(Agent.HasConsent(_harness.Now));
        _harness.Advance(0.001);
        Assert.False(Agent.HasConsent(_harness.Now));
    }

    [Fact]
    public void Authenticated_packets_renew_consent_on_the_selected_path_only()
    {
        _harness.Receive(Check(), Cafe);
        _harness.Receive(Check(useCandidate: true), Home);
        Instant deadline = Agent.Deadline;
        _harness.Advance(10);
        Agent.Heard(Cafe, _harness.Now);
        Assert.Equal(deadline, Agent.Deadline);
        Agent.Heard(Home, _harness.Now);
        Assert.Equal(deadline + TimeSpan.FromSeconds(10), Agent.Deadline);
    }

    [Fact]
    public void Consent_for_another_path_is_none_for_the_selected_one()
    {
        _harness.Receive(Check(useCandidate: true), Home);
        Instant deadline = Agent.Deadline;
        _harness.Advance(2);
        _harness.Receive(Check(), Cafe);
        Assert.Equal(deadline, Agent.Deadline);
    }

    private static Comparer<NetworkPath> PathOrder =>
        Comparer<NetworkPath>.Create((left, right) => left.Remote.Port.CompareTo(right.Remote.Port));
}
