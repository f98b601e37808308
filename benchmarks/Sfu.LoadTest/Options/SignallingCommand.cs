using System.CommandLine;

namespace Sfu.LoadTest.Options;

/// <summary>The command <c>signalling</c>, its options and their bounds.</summary>
internal sealed class SignallingCommand
{
    private readonly Option<string> _server = New("--server", "http://127.0.0.1:5080", "Address of the server's signalling.");
    private readonly Option<string> _tokenKey = New("--token-key", "main", "Name of the key that signs tokens.");
    private readonly Option<string?> _tokenSecret = New<string?>("--token-secret", null, "Its secret; SFU_LOAD_TOKEN_SECRET is taken as well. Without one, tokens come from a development server.");
    private readonly Option<int> _listeners = New("--listeners", 2_000, "Listeners, in one room.");
    private readonly Option<int> _concurrency = New("--join-concurrency", 64, "Joins under way at once.");
    private readonly Option<double> _idle = New("--idle-seconds", 5.0, "How long they do nothing when all are inside.");
    private readonly Option<string> _room = New("--room-name", "signalling", "Name of the room.");

    public SignallingCommand() => Command = new Command("signalling", "Joins without media: joins a second, memory for an idle listener, messages for a join.")
    {
        _server, _tokenKey, _tokenSecret, _listeners, _concurrency, _idle, _room,
    };

    public Command Command { get; }

    /// <param name="errors">All that is wrong; empty when the options are good.</param>
    public SignallingOptions? Read(ParseResult result, List<string> errors)
    {
        T Get<T>(Option<T> option) => result.GetValue(option)!;
        void Check(bool isGood, Option option, string rule)
        {
            if (!isGood)
                errors.Add($"{option.Name} must be {rule}.");
        }

        Check(Uri.TryCreate(Get(_server), UriKind.Absolute, out Uri? server) && server.Scheme is "http" or "https", _server, "an http or https address");
        Check(Get(_listeners) is >= 1 and <= 100_000, _listeners, "1 to 100,000");
        Check(Get(_concurrency) is >= 1 and <= 1_024, _concurrency, "1 to 1,024");
        Check(Get(_idle) is >= 1 and <= 3_600, _idle, "1 to 3,600");
        Check(Get(_room).Length is >= 1 and <= 64, _room, "1 to 64 characters");
        if (errors.Count > 0)
            return null;
        string? secret = Get(_tokenSecret) ?? Environment.GetEnvironmentVariable("SFU_LOAD_TOKEN_SECRET");
        return new SignallingOptions(server!, Get(_tokenKey), secret, Get(_listeners), Get(_concurrency), Get(_idle), Get(_room));
    }

    private static Option<T> New<T>(string name, T value, string description) =>
        new(name) { DefaultValueFactory = _ => value, Description = description };
}
