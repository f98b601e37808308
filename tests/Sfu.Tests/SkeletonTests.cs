namespace Sfu.Tests;

public sealed class SkeletonTests
{
    [Fact]
    public void One_is_one() => Assert.Equal(1, int.Parse("1"));
}
