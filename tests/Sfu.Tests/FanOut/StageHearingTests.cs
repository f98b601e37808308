using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

/// <summary>What moderators want of the slots, and who is told who has them.</summary>
public sealed class StageHearingTests : ISpeakersObserver
{
    private readonly Stage _stage;
    private readonly List<SpeakersHeard> _told = [];
    private readonly SpeakerSource[] _sources = [.. Enumerable.Range(1, 3).Select(i => new SpeakerSource((uint)i))];
    private Instant _now = new(1_000_000);

    public StageHearingTests()
    {
        _stage = new Stage(2, new RecordingSink()) { Observer = this };
        foreach (SpeakerSource source in _sources)
            _stage.AddSpeaker(source.Csrc);
    }

    void ISpeakersObserver.OnSpeakers(SpeakersHeard heard) => _told.Add(heard);

    [Fact]
    public void A_pinned_speaker_keeps_its_slot_while_others_speak()
    {
        _stage.SetHearing(3, pinned: true, excluded: false);
        Speak(20, quiet: 3);

        Assert.Contains(3u, Owners());
        Speak(200, quiet: 3);
        Assert.Contains(3u, Owners());
    }

    [Fact]
    public void A_pin_outlives_a_mute_and_nothing_outlives_leaving()
    {
        _stage.SetHearing(3, pinned: true, excluded: false);
        _stage.SetMuted(3, true);
        _stage.SetMuted(3, false);
        Speak(20, quiet: 3);
        Assert.Contains(3u, Owners());

        _stage.RemoveSpeaker(3);
        _stage.AddSpeaker(3);
        Speak(200, quiet: 3);
        Assert.DoesNotContain(3u, Owners());
    }

    [Fact]
    public void An_excluded_speaker_is_not_heard_though_a_slot_is_free()
    {
        _stage.SetHearing(1, pinned: false, excluded: true);

        Assert.Equal(DropReason.NotSelected, _stage.Receive(1, _sources[0].Next(), _now));

        _stage.SetHearing(1, pinned: false, excluded: false);
        Assert.Equal(DropReason.None, _stage.Receive(1, _sources[0].Next(), _now));
    }

    [Fact]
    public void Strangers_are_neither_pinned_nor_excluded() => Assert.False(_stage.SetHearing(9, pinned: true, excluded: false));

    [Fact]
    public void The_observer_hears_of_changes_and_of_nothing_else()
    {
        Speak(1, quiet: 3);
        int changes = _told.Count;
        Assert.InRange(changes, 1, 3);

        Speak(50, quiet: 3);
        SpeakersHeard last = _told[^1];
        Assert.Equal([1u, 2u], last.Slots.Order());
        Assert.Contains(last.Dominant, last.Slots);
        Assert.InRange(_told.Count, changes, changes + 2);

        _stage.SetMuted(last.Dominant, true);
        Assert.DoesNotContain(last.Dominant, _told[^1].Slots);
        Assert.Equal(0u, _told[^1].Dominant);
    }

    private uint[] Owners() => [_stage.SpeakerIn(0), _stage.SpeakerIn(1)];

    /// <summary>All speak, without a gap and never at one level for long, but for one whose microphone is quiet.</summary>
    private void Speak(int packets, uint quiet)
    {
        for (int i = 0; i < packets; i++)
        {
            foreach (SpeakerSource source in _sources)
            {
                source.Level = source.Csrc == quiet ? (byte)(75 + i % 3) : (byte)(20 + (i * 7 + source.Csrc) % 20);
                _stage.Receive(source.Csrc, source.Next(), _now);
            }

            _now += TimeSpan.FromMilliseconds(20);
        }
    }
}
