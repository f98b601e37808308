using Sfu.Signalling.Grpc;
using Domain = Sfu.Rooms;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Tests.Grpc;

/// <summary>Enumerations are converted by number; the names say whether that is right.</summary>
public sealed class ToWireTests
{
    [Fact]
    public void Enumerations_mean_the_same()
    {
        Same<Domain.Role, Wire.Role>(ToWire.Role);
        Same<Domain.EndReason, Wire.EndReason>(ToWire.End);
        Same<Domain.Visibility, Wire.Visibility>(ToWire.Visibility);
        Same<Domain.RoomProfile, Wire.RoomProfile>(ToWire.Profile);
        Same<Domain.Hearing, Wire.Hearing>(ToWire.Hearing);
        Same<Domain.HandPolicy, Wire.HandPolicy>(ToWire.Hands);
        Same<Domain.WaitReason, Wire.WaitingStarted.Types.Reason>(reason =>
            EventToWire.Convert("", new Domain.Waiting(1, "", "", reason, 1)).WaitingStarted.Reason);
        Same<Domain.InvitationEnd, Wire.InvitationEnded.Types.End>(end =>
            EventToWire.Convert("", new Domain.InvitationEnded(1, "", end)).InvitationEnded.End);
        Same<Domain.MessageScope, Wire.MessageScope>(scope =>
            EventToWire.Convert("", new Domain.MessageSent(1, "", "", scope, null, "", "")).MessageSent.Scope);
    }

    [Fact]
    public void Every_event_has_its_kind()
    {
        var profile = new Domain.ParticipantProfile("i", "ada", "Ada", Domain.Role.Speaker, 7, true);
        var hand = new Domain.Hand(3, "i", "ada", "Ada", "note");
        Domain.RoomEvent[] events =
        [
            new Domain.RoomOpened(1, new Domain.RoomSettings()), new Domain.RoomUpdated(1, new Domain.RoomSettings()), new Domain.RoomEnded(1, Domain.EndReason.RoomEmpty),
            new Domain.ParticipantJoined(1, profile), new Domain.ParticipantLeft(1, "i", "ada", Domain.EndReason.Left),
            new Domain.StageJoined(1, profile), new Domain.StageChanged(1, profile), new Domain.StageLeft(1, "i", 7),
            new Domain.AudienceCounted(1, 5), new Domain.SpeakersChanged(1, new Domain.HeardSpeakers(["i", null], "i")), new Domain.ReactionsCounted(1, new Dictionary<string, int> { ["x"] = 1 }),
            new Domain.HandRaised(1, hand), new Domain.HandLowered(1, "i"), new Domain.Invited(1, "i", "m"),
            new Domain.InvitationEnded(1, "i", Domain.InvitationEnd.Accepted), new Domain.RoleChanged(1, "i", Domain.Role.Moderator),
            new Domain.MessageSent(1, "i", "Ada", Domain.MessageScope.Room, null, "t", "x"),
            new Domain.Waiting(1, "i", "ada", Domain.WaitReason.RoomFull, 2), new Domain.WaitingEnded(1, "i", "ada", Domain.EndReason.Left),
        ];

        Type[] all = [.. typeof(Domain.RoomEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Domain.RoomEvent)) && !t.IsAbstract)];
        Assert.Equal(all.Select(t => t.Name).Order(StringComparer.Ordinal), events.Select(e => e.GetType().Name).Order(StringComparer.Ordinal));
        Assert.All(events, e => Assert.Equal(
            e is Domain.Waiting ? "WaitingStarted" : e.GetType().Name.Replace("Room", "", StringComparison.Ordinal),
            EventToWire.Convert("r", e).KindCase.ToString()));
    }

    private static void Same<TDomain, TWire>(Func<TDomain, TWire> convert)
        where TDomain : struct, Enum
        where TWire : struct, Enum
    {
        foreach (TDomain value in Enum.GetValues<TDomain>())
            Assert.Equal(value.ToString(), convert(value).ToString());
        Assert.Equal(Enum.GetValues<TDomain>().Length + 1, Enum.GetValues<TWire>().Length);
    }
}
