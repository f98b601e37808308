using System.Text;
using Sfu.Sdp;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Fuzzing;

namespace Sfu.Tests.Sdp;

public sealed class OfferFuzzTests
{
    private const int Iterations = 30_000;

    /// <summary>For an SDP of a few kB: the tree of sections, never copies of the text.</summary>
    private const long MaxAllocated = 40_000;

    private static readonly byte[][] Corpus =
    [
        .. new[]
        {
            ClientOffers.ChromiumPublisher, ClientOffers.ChromiumListener, ClientOffers.FirefoxListener, ClientOffers.GStreamerPublisher,
            ClientOffers.AiortcListener, ClientOffers.Bare,
        }.Select(Encoding.Latin1.GetBytes),
    ];

    [Fact]
    public void Mutated_offers_are_read_and_answered_or_refused_with_a_code_and_never_throw_nor_allocate_without_bound()
    {
        var mutator = new Mutator(seed: 0x5EED_0009, Corpus);
        var outcomes = new Dictionary<string, int>();
        while (mutator.Iteration < Iterations)
        {
            string sdp = Encoding.Latin1.GetString(mutator.Next());
            try
            {
                string code = Read(sdp);
                outcomes[code] = outcomes.GetValueOrDefault(code) + 1;
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"Iteration {mutator.Iteration} threw {e}");
            }
        }

        Assert.InRange(outcomes["read"], Iterations / 10, Iterations);
        Assert.InRange(outcomes.Count, 12, 30);
    }

    private static string Read(string sdp)
    {
        bool read = false;
        ClientOffer? offer = null;
        SdpError? error = null;
        OfferPurpose purpose = sdp.Length % 2 == 0 ? OfferPurpose.Publish : OfferPurpose.Listen;
        long allocated = Allocations.Of(() => read = OfferReader.TryRead(sdp, purpose, out offer, out error), MaxAllocated);

        Assert.InRange(allocated, 0, MaxAllocated);
        Assert.Equal(read, offer is not null);
        Assert.Equal(read, error is null);
        if (error is not null)
        {
            Assert.InRange(error.Line, 0, sdp.Count(c => c == '\n') + 1);
            return error.Code;
        }

        // Nothing of the client's breaks a line of ours.
        string answer = AnswerWriter.Write(SdpTestData.Offer(), offer!);
        Assert.All(answer.Split("\r\n")[..^1], line => Assert.Matches("^[acmostv]=[ -~]+$", line));
        IceFragmentReader.TryRead(sdp, out _, out _);
        return "read";
    }
}
