using System.Text;
using Sfu.Sdp;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Fuzzing;

namespace Sfu.Tests.Sdp;

public sealed class AnswerFuzzTests
{
    private const int Iterations = 30_000;

    /// <summary>For an SDP of a few kB: the tree of sections, never copies of the text.</summary>
    private const long MaxAllocated = 40_000;

    private static readonly byte[][] Corpus =
    [
        Encoding.Latin1.GetBytes(ClientAnswers.Chromium.ReplaceLineEndings("\r\n")),
        Encoding.Latin1.GetBytes(ClientAnswers.Firefox),
        Encoding.Latin1.GetBytes(ClientAnswers.GStreamer),
        Encoding.Latin1.GetBytes(ClientAnswers.SessionLevel),
        Encoding.Latin1.GetBytes((SdpTestData.Valid with { Slots = 1 }).ToString()),
    ];

    [Fact]
    public void Mutated_answers_are_read_or_refused_with_a_code_and_never_throw_nor_allocate_without_bound()
    {
        var mutator = new Mutator(seed: 0x5EED_0003, Corpus);
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
        Answer? answer = null;
        SdpError? error = null;
        long allocated = Allocations.Of(() => read = AnswerReader.TryRead(sdp, 1, out answer, out error), MaxAllocated);

        Assert.InRange(allocated, 0, MaxAllocated);
        Assert.Equal(read, answer is not null);
        Assert.Equal(read, error is null);
        if (error is null)
            return "read";
        Assert.InRange(error.Line, 0, sdp.Count(c => c == '\n') + 1);
        return error.Code;
    }
}
