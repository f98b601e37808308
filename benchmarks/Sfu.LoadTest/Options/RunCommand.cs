using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Sfu.LoadTest.Metrics;
using Sfu.LoadTest.Net;
using Sfu.Net;
using Sfu.Srtp;

namespace Sfu.LoadTest.Options;

/// <summary>The command <c>run</c>, its options and their bounds.</summary>
internal sealed class RunCommand
{
    private const int MaxClients = 1_000_000;

    private readonly Option<string> _server = New("--server", "http://127.0.0.1:5080", "Address of the server's signalling: http or https for the Sfu; ws or wss for Janus, whose streaming plugin's mountpoint 1 is listened to.");
    private readonly Option<string?> _janusRtp = New<string?>("--janus-rtp", null, "HOST:PORT, an IPv4 address, where that mountpoint takes plain RTP.");
    private readonly Option<int?> _serverPid = New<int?>("--server-pid", null, "Process of the server on this machine: its CPU and memory then come from /proc, for every product alike.");
    private readonly Option<string> _tokenKey = New("--token-key", "main", "Name of the key that signs tokens.");
    private readonly Option<string?> _tokenSecret = New<string?>("--token-secret", null, "Its secret; SFU_LOAD_TOKEN_SECRET is taken as well. Without one, tokens come from a development server.");
    private readonly Option<int> _rooms = New("--rooms", 1, "Rooms; listeners are spread over them.");
    private readonly Option<int> _listeners = New("--listeners", 100, "Listeners in all rooms together.");
    private readonly Option<int> _speakers = New("--speakers", 1, "Speakers in each room.");
    private readonly Option<double> _ramp = New("--ramp", 0.0, "Joins a second; 0 is as fast as they go.");
    private readonly Option<int> _concurrency = New("--join-concurrency", 64, "Joins under way at once.");
    private readonly Option<double> _seconds = New("--seconds", 10.0, "Measured time.");
    private readonly Option<string> _speech = New("--speech", "all", "all at once; turns that overlap; surge: one alone, then all, then one again, a third of the time each; or invited: speakers come as audience, and one after the other is invited, accepts, speaks for half a second and steps down.");
    private readonly Option<string> _phase = New("--phase", "spread", "spread: speakers send at different moments of the 20 ms; or aligned.");
    private readonly Option<string> _profile = New("--profile", "any", "SRTP profile to offer: any, gcm128, gcm256, cm.");
    private readonly Option<string> _network = New("--client-network", "127.1.0.0/16", "IPv4 network that clients have their addresses from; it must be local to this machine.");
    private readonly Option<int> _threads = New("--threads", 2, "Receive threads, each with one socket.");
    private readonly Option<bool> _gro = New("--gro", false, "Receive messages of several datagrams in one piece (UDP_GRO): spares the tool most of its work, and the server the cutting that loopback charges it for.");
    private readonly Option<double> _inject = New("--inject-loss", 0.0, "Share of received packets to throw away, to prove that it is noticed.");
    private readonly Option<double> _maxLoss = New("--max-loss", 0.0, "Share of packets that may be lost without failing the run.");
    private readonly Option<string> _room = New("--room-name", "load", "Rooms are named so, with a number behind.");
    private readonly Option<string> _commit = New("--commit", "", "Of the server, for the record.");
    private readonly Option<string?> _html = New<string?>("--html", null, "File for the page.");
    private readonly Option<string?> _json = New<string?>("--json", null, "File for the result.");

    public RunCommand() => Command = new Command("run", "Loads a server and counts every packet.")
    {
        _server, _janusRtp, _serverPid, _tokenKey, _tokenSecret, _rooms, _listeners, _speakers, _ramp, _concurrency, _seconds, _speech, _phase, _profile, _network,
        _threads, _gro, _inject, _maxLoss, _room, _commit, _json, _html,
    };

    public Command Command { get; }

