namespace Sfu.Microbenchmarks.Budgets;

/// <summary>A measurement held against its budget.</summary>
/// <param name="Id">The benchmark, or the budget that names none.</param>
/// <param name="Failure">Null when all is within budget.</param>
internal sealed record Verdict(string Id, Measurement? Measurement, Budget? Budget, string? Failure)
{
    /// <summary>It was measured, and costs more than its budget, or could not be.</summary>
    public bool IsOver => Failure is not null && Measurement is not null && Budget is not null;
}
