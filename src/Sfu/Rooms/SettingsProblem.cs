using Sfu.Slots;
using Sfu.Speakers;

namespace Sfu.Rooms;

/// <summary>What is wrong with a room's settings.</summary>
/// <param name="Field">Name of the property of <see cref="RoomSettings"/>.</param>
/// <param name="What">For people to read.</param>
public sealed record SettingsProblem(string Field, string What)
{
    public static IReadOnlyList<SettingsProblem> Find(RoomSettings settings)
    {
        var problems = new List<SettingsProblem>();
        Length(nameof(RoomSettings.Title), settings.Title, RoomBounds.Title);
        Length(nameof(RoomSettings.Metadata), settings.Metadata, RoomBounds.Metadata);
        Check(nameof(RoomSettings.Tags), settings.Tags.Count <= RoomBounds.Tags, $"has more than {RoomBounds.Tags} tags");
        foreach (string tag in settings.Tags)
            Check(nameof(RoomSettings.Tags), IsTag(tag), $"has a tag that is not topic or topic/subtopic of 1 to {RoomBounds.Tag} characters");
        Range(nameof(RoomSettings.Slots), settings.Slots, 0, MediaConstants.MaxSlots);
        Range(nameof(RoomSettings.MaxStage), settings.MaxStage, 1, RoomBounds.MaxStage);
        Range(nameof(RoomSettings.MaxAudience), settings.MaxAudience, 0, 1_000_000);
        Check(nameof(RoomSettings.EmptyTimeout), !(settings.EmptyTimeout < TimeSpan.Zero), "is negative");
        Check(nameof(RoomSettings.ModeratorTimeout), !(settings.ModeratorTimeout < TimeSpan.Zero), "is negative");
        SelectionPolicy selection = settings.Selection;
        Time(nameof(selection.Pause), selection.Pause, RoomBounds.Pause);
        Time(nameof(selection.MinimumTime), selection.MinimumTime, RoomBounds.MinimumTime);
        Time(nameof(selection.Patience), selection.Patience, RoomBounds.Patience);
        Time(nameof(selection.HoldTime), selection.HoldTime, RoomBounds.HoldTime);
        Range($"{nameof(RoomSettings.Selection)}.{nameof(selection.SpeechLevel)}", selection.SpeechLevel, RoomBounds.SpeechLevel.Least, RoomBounds.SpeechLevel.Most);
        Range($"{nameof(RoomSettings.Selection)}.{nameof(selection.NoiseMargin)}", selection.NoiseMargin, RoomBounds.NoiseMargin.Least, RoomBounds.NoiseMargin.Most);
        return problems;

        void Time(string field, TimeSpan value, (TimeSpan Least, TimeSpan Most) bounds) => Check(
            $"{nameof(RoomSettings.Selection)}.{field}",
            value >= bounds.Least && value <= bounds.Most,
            $"is not from {bounds.Least.TotalMilliseconds:F0} to {bounds.Most.TotalMilliseconds:F0} ms");

        void Check(string field, bool holds, string what)
        {
            if (!holds)
                problems.Add(new SettingsProblem(field, what));
        }

        void Length(string field, string text, int most) => Check(field, text.Length <= most, $"has more than {most} characters");

        void Range(string field, int value, int least, int most) =>
            Check(field, value >= least && value <= most, $"is not from {least} to {most}");
    }

    private static bool IsTag(string tag)
    {
        string[] parts = tag.Split('/');
        return tag.Length <= RoomBounds.Tag && parts.Length <= 2 && Array.TrueForAll(parts, p => p.Trim().Length > 0) && !tag.Any(char.IsControl);
    }
}
