using Sfu.Dtls;
using Sfu.FanOut;
using Sfu.Ice;
using Sfu.Peers;
using Sfu.Sdp;
using Sfu.Speakers;
using Sfu.Time;

namespace Sfu.Workers;

/// <content>What the control plane asks for. Commands about a room or a peer that has gone meanwhile do nothing.</content>
internal sealed partial class WorkerCore
{
    public void OpenRoom(long key, int home, int slots) => _rooms.TryAdd(key, new RoomShard(this, key, home, slots, _firstSlotIndex));

    public void CloseRoom(long key)
    {
        if (!_rooms.Remove(key, out RoomShard? room))
            return;
        _timers.Cancel(room);
        _timers.Cancel(room.LossTimer);
    }

    /// <summary>From now on another worker has audience of a room whose home is here.</summary>
    public void Subscribe(long key, int worker)
    {
        if (_rooms.TryGetValue(key, out RoomShard? room))
            room.Subscribe(worker);
    }

    public void Unsubscribe(long key, int worker)
    {
        if (_rooms.TryGetValue(key, out RoomShard? room))
            room.Unsubscribe(worker);
    }

    public void AddSpeaker(long key, uint csrc)
    {
        if (_rooms.TryGetValue(key, out RoomShard? room))
            room.Stage?.AddSpeaker(csrc);
    }

    public void RemoveSpeaker(long key, uint csrc)
    {
        if (_rooms.TryGetValue(key, out RoomShard? room))
            room.Stage?.RemoveSpeaker(csrc);
    }

    public void SetMuted(long key, uint csrc, bool muted)
    {
        if (_rooms.TryGetValue(key, out RoomShard? room))
            room.Stage?.SetMuted(csrc, muted);
    }

    public void SetHearing(long key, uint csrc, bool pinned, bool excluded)
    {
        if (_rooms.TryGetValue(key, out RoomShard? room))
            room.Stage?.SetHearing(csrc, pinned, excluded);
    }

    public void SetPolicy(long key, SelectionPolicy policy)
    {
        if (_rooms.TryGetValue(key, out RoomShard? room))
            room.Stage?.Policy = policy;
    }

    public void ObserveSpeakers(long key, ISpeakersObserver observer)
    {
        if (_rooms.TryGetValue(key, out RoomShard? room))
            room.Stage?.Observer = observer;
    }

    public void AddPeer(long roomKey, long peerKey, IceCredentials local, uint csrc, IPeerObserver observer)
    {
        if (!_rooms.TryGetValue(roomKey, out RoomShard? room))
            return;

        var peer = new Peer(peerKey, room, new IceLiteAgent(local, _consentTimeout), csrc, observer, _levelMeters, _onPeerDue);
        _peers.Add(peer);
        _fragments.TryAdd(local.UsernameFragment, peer);
    }

    public void RestartIce(long peerKey, IceCredentials local)
    {
        if (!_peers.TryFind(peerKey, out Peer? peer))
            return;
        if (peer.Ice.Restart(local) is { } replaced)
            _fragments.Remove(replaced.UsernameFragment);
        _fragments.TryAdd(local.UsernameFragment, peer);
    }

    public void ApplyAnswer(long peerKey, Answer answer)
    {
        if (!_peers.TryFind(peerKey, out Peer? peer))
            return;
        peer.Apply(answer);
        TryEstablish(peer);
    }

    /// <summary>The peer hears the <paramref name="slots"/> slots that come first by dominance from now on.</summary>
    public void LimitSlots(long peerKey, int slots)
    {
        if (_peers.TryFind(peerKey, out Peer? peer))
            peer.LimitSlots(slots);
    }

    public void CompleteHandshake(long peerKey, DtlsResult result)
    {
        if (!_peers.TryFind(peerKey, out Peer? peer))
            return;
        peer.CompleteHandshake(result);
        TryEstablish(peer);
    }

    public void FailHandshake(long peerKey)
    {
        if (_peers.TryFind(peerKey, out Peer? peer))
            peer.Enter(MediaState.Failed);
    }

    public void RemovePeer(long peerKey)
    {
        if (!_peers.Remove(peerKey, out Peer? peer))
            return;

        _fragments.Remove(peer.Ice.Local.UsernameFragment);
        if (peer.Ice.Previous is { } previous)
            _fragments.Remove(previous.UsernameFragment);
        for (int i = 0; i < peer.Ice.PathCount; i++)
            _peers.RemovePath(peer.Ice.GetPath(i), peer);
        if (peer.HandshakeBegun && !peer.HandshakeDone)
            _handshakes.Abandon(peerKey, _owner);
        if (peer.Listener is { } listener)
        {
            peer.Room.Audience.Remove(listener);
            Media.CountRedListeners(listener.OnRed ? -1 : 0);
        }

        if (peer.HasSpoken)
            _publishers.Remove((peer.Room.Key, peer.Csrc));
        _timers.Cancel(peer);
        peer.Dispose();
    }

    /// <summary>Consent ran out, a receiver report is due or something is to be asked for (<see cref="Peer.Deadline"/>).</summary>
    private void OnPeerDue(Peer peer, Instant now)
    {
        if (peer.Microphone.AskDeadline <= now && peer.Sender is { } asking)
            AskForMissing(peer, asking, now);
        if (peer.Microphone.ReportDeadline <= now && peer.Sender is { } sender)
            SendReceiverReport(peer, sender, now);
        if (peer.State == MediaState.Connected && !peer.Ice.HasConsent(now))
            Suspend(peer);
        Reschedule(peer);
    }
}
