using System.Diagnostics;
using System.Globalization;

namespace Sfu.Microbenchmarks.Budgets;

/// <summary><c>check [--budgets FILE]</c>: measures everything briefly and compares.</summary>
internal static class CheckCommand
{
    private const int WithinBudget = 0;
    private const int OverBudget = 1;

    /// <summary>At most, of a class that is over budget: one was too few for CI, twice.</summary>
    private const int Repeats = 4;

    public static int Run(string budgetPath, TextWriter output)
    {
        IReadOnlyList<Budget> budgets = BudgetFile.Parse(File.ReadAllText(budgetPath));
        long start = Stopwatch.GetTimestamp();
        var measurements = new List<Measurement>();
        foreach (Type type in ShortJob.Classes)
            measurements.AddRange(Measure(type, budgets));

        IReadOnlyList<Verdict> verdicts = BudgetCheck.Compare(measurements, budgets);
        Print(verdicts, output);
        int failures = verdicts.Count(verdict => verdict.Failure is not null);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{verdicts.Count - failures} within budget, {failures} not, in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
        return failures == 0 ? WithinBudget : OverBudget;
    }

    /// <summary>What is over a budget is measured again: a neighbour on the machine comes and goes, what is slow stays slow.</summary>
    private static Measurement[] Measure(Type type, IReadOnlyList<Budget> budgets)
    {
        Measurement[] best = [.. ShortJob.Run(type)];
        for (int again = 0; again < Repeats && BudgetCheck.Compare(best, budgets).Any(verdict => verdict.IsOver); again++)
            best = [.. best.Zip(ShortJob.Run(type), (one, other) => one.BetterOf(other))];
        return best;
    }

    private static void Print(IReadOnlyList<Verdict> verdicts, TextWriter output)
    {
        int width = verdicts.Max(verdict => verdict.Id.Length);
        output.WriteLine($"{"benchmark".PadRight(width)} {"ns",10} {"ratio",7} {"budget",7} {"B",6} {"budget",7}");
        foreach (Verdict verdict in verdicts)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{verdict.Id.PadRight(width)} {verdict.Measurement?.Nanoseconds,10:0.0} {verdict.Measurement?.Ratio,7:0.00} {verdict.Budget?.Ratio,7:0.00} {verdict.Measurement?.Bytes,6:0.####} {verdict.Budget?.Bytes,7:0.####}  {verdict.Failure}").TrimEnd());
        }
    }
}
