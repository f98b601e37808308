using System.Reflection;
using System.Runtime.CompilerServices;
using Sfu.Rooms;
using Sfu.Sdp;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Messages;
using Sfu.Signalling.Whip;

namespace Sfu.Signalling.Tests.Messages;

/// <summary>Independent clients are written from the protocol page, so what the server says must be on it.</summary>
public sealed class ProtocolPageTests
{
    private static readonly string Page = File.ReadAllText(PathOfPage());

    [Fact]
    public void Every_error_is_listed_with_its_status()
    {
        ProtocolError[] errors =
        [
            .. typeof(Errors).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<ProtocolError>(),
            .. Enum.GetValues<TokenOutcome>().Where(outcome => outcome != TokenOutcome.Valid).Select(Errors.Token),
            Errors.MessageTooLarge(1), Errors.UnknownType(), Errors.MissingField("x"), Errors.BadField("x", "y"), Errors.VersionUnsupported(1),
            Errors.WrongGeneration(1),
        ];

        Assert.All(errors, error => Assert.Contains($"| `{error.Code}` | {error.Status} | {(error.Fatal ? "yes" : "no")} |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_error_of_HTTP_is_listed_with_its_status()
    {
        ProtocolError[] errors = [.. typeof(WhipErrors).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (ProtocolError)field.GetValue(null)!)];

        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Contains($"| `{error.Code}` | {error.Status} |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_error_of_an_answer_is_listed()
    {
        string[] codes = [.. typeof(SdpErrorCodes).GetFields().Select(field => (string)field.GetValue(null)!)];

        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.Contains($"| `{code}` |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_farewell_is_listed_with_its_close_code() =>
        Assert.All(
            Enum.GetValues<EndReason>().Select(Farewell.Of).Append(Farewell.ResumedElsewhere),
            farewell => Assert.Contains($"| `{farewell.Reason}` | {(farewell.Reconnect ? "true" : "false")} | {farewell.CloseCode} |", Page, StringComparison.Ordinal));

    [Fact]
    public void Every_message_is_described()
    {
        Type[] messages = [.. typeof(ServerMessage).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ServerMessage)))];

        Assert.NotEmpty(messages);
        Assert.All(messages, type => Assert.Contains($"`{TypeOf(type)}`", Page, StringComparison.Ordinal));
    }

    private static string TypeOf(Type message)
    {
        ConstructorInfo constructor = message.GetConstructors()[0];
        object?[] nothing = [.. constructor.GetParameters().Select(p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)];
        return ((ServerMessage)constructor.Invoke(nothing)).Type;
    }

    private static string PathOfPage([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Sfu.Signalling", "README.md");
}
