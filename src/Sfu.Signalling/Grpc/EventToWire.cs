using Sfu.Rooms;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>From the domain's events to that of <c>sfu.v1</c>.</summary>
internal static class EventToWire
{
    public static Wire.RoomEvent Convert(string roomId, RoomEvent roomEvent)
    {
        var wire = new Wire.RoomEvent { RoomId = roomId, Revision = roomEvent.Revision };
        switch (roomEvent)
        {
            case RoomOpened e:
                wire.Opened = new Wire.RoomOpened { Settings = ToWire.Settings(e.Settings) };
                break;
            case RoomUpdated e:
                wire.Updated = new Wire.RoomUpdated { Settings = ToWire.Settings(e.Settings) };
                break;
            case RoomEnded e:
                wire.Ended = new Wire.RoomEnded { Reason = ToWire.End(e.Reason) };
                break;
            case ParticipantJoined e:
                wire.ParticipantJoined = new Wire.ParticipantJoined { Participant = ToWire.Participant(e.Profile, onStage: false) };
                break;
            case ParticipantLeft e:
                wire.ParticipantLeft = new Wire.ParticipantLeft { ParticipantId = e.Id, Identity = e.Identity, Reason = ToWire.End(e.Reason) };
                break;
            case AudienceCounted e:
                wire.AudienceCounted = new Wire.AudienceCounted { Count = e.Count };
                break;
            case ReactionsCounted e:
                wire.ReactionsCounted = new Wire.ReactionsCounted();
                foreach ((string reaction, int count) in e.Counts)
                    wire.ReactionsCounted.Counts.Add(reaction, count);
                break;
            case SpeakersChanged e:
                wire.SpeakersChanged = new Wire.SpeakersChanged { Speakers = ToWire.Speakers(e.Speakers) };
                break;
            case MessageSent e:
                wire.MessageSent = Message(e);
                break;
            case Waiting e:
                wire.WaitingStarted = new Wire.WaitingStarted
                {
                    ParticipantId = e.Id,
                    Identity = e.Identity,
                    Reason = (Wire.WaitingStarted.Types.Reason)((int)e.Reason + 1),
                    Position = e.Position,
                };
                break;
            case WaitingEnded e:
                wire.WaitingEnded = new Wire.WaitingEnded { ParticipantId = e.Id, Identity = e.Identity, Reason = ToWire.End(e.Reason) };
                break;
            default:
                ConvertStage(wire, roomEvent);
                break;
        }

        return wire;
    }

    private static void ConvertStage(Wire.RoomEvent wire, RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case StageJoined e:
                wire.StageJoined = new Wire.StageJoined { Participant = ToWire.Participant(e.Member, onStage: true) };
                break;
            case StageChanged e:
                wire.StageChanged = new Wire.StageChanged { Participant = ToWire.Participant(e.Member, onStage: true) };
                break;
            case StageLeft e:
                wire.StageLeft = new Wire.StageLeft { ParticipantId = e.Id };
                break;
            case HandRaised e:
                wire.HandRaised = new Wire.HandRaised { Hand = ToWire.Hand(e.Hand) };
                break;
            case HandLowered e:
                wire.HandLowered = new Wire.HandLowered { ParticipantId = e.Id };
                break;
            case Invited e:
                wire.Invited = new Wire.Invited { ParticipantId = e.Id, By = e.By };
                break;
            case InvitationEnded e:
                wire.InvitationEnded = new Wire.InvitationEnded { ParticipantId = e.Id, End = (Wire.InvitationEnded.Types.End)((int)e.End + 1) };
                break;
            case RoleChanged e:
                wire.RoleChanged = new Wire.RoleChanged { ParticipantId = e.Id, Role = ToWire.Role(e.Role) };
                break;
        }
    }

    private static Wire.MessageSent Message(MessageSent e) => new()
    {
        From = e.From,
        FromName = e.FromName,
        Scope = (Wire.MessageScope)((int)e.Scope + 1),
        To = e.To ?? "",
        Topic = e.Topic,
        Text = e.Text,
    };
}
