using Sfu.Rooms;

namespace Sfu.Tests.Rooms;

public sealed class RosterTests
{
    private readonly RoomHarness _harness = new(new RoomSettings { MaxAudience = 1_000 });

    [Fact]
    public void Pages_go_through_the_audience_in_the_order_of_names_without_gap_or_repeat()
    {
        string[] names = [.. Enumerable.Range(0, 250).Select(i => $"user{i:D3}")];
        foreach (string name in names.Reverse())
            _harness.Join(name);

        var seen = new List<string>();
        string? from = null;
        do
        {
            AudiencePage page = _harness.Room.AudiencePage("", from, 100);
            seen.AddRange(page.Participants.Select(p => p.Identity));
            from = page.Next;
        }
        while (from is not null);

        Assert.Equal(names, seen);
    }

    [Fact]
    public void A_prefix_finds_names_whatever_their_case()
    {
        foreach (string name in (string[])["anna", "annabel", "ben", "ANNE", "zoe"])
            _harness.Join(name);

        Assert.Equal(["anna", "annabel", "ANNE"], _harness.Room.AudiencePage("ann", null, 10).Participants.Select(p => p.Identity));
        Assert.Empty(_harness.Room.AudiencePage("zz", null, 10).Participants);
    }

    [Fact]
    public void A_page_goes_on_where_somebody_has_left_meanwhile()
    {
        foreach (string name in (string[])["ann", "ben", "cleo"])
            _harness.Join(name);
        string? next = _harness.Room.AudiencePage("", null, 1).Next;
        _harness.Room.TryFind("ben", out Participant? ben);
        _harness.Room.Leave(ben!);

        Assert.Equal(["cleo"], _harness.Room.AudiencePage("", next, 1).Participants.Select(p => p.Identity));
    }

    [Fact]
    public void Who_is_on_the_stage_is_in_no_page()
    {
        _harness.Join("ann", Role.Speaker, onStage: true);
        _harness.Join("ben");

        Assert.Equal(["ben"], _harness.Room.AudiencePage("", null, 10).Participants.Select(p => p.Identity));
    }
}
