using Sfu.Rooms;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>Reads the people of a room page by page: the stage whole, then those who listen.</summary>
internal static class ParticipantPages
{
    /// <summary>Under the room's lock.</summary>
    /// <param name="role">Null for any.</param>
    /// <param name="from">See <see cref="AudiencePage.Next"/>; null for the first page.</param>
    public static void Read(Room room, Role? role, string prefix, string? from, int size, Wire.ListParticipantsResponse response)
    {
        response.RoomId = room.Id;
        response.Revision = room.Revision;
        if (from is null)
            response.Participants.Add(room.Stage.Where(p => Matches(p, role) && p.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Select(ToWire.Participant));

        int left = size;
        do
        {
            AudiencePage page = room.AudiencePage(prefix, from, left);
            Participant[] found = [.. page.Participants.Where(p => Matches(p, role))];
            response.Participants.Add(found.Select(ToWire.Participant));
            left -= found.Length;
            from = page.Next;
        }
        while (from is not null && left > 0);
        response.NextPageToken = Paging.Encode(from);
    }

    private static bool Matches(Participant participant, Role? role) => role is null || participant.Role == role;
}
