using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports;

/// <param name="Name">Short: the head of a column, the label in a chart.</param>
internal sealed record NamedResult(string Name, LoadTestResult Result)
{
    /// <exception cref="InvalidDataException">A file is no result that this version reads.</exception>
    public static List<NamedResult> ReadAll(IReadOnlyList<string> paths)
    {
        List<NamedResult> runs = [];
        foreach (string path in paths)
        {
            LoadTestResult result = ResultFile.Read(path);
            if (result.Schema != LoadTestResult.CurrentSchema)
                throw new InvalidDataException($"{path} has schema {result.Schema}; this version reads {LoadTestResult.CurrentSchema}.");
            string name = Path.GetFileNameWithoutExtension(path);
            runs.Add(new NamedResult(runs.Any(r => r.Name == name) ? $"{name} ({runs.Count + 1})" : name, result));
        }
        return runs;
    }
}
