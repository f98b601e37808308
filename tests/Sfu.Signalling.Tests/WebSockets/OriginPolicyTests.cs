using Microsoft.AspNetCore.Http;
using Sfu.Signalling.WebSockets;

namespace Sfu.Signalling.Tests.WebSockets;

public sealed class OriginPolicyTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("http://rooms.example.org", true)]
    [InlineData("https://rooms.example.org", true)]
    [InlineData("https://friend.example.org", true)]
    [InlineData("https://rooms.example.org:444", false)]
    [InlineData("https://evil.example.org", false)]
    [InlineData("https://friend.example.org.evil.example", false)]
    [InlineData("null", false)]
    public void Pages_of_our_own_and_of_allowed_origins_may_connect(string? origin, bool allowed)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Host = new HostString("rooms.example.org");
        if (origin is not null)
            request.Headers.Origin = origin;

        Assert.Equal(allowed, OriginPolicy.Allows(request, ["https://friend.example.org"]));
    }

    [Fact]
    public void A_star_allows_all()
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Headers.Origin = "https://any.example";

        Assert.True(OriginPolicy.Allows(request, ["*"]));
    }
}
