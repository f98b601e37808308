using Sfu.Rooms;
using Sfu.Speakers;

namespace Sfu.Tests.Rooms;

public sealed class SettingsProblemTests
{
    [Fact]
    public void Settings_as_they_come_have_no_problem() => Assert.Empty(SettingsProblem.Find(new RoomSettings()));

    [Fact]
    public void Topics_and_subtopics_are_tags() =>
        Assert.Empty(SettingsProblem.Find(new RoomSettings { Tags = ["nature", "nature/birds"] }));

    public static TheoryData<string, RoomSettings> Wrong => new()
    {
        { nameof(RoomSettings.Title), new RoomSettings { Title = new string('x', RoomBounds.Title + 1) } },
        { nameof(RoomSettings.Metadata), new RoomSettings { Metadata = new string('x', RoomBounds.Metadata + 1) } },
        { nameof(RoomSettings.Tags), new RoomSettings { Tags = [.. Enumerable.Repeat("a", RoomBounds.Tags + 1)] } },
        { nameof(RoomSettings.Tags), new RoomSettings { Tags = ["a/b/c"] } },
        { nameof(RoomSettings.Tags), new RoomSettings { Tags = ["a/"] } },
        { nameof(RoomSettings.Slots), new RoomSettings { Slots = 13 } },
        { nameof(RoomSettings.MaxStage), new RoomSettings { MaxStage = 0 } },
        { nameof(RoomSettings.MaxAudience), new RoomSettings { MaxAudience = -1 } },
        { "Selection.Pause", new RoomSettings { Selection = new SelectionPolicy { Pause = TimeSpan.FromMilliseconds(99) } } },
        { "Selection.MinimumTime", new RoomSettings { Selection = new SelectionPolicy { MinimumTime = TimeSpan.FromSeconds(31) } } },
        { "Selection.Patience", new RoomSettings { Selection = new SelectionPolicy { Patience = TimeSpan.FromSeconds(61) } } },
        { "Selection.HoldTime", new RoomSettings { Selection = new SelectionPolicy { HoldTime = TimeSpan.FromMilliseconds(199) } } },
        { "Selection.SpeechLevel", new RoomSettings { Selection = new SelectionPolicy { SpeechLevel = 101 } } },
        { "Selection.NoiseMargin", new RoomSettings { Selection = new SelectionPolicy { NoiseMargin = 2 } } },
        { nameof(RoomSettings.EmptyTimeout), new RoomSettings { EmptyTimeout = TimeSpan.FromTicks(-1) } },
        { nameof(RoomSettings.ModeratorTimeout), new RoomSettings { ModeratorTimeout = TimeSpan.FromTicks(-1) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Each_problem_names_its_field(string field, RoomSettings settings) =>
        Assert.Equal(field, Assert.Single(SettingsProblem.Find(settings)).Field);
}
