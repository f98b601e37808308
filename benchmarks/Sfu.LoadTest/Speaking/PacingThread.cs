using Sfu.Dtls;
using Sfu.LoadTest.Net;
using Sfu.LoadTest.Receiving;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.TestKit.Fuzzing;

namespace Sfu.LoadTest.Speaking;

/// <summary>Sends every speaker's packet each 20 ms, at the speaker's own phase, by absolute time.</summary>
internal sealed class PacingThread
{
    private const long Interval = 20_000_000;

    /// <summary>Nanoseconds before a packet is due from which on the thread spins: the kernel wakes later than asked.</summary>
    private const long SpinAhead = 50_000;

    private const uint SamplesForInterval = 960;
    private const int HigherPriority = -10;
    private const int MaxDatagram = 1_500;
    private const byte LoudestLevel = 20;

    /// <summary>dB: syllables differ as much, and what is steady is no speech to a server.</summary>
    private const int LevelRange = 32;

    private readonly SpeakerDesk _desk;
    private readonly TurnSchedule _schedule;
    private readonly int _speakersInRoom;
    private readonly MeasuredTime _measured;
    private readonly (long Phase, int Speaker)[] _order;
    private readonly Thread _thread;
    private readonly byte[] _packet = new byte[MaxDatagram];
    private readonly byte[] _payload = new byte[MaxDatagram];
    private volatile bool _stopping;

    public PacingThread(SpeakerDesk desk, TurnSchedule schedule, int speakersInRoom, bool isAligned, MeasuredTime measured)
    {
        _desk = desk;
        _schedule = schedule;
        _speakersInRoom = speakersInRoom;
        _measured = measured;
        var random = new SplitMix(1);
        // Evenly apart within a room, and each room somewhere else.
        _order = [.. Enumerable.Range(0, desk.Count)
            .Select(speaker => (isAligned ? 0 : (speaker * Interval / speakersInRoom + random.Next((int)(Interval / speakersInRoom))) % Interval, speaker))
            .Order()];
        _thread = new Thread(Run) { Name = "load-speakers", IsBackground = true };
    }

    public void Start() => _thread.Start();

    public void Stop()
    {
        _stopping = true;
        _thread.Join();
    }

    private void Run()
    {
        ThreadNiceness.Add(HigherPriority);
        long start = NativeCalls.RealtimeNanoseconds();
        for (long tick = 0; !_stopping; tick++)
        {
            foreach ((long phase, int speaker) in _order)
            {
                long due = start + tick * Interval + phase;
                WaitUntil(due);
                int turn = _desk[speaker].InvitedTurn;
                bool isInvited = turn >= 0;
                if (isInvited || _schedule.Speaks(speaker % _speakersInRoom, tick * Interval, due, out turn))
                    Send(speaker, turn, isInvited, (uint)tick * SamplesForInterval);
                else
                    _desk[speaker].Turn = -1;
            }
        }
    }

    private void Send(int number, int turn, bool isInvited, uint timestamp)
    {
        SpeakerState speaker = _desk[number];
        if (speaker.Microphone is not { } microphone)
            return;

        long now = NativeCalls.RealtimeNanoseconds();
        bool starts = speaker.Turn != turn;
        // Whoever was invited began by accepting.
        if (starts && !isInvited)
            speaker.TurnStarts[(ushort)turn] = now;
        speaker.Turn = turn;
        byte[] template = _desk.Template(number, speaker.NextNumber);
        template.CopyTo(_payload, 0);
        new PacketMarker((ushort)number, (ushort)turn, speaker.NextNumber, now).Write(_payload.AsSpan(template.Length - PacketMarker.Length));
        Volatile.Write(ref speaker.NextNumber, speaker.NextNumber + 1);
        int header = WriteHeader(speaker, starts, timestamp, microphone.Ssrc, LoudestLevel + template.Length % LevelRange);
        uint rolloverCounter = speaker.RolloverCounter;
        if (++speaker.Sequence == 0)
            speaker.RolloverCounter++;
        if (_measured.PhaseOf(now) == Phase.Measured)
            speaker.Measured++;
        microphone.Send(_packet, header, _payload.AsSpan(0, template.Length), rolloverCounter);
    }

    /// <summary>A slot's header has the same form, but for the CSRC, which a microphone has not.</summary>
    private int WriteHeader(SpeakerState speaker, bool starts, uint timestamp, uint ssrc, int level)
    {
        RtpHeaderWriter.WriteSlot(
            _packet, starts, MediaConstants.OpusPayloadType, speaker.Sequence, timestamp, ssrc, csrc: 0,
            MediaConstants.AudioLevelExtensionId, new AudioLevel((byte)level, Voice: true));
        const int extension = RtpHeaderWriter.CsrcOffset + RtpOffsets.CsrcLength;
        _packet[RtpOffsets.Flags] &= unchecked((byte)~RtpOffsets.CsrcCountMask);
        _packet.AsSpan(extension..RtpHeaderWriter.SlotHeaderLength).CopyTo(_packet.AsSpan(RtpHeaderWriter.CsrcOffset));
        return RtpHeaderWriter.SlotHeaderLength - RtpOffsets.CsrcLength;
    }

    private void WaitUntil(long due)
    {
        while (!_stopping)
        {
            long left = due - NativeCalls.RealtimeNanoseconds();
            if (left <= 0)
                return;
            if (left > SpinAhead)
                NativeCalls.Sleep(left - SpinAhead);
        }
    }
}
