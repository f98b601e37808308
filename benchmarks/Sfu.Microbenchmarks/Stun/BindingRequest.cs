using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Sfu.Diagnostics;
using Sfu.Ice;
using Sfu.Microbenchmarks.Support;
using Sfu.Net;
using Sfu.Stun;
using Sfu.TestKit.Ice;

namespace Sfu.Microbenchmarks.Stun;

/// <summary>A client's connectivity check, which each listener sends every few seconds.</summary>
public class BindingRequest
{
    private readonly byte[] _request = IceAgentHarness.Check(useCandidate: true).ToBytes();
    private readonly byte[] _password = Encoding.ASCII.GetBytes(IceAgentHarness.Server.Password);
    private readonly byte[] _digest = new byte[HMACSHA1.HashSizeInBytes];
    private readonly byte[] _response = new byte[IceLiteAgent.MaxResponseLength];
    private readonly IceAgentHarness _harness = new();
    private readonly NetworkPath _path = IceAgentHarness.Path(1);

    [GlobalSetup]
    public void Setup()
    {
        Require.That(Check(), "The integrity of a good request is said to be bad.");
        int length = Answer();
        Require.That(
            StunMessage.TryRead(_response.AsSpan(0, length), out StunMessage response) == DropReason.None
                && response.Type == StunMessageType.BindingSuccessResponse
                && response.HasValidIntegrity(_password),
            "The response is none.");
        _request[^1] ^= 1;
        Require.That(!Check(), "A request with a wrong fingerprint is taken.");
        _request[^1] ^= 1;
    }

    /// <summary>One HMAC-SHA1 by the base library over as many bytes, which the integrity check cannot do without.</summary>
    [Benchmark(Baseline = true)]
#pragma warning disable CA5350 // STUN's own algorithm (RFC 8489 14.5).
    public int Hmac() => HMACSHA1.HashData(_password, _request, _digest);
#pragma warning restore CA5350

    [Benchmark]
    public bool Check() =>
        StunMessage.TryRead(_request, out StunMessage message) == DropReason.None && message.HasValidIntegrity(_password);

    /// <summary>Reading, checking and answering: two integrities and two fingerprints.</summary>
    [Benchmark]
    public int Answer()
    {
        int written = 0;
        if (StunMessage.TryRead(_request, out StunMessage message) == DropReason.None)
            _harness.Agent.Handle(message, _path, _harness.Now, _response, out written);
        return written;
    }
}
