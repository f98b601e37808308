using Sfu.Rooms;

namespace Sfu.Signalling.Webhooks;

/// <param name="To"><c>room</c>, <c>stage</c> or somebody's id.</param>
internal sealed record MessageBody(string Name, string To, string Topic, string Text)
{
    public static MessageBody Of(MessageSent message) => new(message.FromName, ToOf(message), message.Topic, message.Text);

    private static string ToOf(MessageSent message) => message.Scope switch
    {
        MessageScope.One => message.To!,
        MessageScope.Stage => "stage",
        _ => "room",
    };
}
