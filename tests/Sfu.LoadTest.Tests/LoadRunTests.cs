using System.Reflection;
using Sfu.LoadTest.Engine;
using Sfu.LoadTest.Results;
using Sfu.LoadTest.Tests.Support;

namespace Sfu.LoadTest.Tests;

/// <summary>The tool against a real server, both as processes of their own.</summary>
public sealed class LoadRunTests : IDisposable
{
    private readonly TestProcess _server = new(
        Assembly.Load("Sfu.Signalling"), "--urls", "http://127.0.0.1:0", "--Sfu:Media:Port=0");

    private readonly string _json = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public async Task Nothing_is_lost_and_everything_is_what_was_sent()
    {
        (int exitCode, LoadTestResult result) = await RunAsync("--listeners", "60", "--speakers", "2", "--rooms", "2", "--seconds", "3", "--speech", "turns");

        Assert.Empty(result.Verdict.Failures);
        Assert.Equal(0, exitCode);
        Assert.Equal(60, result.Joins.Succeeded);
        Assert.Equal(60, result.Joins.HearTime.Count);
        Assert.Equal(result.Packets.Expected, result.Packets.Received);
        Assert.Equal(result.Packets.Sent * 30, result.Packets.Expected);
        Assert.Equal(result.Packets.Received, result.Latency.Forward.Count);
        Assert.Equal(2, result.Verification.ListenersInFull);
        Assert.True(result.Verification.Compared > result.Packets.Received / 50);
        Assert.True(result.Switches.OnsetToHeard.Count > 0);
        Assert.Contains(result.Timeline, sample => sample is { Measured: true, Connected: 60 });
    }

    [Fact]
    public async Task Who_accepts_an_invitation_is_heard_by_everybody()
    {
        (int exitCode, LoadTestResult result) = await RunAsync("--listeners", "40", "--speakers", "2", "--rooms", "2", "--seconds", "4", "--speech", "invited");

        Assert.Empty(result.Verdict.Failures);
        Assert.Equal(0, exitCode);
        // Somebody every 0.6 s, heard by 20 each; the first and the last turn may lie half outside.
        Assert.InRange(result.Switches.OnsetToHeard.Count, 4 * 20, 8 * 20);
        Assert.InRange(result.Switches.OnsetToHeard.P50, 0.1, OnsetGoal.MostMilliseconds);
    }

    [Fact]
    public async Task Signalling_alone_is_measured()
    {
        string address = (await _server.LineAsync("Open http")).Split(' ')[1];
        using var tool = new TestProcess(typeof(LoadTestResult).Assembly, "signalling", "--server", address, "--listeners", "50", "--idle-seconds", "1");

        Assert.Equal(0, await tool.ExitCodeAsync());
        Assert.Contains("50 of 50, ", tool.Output, StringComparison.Ordinal);
        Assert.Contains("2 messages, ", tool.Output, StringComparison.Ordinal);
        Assert.Contains("Memory of an idle listener", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loss_that_the_tool_makes_is_what_it_measures()
    {
        (int exitCode, LoadTestResult result) = await RunAsync("--listeners", "100", "--speakers", "3", "--seconds", "10", "--gro", "--inject-loss", "0.01");

        Assert.Empty(result.Verdict.Failures);
        Assert.Equal(0, exitCode);
        Assert.InRange(result.Packets.LostShare, 0.009, 0.011);
        Assert.Equal(result.Packets.Injected, result.Packets.Lost);
        Assert.Equal(result.Packets.Lost, result.Listeners.Sum(listener => listener.Lost));
    }

    [Fact]
    public async Task A_server_that_dies_fails_the_run()
    {
        Task<(int ExitCode, LoadTestResult Result)> run = RunAsync(
            tool => tool.LineAsync("measuring").ContinueWith(_ => _server.Kill(), TaskScheduler.Default), "--listeners", "10", "--seconds", "4");

        (int exitCode, LoadTestResult result) = await run;

        Assert.Equal(1, exitCode);
        Assert.False(result.Verdict.Passed);
        Assert.Contains(result.Verdict.Failures, failure => failure.Contains("reached nobody", StringComparison.Ordinal));
        Assert.Contains(result.Verdict.Failures, failure => failure.Contains("ended early", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bad_options_and_no_server_have_codes_of_their_own()
    {
        using var bad = new TestProcess(typeof(LoadTestResult).Assembly, "run", "--listeners", "0", "--seconds", "0");
        using var unknown = new TestProcess(typeof(LoadTestResult).Assembly, "run", "--no-such-option");
        using var alone = new TestProcess(typeof(LoadTestResult).Assembly, "run", "--server", "http://127.0.0.1:1");

        Assert.Equal((2, 2, 1), (await bad.ExitCodeAsync(), await unknown.ExitCodeAsync(), await alone.ExitCodeAsync()));
        Assert.Contains("--listeners must be", bad.Output, StringComparison.Ordinal);
        Assert.Contains("--seconds must be", bad.Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server.Dispose();
        File.Delete(_json);
    }

    private Task<(int ExitCode, LoadTestResult Result)> RunAsync(params string[] arguments) => RunAsync(_ => Task.CompletedTask, arguments);

    private async Task<(int ExitCode, LoadTestResult Result)> RunAsync(Func<TestProcess, Task> meanwhile, params string[] arguments)
    {
        string address = (await _server.LineAsync("Open http")).Split(' ')[1];
        using var tool = new TestProcess(typeof(LoadTestResult).Assembly, ["run", "--server", address, "--json", _json, .. arguments]);
        await meanwhile(tool);
        int exitCode = await tool.ExitCodeAsync();
        Assert.True(File.Exists(_json), tool.Output);
        return (exitCode, ResultFile.Read(_json));
    }
}