    /// <param name="errors">All that is wrong; empty when the options are good.</param>
    public LoadOptions? Read(ParseResult result, List<string> errors)
    {
        T Get<T>(Option<T> option) => result.GetValue(option)!;
        void Check(bool isGood, Option option, string rule)
        {
            if (!isGood)
                errors.Add($"{option.Name} must be {rule}.");
        }

        Check(Uri.TryCreate(Get(_server), UriKind.Absolute, out Uri? server) && server.Scheme is "http" or "https" or "ws" or "wss", _server, "an http, https, ws or wss address");
        bool isJanus = server?.Scheme is "ws" or "wss";
        Check(TryReadPlainRtp(Get(_janusRtp), out TransportAddress? plainRtp) && isJanus == plainRtp is not null, _janusRtp, "an IPv4 address and a port for Janus, and absent otherwise");
        Check(!isJanus || (Get(_speakers) == 1 && Get(_rooms) == 1), _speakers, "1, in 1 room, for Janus");
        Check(!isJanus || Get(_speech) == "all", _speech, "all for Janus");
        Check(Get(_serverPid) is not { } pid || ProcessUsage.Of(pid) is not null, _serverPid, "the id of a process of this machine");
        Check(Get(_room).Length is >= 1 and <= 64, _room, "1 to 64 characters");
        Check(Get(_rooms) is >= 1 and <= 10_000, _rooms, "1 to 10,000");
        Check(Get(_listeners) is >= 1 and <= MaxClients, _listeners, "1 to 1,000,000");
        Check(Get(_speakers) is >= 1 and <= 64 && (long)Get(_speakers) * Get(_rooms) < ushort.MaxValue, _speakers, "1 to 64, and below 65,535 in all rooms");
        Check(Get(_ramp) is >= 0 and <= 100_000, _ramp, "0 to 100,000");
        Check(Get(_concurrency) is >= 1 and <= 1_024, _concurrency, "1 to 1,024");
        Check(Get(_seconds) is >= 1 and <= 86_400, _seconds, "1 to 86,400");
        Check(Get(_speech) is "all" or "turns" or "surge" or LoadOptions.Invited, _speech, "all, turns, surge or invited");
        Check(Get(_phase) is "spread" or "aligned", _phase, "spread or aligned");
        Check(Get(_profile) is "any" or "gcm128" or "gcm256" or "cm", _profile, "any, gcm128, gcm256 or cm");
        Check(Get(_threads) is >= 1 and <= 64, _threads, "1 to 64");
        Check(Get(_inject) is >= 0 and <= 0.5, _inject, "0 to 0.5");
        Check(Get(_maxLoss) is >= 0 and <= 1, _maxLoss, "0 to 1");
        Check(ClientNetwork.TryParse(Get(_network), out ClientNetwork network), _network, "an IPv4 network such as 127.1.0.0/16");
        long clients = Get(_listeners) + (long)Get(_speakers) * Get(_rooms);
        Check(errors.Count > 0 || clients <= network.Capacity, _network, $"large enough for {clients} clients");
        if (errors.Count > 0)
            return null;

        string? secret = Get(_tokenSecret) ?? Environment.GetEnvironmentVariable("SFU_LOAD_TOKEN_SECRET");
        return new LoadOptions(
            server!, isJanus ? LoadOptions.Janus : LoadOptions.Sfu, Get(_tokenKey), secret, Get(_rooms), Get(_listeners), Get(_speakers), Get(_ramp), Get(_concurrency), Get(_seconds),
            Get(_speech), Get(_phase) == "aligned", Get(_profile), ProfilesOf(Get(_profile)), network, Get(_threads), Get(_gro),
            Get(_inject), Get(_maxLoss), Get(_room), Get(_commit), Get(_json), Get(_html), plainRtp, Get(_serverPid));
    }

    private static Option<T> New<T>(string name, T value, string description) =>
        new(name) { DefaultValueFactory = _ => value, Description = description };

    /// <returns>False when there is something, and it is no address.</returns>
    private static bool TryReadPlainRtp(string? text, out TransportAddress? address)
    {
        address = null;
        if (text is null)
            return true;
        if (!IPEndPoint.TryParse(text, out IPEndPoint? endPoint) || endPoint.AddressFamily != AddressFamily.InterNetwork || endPoint.Port == 0)
            return false;
        address = TransportAddress.From(endPoint);
        return true;
    }

    private static SrtpProfile[]? ProfilesOf(string name) => name switch
    {
        "gcm128" => [SrtpProfile.AeadAes128Gcm],
        "gcm256" => [SrtpProfile.AeadAes256Gcm],
        "cm" => [SrtpProfile.AesCm128HmacSha1_80],
        _ => null,
    };
}
