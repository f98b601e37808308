using System.Globalization;

namespace Sfu.Microbenchmarks.Budgets;

/// <summary>Holds measurements against budgets.</summary>
internal static class BudgetCheck
{
    /// <summary>One verdict for each measurement, then one for each budget that no benchmark answers to.</summary>
    public static IReadOnlyList<Verdict> Compare(IReadOnlyList<Measurement> measurements, IReadOnlyList<Budget> budgets)
    {
        var verdicts = new List<Verdict>();
        var used = new HashSet<Budget>(ReferenceEqualityComparer.Instance);
        foreach (Measurement measurement in measurements)
        {
            Budget? budget = budgets.FirstOrDefault(b => b.Benchmark == measurement.Id)
                ?? budgets.FirstOrDefault(b => b.Benchmark == measurement.Method);
            if (budget is not null)
                used.Add(budget);
            verdicts.Add(new Verdict(measurement.Id, measurement, budget, Failure(measurement, budget)));
        }

        verdicts.AddRange(budgets.Where(b => !used.Contains(b)).Select(b => new Verdict(b.Benchmark, null, b, "no such benchmark")));
        return verdicts;
    }

    private static string? Failure(Measurement measurement, Budget? budget)
    {
        if (budget is null)
            return "no budget";
        if (double.IsNaN(measurement.Nanoseconds))
            return "did not run";

        // Negated, as what is not a number is no success.
        if (!(measurement.Bytes <= budget.Bytes))
            return string.Create(CultureInfo.InvariantCulture, $"allocates {measurement.Bytes:0.####} B, not {budget.Bytes:0.####}");
        if (measurement.Ratio is not { } ratio)
            return budget.Ratio is null ? null : "a baseline has no ratio";
        if (budget.Ratio is not { } allowed)
            return "no budget of time";

        return ratio <= allowed ? null : string.Create(CultureInfo.InvariantCulture, $"takes {ratio:0.00} times the baseline, not {allowed:0.00}");
    }
}
