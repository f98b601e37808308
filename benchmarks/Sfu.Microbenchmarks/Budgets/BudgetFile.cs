using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sfu.Microbenchmarks.Budgets;

/// <summary>The budgets as they stand in <c>benchmarks/budgets.json</c>.</summary>
internal sealed record BudgetFile(IReadOnlyList<Budget> Budgets)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="JsonException">A name is unknown, or something is missing.</exception>
    public static IReadOnlyList<Budget> Parse(string json) =>
        (JsonSerializer.Deserialize<BudgetFile>(json, Options) ?? throw new JsonException("There are no budgets.")).Budgets;
}
