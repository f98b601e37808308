using System.Text;
using Sfu.Ice;

namespace Sfu.Tests.Ice;

public sealed class RoutedFragmentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(4_095)]
    public void A_fragment_leads_to_its_worker(int worker)
    {
        byte[] fragment = Encoding.ASCII.GetBytes(RoutedFragment.Create(worker).UsernameFragment);

        Assert.True(RoutedFragment.TryFindWorker(fragment, workers: 4_096, out int found));
        Assert.Equal(worker, found);
        Assert.False(RoutedFragment.TryFindWorker(fragment, workers: worker, out _));
    }

    [Fact]
    public void Two_of_the_same_worker_differ()
    {
        Assert.NotEqual(RoutedFragment.Create(1).UsernameFragment, RoutedFragment.Create(1).UsernameFragment);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("A:")]
    [InlineData(":A")]
    [InlineData("\u00ff\u00ffAAAA")]
    public void What_is_no_fragment_leads_nowhere(string fragment) =>
        Assert.False(RoutedFragment.TryFindWorker(Encoding.Latin1.GetBytes(fragment), workers: 4_096, out _));
}
