using Sfu.Signalling.Grpc;

namespace Sfu.Signalling.Tests.Grpc;

public sealed class RecentRequestsTests
{
    private readonly RecentRequests _recent = new();
    private int _made;

    [Fact]
    public void Each_key_has_its_own()
    {
        Assert.Equal("1", Make("a", "r").Name);
        Assert.Equal("2", Make("b", "r").Name);
        Assert.Equal("1", Make("a", "r").Name);
    }

    [Fact]
    public void Only_the_newest_are_remembered()
    {
        for (int i = 1; i <= RecentRequests.Capacity; i++)
            Make("a", $"r{i}");
        Assert.Equal("1", Make("a", "r1").Name);

        Make("a", "one more");

        Assert.Equal("2", Make("a", "r2").Name);
        Assert.NotEqual("1", Make("a", "r1").Name);
    }

    [Fact]
    public void What_fails_is_not_remembered()
    {
        Assert.Throws<InvalidOperationException>(() => _recent.Once("a", "r", [], () => throw new InvalidOperationException()));

        Assert.Equal("1", Make("a", "r").Name);
    }

    private MadeRoom Make(string keyId, string requestId) =>
        _recent.Once(keyId, requestId, [], () => ("id", (++_made).ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
