using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sfu.Net.Interop;
using Sfu.Time;

namespace Sfu.Net;

/// <summary>Where a worker's thread sleeps: until a datagram waits, a deadline comes, or another thread wakes it.</summary>
/// <remarks>
/// One thread owns it; only <see cref="Wake"/> may be called by any. A thread that posts work and then wakes is seen: the
/// owner looks for work after each <see cref="Wait"/>, and finds all that was posted before a wake that the wait consumed.
/// </remarks>
public sealed unsafe class EventLoop : IDisposable
{
    private const int MaxEvents = 64;
    private const ulong WakeData = ulong.MaxValue;
    private const long MicrosecondsForMillisecond = 1000;
    private const int Forever = -1;

    private const int Awake = 0;
    private const int Asleep = 1;
    private const int Woken = 2;

    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle _wakeEvent;
    private readonly EpollEvents _events = new(MaxEvents);
    private int _state = Awake;
    private long _signals;
    private bool _isPrecise;

    /// <exception cref="Win32Exception">The kernel has no descriptor left.</exception>
    public EventLoop()
        : this(precise: true)
    {
    }

    /// <param name="precise">False does as if the kernel had no epoll_pwait2.</param>
    internal EventLoop(bool precise)
    {
        _isPrecise = precise;
        _epoll = ThrowIfInvalid(EpollCalls.Create(EpollCalls.CloseOnExec));
        _wakeEvent = ThrowIfInvalid(EpollCalls.CreateEvent(0, EpollCalls.CloseOnExec | EpollCalls.NonBlocking));
        Add((int)_wakeEvent.DangerousGetHandle(), WakeData);
    }

    /// <summary>Wakes that cost a system call, because the owner slept. Any thread.</summary>
    public long Signals => Interlocked.Read(ref _signals);

    /// <param name="socket">It leaves the loop by being disposed.</param>
    /// <param name="tag">Not negative; what <see cref="Wait"/> tells when the socket has something to receive.</param>
    /// <exception cref="Win32Exception">The socket is in the loop already.</exception>
    public void Add(UdpSocket socket, int tag)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tag);
        Add(socket.Descriptor, (ulong)tag);
    }

    /// <summary>Sleeps until a socket is readable, the deadline has passed or <see cref="Wake"/> was called since the last wait.</summary>
    /// <param name="now">Read just before; the time to sleep is counted from here.</param>
    /// <param name="deadline">
    /// Passed by some 50 us when nothing else happens, by up to a millisecond where the kernel has no epoll_pwait2; never woken before
    /// it for its sake.
    /// </param>
    /// <param name="readyTags">Takes the tags of the sockets that have something to receive. Those that found no room come with the next wait.</param>
    /// <returns>The number of tags, 0 included.</returns>
    public int Wait(Instant now, Instant deadline, Span<int> readyTags)
    {
        int room = Math.Min(readyTags.Length + 1, _events.Capacity);
        bool woken = Interlocked.CompareExchange(ref _state, Asleep, Awake) == Woken;
        int count = Sleep(now, woken ? now : deadline, room);
        Interlocked.Exchange(ref _state, Awake);
        if (count < 0)
            return Marshal.GetLastPInvokeError() == Errno.Interrupted ? 0 : throw new Win32Exception();

        int ready = 0;
        for (int i = 0; i < count; i++)
        {
            ulong data = _events.Data(i);
            if (data == WakeData)
                ClearWakeEvent();
            else if (ready < readyTags.Length)
                readyTags[ready++] = (int)data;
        }

        return ready;
    }

    /// <summary>Makes the wait that goes on, or else the next one, return at once. Costs a system call only while the owner sleeps.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _state, Woken) != Asleep)
            return;
        try
        {
            ulong one = 1;
            EpollCalls.Write(_wakeEvent, &one, sizeof(ulong));
            Interlocked.Increment(ref _signals);
        }
        catch (ObjectDisposedException)
        {
            // The owner left in between, and there is nobody to wake.
        }
    }

    public void Dispose()
    {
        _epoll.Dispose();
        _wakeEvent.Dispose();
    }

    private int Sleep(Instant now, Instant deadline, int room)
    {
        if (_isPrecise)
        {
            TimeSpecification timeout = TimeSpecification.OfMicroseconds(Math.Max(deadline.Microseconds - now.Microseconds, 0));
            try
            {
                int count = EpollCalls.WaitPrecisely(_epoll, _events.Pointer, room, deadline == Instant.Never ? null : &timeout, null);
                if (count >= 0 || Marshal.GetLastPInvokeError() != Errno.NoSystemCall)
                    return count;
            }
            catch (EntryPointNotFoundException)
            {
                // An older C library.
            }

            _isPrecise = false;
        }

        return EpollCalls.Wait(_epoll, _events.Pointer, room, Milliseconds(now, deadline));
    }

    /// <summary>Rounded up: rounded down, the loop would spin through the last millisecond before each deadline.</summary>
    internal static int Milliseconds(Instant now, Instant deadline)
    {
        if (deadline == Instant.Never)
            return Forever;
        if (deadline <= now)
            return 0;
        long microseconds = deadline.Microseconds - now.Microseconds;
        return (int)Math.Min((microseconds + MicrosecondsForMillisecond - 1) / MicrosecondsForMillisecond, int.MaxValue);
    }

    private static SafeFileHandle ThrowIfInvalid(SafeFileHandle handle) => handle.IsInvalid ? throw new Win32Exception() : handle;

    private void Add(int descriptor, ulong data)
    {
        _events.Set(0, EpollCalls.Readable, data);
        if (EpollCalls.Control(_epoll, EpollCalls.ControlAdd, descriptor, _events.Pointer) != 0)
            throw new Win32Exception();
    }

    private void ClearWakeEvent()
    {
        ulong value;
        EpollCalls.Read(_wakeEvent, &value, sizeof(ulong));
    }
}
