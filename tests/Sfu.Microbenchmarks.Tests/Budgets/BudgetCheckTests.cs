using Sfu.Microbenchmarks.Budgets;

namespace Sfu.Microbenchmarks.Tests.Budgets;

public sealed class BudgetCheckTests
{
    private static readonly Measurement Measured = new("Class.Method", "[N=3]", Bytes: 0, Nanoseconds: 50, Ratio: 0.5);
    private static readonly Measurement Baseline = new("Class.Baseline", "", Bytes: 0, Nanoseconds: 100, Ratio: null);

    [Fact]
    public void What_costs_exactly_its_budget_passes() =>
        Assert.Null(Only(Measured with { Bytes = 24 }, new Budget("Class.Method", 24, 0.5)).Failure);

    [Fact]
    public void A_fraction_of_a_byte_too_much_fails()
    {
        Verdict verdict = Only(Measured with { Bytes = 0.002 }, new Budget("Class.Method", 0, 1));

        Assert.StartsWith("allocates", verdict.Failure, StringComparison.Ordinal);
        Assert.True(verdict.IsOver);
    }

    [Fact]
    public void A_ratio_above_its_budget_fails() =>
        Assert.Equal("takes 0.50 times the baseline, not 0.49", Only(Measured, new Budget("Class.Method", 0, 0.49)).Failure);

    [Fact]
    public void A_ratio_that_is_no_number_fails() =>
        Assert.NotNull(Only(Measured with { Ratio = double.NaN }, new Budget("Class.Method", 0, 1)).Failure);

    [Fact]
    public void A_benchmark_that_did_not_run_fails() =>
        Assert.Equal("did not run", Only(Baseline with { Nanoseconds = double.NaN, Bytes = double.NaN }, new Budget("Class.Baseline", 0)).Failure);

    [Fact]
    public void A_benchmark_without_a_budget_fails()
    {
        Verdict verdict = Assert.Single(BudgetCheck.Compare([Measured], []));

        Assert.Equal("no budget", verdict.Failure);
        Assert.False(verdict.IsOver);
    }

    [Fact]
    public void A_benchmark_without_a_budget_of_time_fails() =>
        Assert.Equal("no budget of time", Only(Measured, new Budget("Class.Method", 0)).Failure);

    [Fact]
    public void A_baseline_needs_no_ratio_and_may_have_none()
    {
        Assert.Null(Only(Baseline, new Budget("Class.Baseline", 0)).Failure);
        Assert.NotNull(Only(Baseline, new Budget("Class.Baseline", 0, 1)).Failure);
    }

    [Fact]
    public void A_budget_that_names_no_benchmark_fails()
    {
        IReadOnlyList<Verdict> verdicts = BudgetCheck.Compare([Baseline], [new Budget("Class.Baseline", 0), new Budget("Class.Gone", 0, 1)]);

        Assert.Equal([null, "no such benchmark"], verdicts.Select(verdict => verdict.Failure));
        Assert.Equal("Class.Gone", verdicts[1].Id);
    }

    [Fact]
    public void A_budget_for_these_parameters_counts_before_the_one_for_all()
    {
        Budget forAll = new("Class.Method", 0, 1);
        Budget forThree = new("Class.Method[N=3]", 0, 0.4);

        IReadOnlyList<Verdict> verdicts = BudgetCheck.Compare([Measured, Measured with { Parameters = "[N=4]" }], [forAll, forThree]);

        Assert.Equal([forThree, forAll], verdicts.Select(verdict => verdict.Budget));
        Assert.Equal([false, true], verdicts.Select(verdict => verdict.Failure is null));
    }

    private static Verdict Only(Measurement measurement, Budget budget) => Assert.Single(BudgetCheck.Compare([measurement], [budget]));
}
