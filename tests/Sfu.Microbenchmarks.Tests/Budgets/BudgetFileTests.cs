using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Sfu.Microbenchmarks.Budgets;

namespace Sfu.Microbenchmarks.Tests.Budgets;

public sealed class BudgetFileTests
{
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "budgets.json");

    [Fact]
    public void Every_benchmark_has_a_budget_and_every_budget_a_benchmark()
    {
        IEnumerable<string> benchmarks =
            from type in ShortJob.Classes
            from method in type.GetMethods()
            where method.IsDefined(typeof(BenchmarkAttribute), inherit: false)
            select $"{type.Name}.{method.Name}";
        IEnumerable<string> budgets = BudgetFile.Parse(File.ReadAllText(Path)).Select(budget => budget.Benchmark.Split('[')[0]).Distinct();

        Assert.Equal(benchmarks.Order(StringComparer.Ordinal), budgets.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{ "budgets": [{ "benchmark": "A.B", "bytes": 0, "ration": 2 }] }""")]
    [InlineData("""{ "budgets": [{ "benchmark": "A.B", "ratio": 2 }] }""")]
    [InlineData("""{ "budgets": null }""")]
    [InlineData("""{}""")]
    [InlineData("null")]
    public void A_misspelt_or_incomplete_file_is_refused(string json) => Assert.Throws<JsonException>(() => BudgetFile.Parse(json));

    [Fact]
    public void A_budget_without_a_ratio_is_a_baselines()
    {
        Budget budget = Assert.Single(BudgetFile.Parse("""{ "budgets": [{ "benchmark": "A.B", "bytes": 24 }] }"""));

        Assert.Equal(new Budget("A.B", 24), budget);
    }
}
