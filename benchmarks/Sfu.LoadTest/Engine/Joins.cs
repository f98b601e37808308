using Sfu.LoadTest.Clients;
using Sfu.LoadTest.Net;
using Sfu.LoadTest.Options;
using Sfu.LoadTest.Signalling;
using Sfu.LoadTest.Speaking;

namespace Sfu.LoadTest.Engine;

/// <summary>Brings clients into their rooms: so many at once, so many a second.</summary>
internal sealed class Joins(LoadOptions options, Fleet fleet, ISignalling signalling)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ISignallingSession?[] _sessions = new ISignallingSession?[options.Listeners + fleet.Desk.Count];
    private int _connected;
    private int _failed;

    /// <summary>Of the listeners.</summary>
    public JoinRecord[] Records { get; } = [.. Enumerable.Range(0, options.Listeners).Select(_ => new JoinRecord())];

    /// <summary>Listeners with keys. Any thread.</summary>
    public int Connected => Volatile.Read(ref _connected);

    public int Failed => Volatile.Read(ref _failed);

    /// <summary>How many are heard at once in a room, as the server's offer says; 0 before anybody has joined.</summary>
    public int Slots => _sessions.FirstOrDefault(session => session is not null)?.Media.Slots ?? 0;

    /// <summary>How many clients the server has thrown out meanwhile, by reason.</summary>
    public Dictionary<string, int> Ended() =>
        _sessions.Select(session => session?.Ended).OfType<string>().GroupBy(reason => reason).ToDictionary(g => g.Key, g => g.Count());

    /// <exception cref="SignallingException">A speaker did not get in.</exception>
    public async Task BringSpeakersAsync(CancellationToken cancellation)
    {
        for (int speaker = 0; speaker < fleet.Desk.Count; speaker++)
        {
            int number = options.Listeners + speaker;
            if (options.PlainRtp is { } destination)
            {
                fleet.Desk[speaker].Microphone = fleet.NewPlainMicrophone(number, destination);
                continue;
            }

            LoadClient client = await JoinAsync(number, await PrepareAsync(number, cancellation), cancellation);
            if (await client.Connected.WaitAsync(Patience, cancellation) is { } failure)
                throw new SignallingException($"A speaker has no media: {failure}");
            fleet.Desk[speaker].Csrc = _sessions[number]!.Media.Csrc;
            fleet.Desk[speaker].Microphone = new SecureMicrophone(client);
        }
    }

    /// <summary>Once they are there.</summary>
    public ISignallingSession SpeakerSession(int speaker) => _sessions[options.Listeners + speaker]!;

    /// <summary>Somebody who hears and says nothing.</summary>
    public async Task<ISignallingSession> BringModeratorAsync(int room, CancellationToken cancellation) =>
        await signalling.JoinAsync(await signalling.PrepareAsync($"moderator-{room}", RoomName(room), ClientRole.Moderator, cancellation), cancellation);

    public async Task BringListenersAsync(CancellationToken cancellation)
    {
        var identities = new ClientIdentity[options.Listeners];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.JoinConcurrency, CancellationToken = cancellation };
        await Parallel.ForAsync(0, options.Listeners, parallel, async (number, token) => identities[number] = await PrepareAsync(number, token));

        using var places = new SemaphoreSlim(options.JoinConcurrency);
        var joins = new Task[options.Listeners];
        long start = NativeCalls.RealtimeNanoseconds();
        for (int number = 0; number < options.Listeners; number++)
        {
            await WaitForTurnAsync(start, number, cancellation);
            await places.WaitAsync(cancellation);
            joins[number] = BringListenerAsync(number, identities[number], places, cancellation);
        }

        await Task.WhenAll(joins);
    }

    public async Task LeaveAsync()
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.JoinConcurrency };
        await Parallel.ForEachAsync(_sessions.OfType<ISignallingSession>(), parallel, (session, _) => session.DisposeAsync());
    }

    private async Task WaitForTurnAsync(long start, int number, CancellationToken cancellation)
    {
        if (options.JoinsPerSecond <= 0)
            return;
        double due = start + number / options.JoinsPerSecond * 1e9;
        double milliseconds = (due - NativeCalls.RealtimeNanoseconds()) / 1e6;
        if (milliseconds >= 1)
            await Task.Delay((int)milliseconds, cancellation);
    }

    private async Task BringListenerAsync(int number, ClientIdentity identity, SemaphoreSlim places, CancellationToken cancellation)
    {
        JoinRecord record = Records[number];
        record.StartedAt = NativeCalls.RealtimeNanoseconds();
        try
        {
            LoadClient client = await JoinAsync(number, identity, cancellation);
            record.Failure = await client.Connected.WaitAsync(Patience, cancellation);
            record.ConnectedAt = client.ConnectedAt;
        }
        catch (Exception e) when (e is SignallingException or TimeoutException or IOException or OperationCanceledException)
        {
            record.Failure = e is TimeoutException ? "No media in time" : e.Message;
        }
        finally
        {
            places.Release();
        }

        if (record.Failure is null)
            Interlocked.Increment(ref _connected);
        else
            Interlocked.Increment(ref _failed);
    }

    private Task<ClientIdentity> PrepareAsync(int number, CancellationToken cancellation)
    {
        int speaker = number - options.Listeners;
        int room = speaker >= 0 ? speaker / options.Speakers : number % options.Rooms;
        string name = speaker >= 0 ? $"speaker-{speaker}" : $"listener-{number}";
        ClientRole role = speaker < 0 ? ClientRole.Listener : options.IsByInvitation ? ClientRole.Guest : ClientRole.Speaker;
        return signalling.PrepareAsync(name, RoomName(room), role, cancellation);
    }

    private string RoomName(int room) => $"{options.RoomName}-{room}";

    private async Task<LoadClient> JoinAsync(int number, ClientIdentity identity, CancellationToken cancellation)
    {
        ISignallingSession session = await signalling.JoinAsync(identity, cancellation);
        _sessions[number] = session;
        LoadClient client = fleet.NewClient(number, session.Media);
        await session.AnswerAsync(client.Ice.Local, fleet.Fingerprint, client.IsSpeaker ? client.MicrophoneSsrc : null, cancellation);
        fleet.ThreadOf(number).PostClient(client);
        return client;
    }
}
