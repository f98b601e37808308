using Grpc.Core;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <content>The people in a room.</content>
internal sealed partial class RoomControl
{
    private static readonly string[] ParticipantFields = ["role", "muted", "metadata", "hearing"];

    public override async Task<Wire.ListParticipantsResponse> ListParticipants(Wire.ListParticipantsRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, Reading, request.Room);
        var violations = new Violations();
        int size = Paging.Size(request.PageSize, violations);
        string? from = Paging.Decode(request.PageToken, violations);
        Role? role = request.Role == Wire.Role.Unspecified ? null : FromWire.Choice("role", (int)request.Role, Role.Audience, violations);
        violations.ThrowIfAny();

        var response = new Wire.ListParticipantsResponse();
        Act(request.Room, "", room =>
        {
            ParticipantPages.Read(room, role, request.NamePrefix, from, size, response);
            return RoomError.None;
        });
        return response;
    }

    public override async Task<Wire.Participant> GetParticipant(Wire.GetParticipantRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, Reading, request.Room);
        return ActOn(request.Room, Named(request.ParticipantId, request.Identity), static (_, _) => RoomError.None);
    }

    public override async Task<Wire.Participant> UpdateParticipant(Wire.UpdateParticipantRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ModerateRooms, request.Room);
        string[] paths = [.. request.UpdateMask?.Paths ?? []];
        var violations = new Violations();
        violations.Check(paths.Length > 0, "update_mask", "must name at least one field");
        violations.Check(paths.All(ParticipantFields.Contains), "update_mask", $"may name {string.Join(", ", ParticipantFields)}");
        violations.Length("metadata", request.Metadata, 0, RoomBounds.Metadata);
        violations.Check(!paths.Contains("role") || request.Role != Wire.Role.Unspecified, "role", "is required by the mask");
        Role role = FromWire.Choice("role", (int)request.Role, Role.Audience, violations);
        Hearing hearing = FromWire.Choice("hearing", (int)request.Hearing, Hearing.ByVoice, violations);
        violations.ThrowIfAny();

        return ActOn(request.Room, Named(request.ParticipantId, request.Identity), (room, participant) =>
        {
            RoomError error = RoomError.None;
            if (paths.Contains("metadata"))
                error = room.SetMetadata(null, participant, request.Metadata);
            if (error == RoomError.None && paths.Contains("role"))
                error = room.SetRole(null, participant, role);
            if (error == RoomError.None && paths.Contains("muted"))
                error = room.Mute(null, participant, request.Muted);
            if (error == RoomError.None && paths.Contains("hearing"))
                error = room.SetHearing(null, participant, hearing);
            return error;
        });
    }

    public override async Task<Wire.InviteParticipantsResponse> InviteParticipants(Wire.InviteParticipantsRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ModerateRooms, request.Room);
        var violations = new Violations();
        violations.Range("participant_ids", request.ParticipantIds.Count, 1, RoomBounds.InviteGroup);
        violations.ThrowIfAny();

        var response = new Wire.InviteParticipantsResponse();
        Act(request.Room, string.Join(", ", request.ParticipantIds), room =>
        {
            RoomError last = RoomError.NotInRoom;
            foreach (string id in request.ParticipantIds)
            {
                last = room.Find(id) is { } participant ? room.Invite(null, participant) : RoomError.NotInRoom;
                if (last == RoomError.None)
                    response.ParticipantIds.Add(id);
            }

            return response.ParticipantIds.Count > 0 ? RoomError.None : last;
        });
        return response;
    }

    public override async Task<Wire.WithdrawInvitationResponse> WithdrawInvitation(Wire.WithdrawInvitationRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ModerateRooms, request.Room);
        ActOn(request.Room, (request.ParticipantId, ""), static (room, participant) => room.WithdrawInvitation(null, participant));
        return new Wire.WithdrawInvitationResponse();
    }

    public override async Task<Wire.LowerHandResponse> LowerHand(Wire.LowerHandRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ModerateRooms, request.Room);
        ActOn(request.Room, (request.ParticipantId, ""), static (room, participant) => room.LowerHand(null, participant));
        return new Wire.LowerHandResponse();
    }

    public override async Task<Wire.RemoveParticipantResponse> RemoveParticipant(Wire.RemoveParticipantRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ModerateRooms, request.Room);
        (string id, string identity) = Named(request.ParticipantId, request.Identity);
        DateTimeOffset now = time.GetUtcNow();
        if (request.Ban && identity.Length > 0)
            Act(request.Room, identity, room => room.Ban(null, identity, now));
        else
            ActOn(request.Room, (id, identity), (room, participant) => room.Remove(null, participant, request.Ban ? now : null));
        return new Wire.RemoveParticipantResponse();
    }

    public override async Task<Wire.SendMessageResponse> SendMessage(Wire.SendMessageRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ModerateRooms, request.Room);
        var violations = new Violations();
        MessageScope scope = FromWire.Choice("scope", (int)request.Scope, MessageScope.Room, violations);
        violations.Check(scope != MessageScope.One || request.To.Length > 0, "to", "is required for one person");
        violations.Length("topic", request.Topic, 0, RoomBounds.Topic);
        violations.Length("text", request.Text, 1, RoomBounds.Text);
        violations.ThrowIfAny();

        Act(request.Room, request.To, room => room.Send(null, scope, request.To, request.Topic, request.Text));
        return new Wire.SendMessageResponse();
    }

    /// <returns>The one whom it was about, as they are then.</returns>
    private Wire.Participant ActOn(string name, (string Id, string Identity) who, Func<Room, Participant, RoomError> command)
    {
        Wire.Participant after = new();
        Act(name, who.Id.Length > 0 ? who.Id : who.Identity, room =>
        {
            Participant? participant = who.Id.Length > 0 ? room.Find(who.Id) : room.TryFind(who.Identity, out Participant? inside) ? inside : null;
            if (participant is null)
                return RoomError.NotInRoom;
            RoomError error = command(room, participant);
            after = ToWire.Participant(participant);
            return error;
        });
        return after;
    }

    private static (string Id, string Identity) Named(string id, string identity)
    {
        var violations = new Violations();
        violations.Check(id.Length + identity.Length > 0, "who", "must be participant_id or identity");
        violations.ThrowIfAny();
        return (id, identity);
    }
}
