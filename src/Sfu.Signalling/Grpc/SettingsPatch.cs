using System.Text.Json;
using Sfu.Rooms;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>Puts fields of <see cref="Wire.RoomSettings"/> into a room's settings: all of them for a new room, those of a mask later.</summary>
internal sealed class SettingsPatch(Wire.RoomSettings wire, SfuOptions node, DateTimeOffset now, Violations violations)
{
    /// <summary>Of rooms that a backend creates: time enough for the first to come.</summary>
    public static readonly TimeSpan DefaultEmptyTimeout = TimeSpan.FromMinutes(5);

    private const string Prefix = "settings";
    private const string MaskField = "update_mask";

    private static readonly string[] Changeable =
    [
        "title", "tags", "metadata", "visibility", "hands", "selection", "max_stage", "max_audience", "waiting_list", "opens_at",
        "empty_timeout", "keep_when_empty", "moderator_timeout", "promote_from_stage", "refuse_second_connection",
    ];

    /// <summary>Finds what is wrong with a mask itself.</summary>
    public static void CheckMask(IReadOnlyCollection<string> paths, Violations violations)
    {
        violations.Check(paths.Count > 0, MaskField, "must name at least one field");
        foreach (string path in paths)
        {
            if (path is "profile" or "slots")
                violations.Add(MaskField, $"names {path}, which is fixed once the room is open");
            else
                violations.Check(Changeable.Contains(path, StringComparer.Ordinal), MaskField, $"names {path}, which is no field of the settings");
        }
    }

    /// <summary>Of a new room.</summary>
    public RoomSettings Create()
    {
        RoomSettings settings = Changeable.Aggregate(new RoomSettings(), Apply) with
        {
            Profile = FromWire.Choice(FieldOf("profile"), (int)wire.Profile, RoomProfile.Voice, violations),
            Slots = wire.Slots,
        };
        return Check(settings);
    }

    /// <param name="paths">A mask without errors.</param>
    public RoomSettings Update(RoomSettings settings, IReadOnlyCollection<string> paths) => Check(paths.Aggregate(settings, Apply));

    private RoomSettings Apply(RoomSettings settings, string path) => path switch
    {
        "title" => settings with { Title = wire.Title },
        "tags" => settings with { Tags = [.. wire.Tags] },
        "metadata" => settings with { Metadata = wire.Metadata },
        "visibility" => settings with { Visibility = FromWire.Choice(FieldOf(path), (int)wire.Visibility, Visibility.Public, violations) },
        "hands" => settings with { Hands = FromWire.Choice(FieldOf(path), (int)wire.Hands, HandPolicy.Everyone, violations) },
        "selection" => settings with { Selection = SelectionWire.Read(FieldOf(path), wire.Selection, violations) },
        "max_stage" => settings with { MaxStage = wire.MaxStage == 0 ? RoomBounds.MaxStage : wire.MaxStage },
        "max_audience" => settings with { MaxAudience = wire.MaxAudience == 0 ? node.MaxAudience : wire.MaxAudience },
        "waiting_list" => settings with { WaitingList = wire.WaitingList },
        "opens_at" => settings with { OpensAt = FromWire.Opening(FieldOf(path), wire.OpensAt, now, violations) },
        "empty_timeout" or "keep_when_empty" => settings with { EmptyTimeout = EmptyTimeout() },
        "moderator_timeout" => settings with { ModeratorTimeout = FromWire.Timeout(FieldOf(path), wire.ModeratorTimeout, violations) },
        "promote_from_stage" => settings with { PromoteFromStage = wire.PromoteFromStage },
        "refuse_second_connection" => settings with { RefuseSecondConnection = wire.RefuseSecondConnection },
        _ => settings,
    };

    private TimeSpan? EmptyTimeout() =>
        wire.KeepWhenEmpty ? null : FromWire.Timeout(FieldOf("empty_timeout"), wire.EmptyTimeout, violations) ?? DefaultEmptyTimeout;

    private RoomSettings Check(RoomSettings settings)
    {
        foreach (SettingsProblem problem in SettingsProblem.Find(settings))
            violations.Add(FieldOf(JsonNamingPolicy.SnakeCaseLower.ConvertName(problem.Field)), problem.What);
        return settings;
    }

    private static string FieldOf(string path) => $"{Prefix}.{path}";
}
