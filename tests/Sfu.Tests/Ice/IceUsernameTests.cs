using Sfu.Ice;

namespace Sfu.Tests.Ice;

public sealed class IceUsernameTests
{
    [Theory]
    [InlineData("server:client", "server", "client")]
    [InlineData("server:", "server", "")]
    [InlineData("a:b:c", "a", "b:c")]
    public void It_is_split_at_the_first_colon(string username, string receiver, string sender)
    {
        Assert.True(IceUsername.TrySplit(Bytes(username), out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> second));
        Assert.Equal(Bytes(receiver), first);
        Assert.Equal(Bytes(sender), second);
    }

    [Theory]
    [InlineData("")]
    [InlineData("server")]
    [InlineData(":client")]
    [InlineData(":")]
    public void Without_a_receiver_it_is_none(string username) =>
        Assert.False(IceUsername.TrySplit(Bytes(username), out _, out _));

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
