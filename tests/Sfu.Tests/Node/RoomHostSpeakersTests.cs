using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sfu.FanOut;
using Sfu.Node;
using Sfu.Rooms;
using Sfu.TestKit.Node;
using Sfu.Time;
using Sfu.Workers;

namespace Sfu.Tests.Node;

/// <summary>From what a home worker has noted down to what everybody in the room is told.</summary>
public sealed class RoomHostSpeakersTests : IDisposable
{
    private readonly MediaClock _clock = new(new FakeTimeProvider());
    private readonly WorkerGroup _workers;
    private readonly RecordingObserver _listener = new();
    private readonly RecordingWatcher _watcher = new();
    private readonly RoomHost _host;
    private readonly Session _ann;

    public RoomHostSpeakersTests()
    {
        _workers = WorkerGroup.Start(new SfuOptions { BindAddresses = [IPAddress.Loopback], Port = 0, Workers = 1 }, _clock, NullLoggerFactory.Instance);
        uint csrc = 0;
        var room = new Room("life", "lobby", new RoomSettings { Slots = 3, MaxAudience = 10 }, _clock.Now, new Instant(0), () => ++csrc);
        _host = new RoomHost(room, _workers.NextKey(), _workers.LeastLoaded(), _workers, _clock, _watcher);
        _host.Open();
        _host.Join(new JoinRequest("lobby", "ann", "Ann", Role.Speaker, OnStage: true), new RecordingObserver(), out Session? ann, out _);
        _host.Join(new JoinRequest("lobby", "zoe", "Zoe", Role.Audience, OnStage: false), _listener, out _, out _);
        _ann = ann!;
    }

    public void Dispose() => _workers.Dispose();

    [Fact]
    public void A_listener_is_told_of_the_newest_state_once()
    {
        Note([_ann.Csrc, 0, 0], 0);
        Note([_ann.Csrc, 0, 0], _ann.Csrc);
        Assert.Empty(Told());

        _host.TellSpeakers();

        HeardSpeakers told = Assert.Single(Told()).Speakers;
        Assert.Equal([_ann.Id, null, null], told.Slots);
        Assert.Equal(_ann.Id, told.Dominant);
    }

    [Fact]
    public void While_nothing_changes_nobody_is_told_anything()
    {
        Note([_ann.Csrc, 0, 0], _ann.Csrc);
        for (int i = 0; i < 50; i++)
            _host.TellSpeakers();
        Note([_ann.Csrc, 0, 0], _ann.Csrc);
        _host.TellSpeakers();

        Assert.Single(Told());
    }

    [Fact]
    public void A_watch_that_resumes_is_not_told_again_and_misses_nothing_else()
    {
        long revision = _host.Room.Revision;
        for (int i = 0; i < EventLog.Capacity + 10; i++)
        {
            Note([_ann.Csrc, 0, 0], i % 2 == 0 ? 0 : _ann.Csrc);
            _host.TellSpeakers();
        }

        _host.Act(room => room.SetMuted(room.Find(_ann.Id)!, true));
        _host.Watch(new RecordingWatcher(), revision, out IReadOnlyList<RoomEvent>? missed);

        Assert.IsType<StageChanged>(Assert.Single(missed!));
    }

    private void Note(uint[] slots, uint dominant) => ((ISpeakersObserver)_host).OnSpeakers(new SpeakersHeard(slots, dominant));

    private IEnumerable<SpeakersChanged> Told() => _listener.Events.OfType<SpeakersChanged>();
}
