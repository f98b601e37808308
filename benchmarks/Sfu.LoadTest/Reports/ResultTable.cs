using Sfu.LoadTest.Results;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sfu.LoadTest.Reports;

/// <summary>What the console shows at the end of a run. Needs 100 columns; says without colours what it says with them.</summary>
internal static class ResultTable
{
    public static void Write(IAnsiConsole console, LoadTestResult result)
    {
        IReadOnlyList<FactGroup> groups = ResultFacts.Measured(result);
        for (int i = 0; i < groups.Count; i += 2)
        {
            console.Write(new Grid().AddColumn(Half()).AddColumn(Half()).AddRow(Facts(groups[i]), Facts(groups[i + 1])));
            console.WriteLine();
        }
        console.Write(new Rows(Title("Times"), Times(result)));
        console.WriteLine();
        if (result.Listeners.Count > 0)
        {
            console.Write(new Rows(Title("Worst listeners"), Worst(result)));
            console.WriteLine();
        }
        Verdict(console, result);
    }

    private static GridColumn Half() => new GridColumn().Width(49).Padding(0, 0, 1, 0);

    private static Rows Facts(FactGroup group)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().Width(20).Padding(2, 0, 1, 0)).AddColumn(new GridColumn().Width(25).Padding(0, 0, 0, 0));
        foreach (Fact fact in group.Facts)
            grid.AddRow(new Text(fact.Name), new Text(fact.Bad ? $"{fact.Value}  !" : fact.Value, fact.Bad ? Color.Red : Style.Plain));
        return new Rows(Title(group.Title), grid);
    }

    private static Table Times(LoadTestResult result)
    {
        Table table = Plain().AddColumns("", "", "n", "p50", "p99", "p99.9", "max");
        foreach (TableColumn column in table.Columns.Skip(2))
            column.RightAligned().NoWrap();
        foreach (Distribution distribution in Distribution.All(result))
        {
            Quantiles q = distribution.Quantiles;
            string[] cells = q.Count == 0
                ? ["0", .. Enumerable.Repeat(Figures.None, 4)]
                : [Figures.Compact(q.Count), .. new[] { q.P50, q.P99, q.P999, q.Max }.Select(Figures.Milliseconds)];
            table.AddRow([new Text(distribution.Name), new Text(distribution.Meaning), .. cells.Select(c => new Text(c))]);
        }
        return table;
    }

    private static Table Worst(LoadTestResult result)
    {
        Table table = Plain().AddColumns("Number", "Expected", "Received", "Lost", "Duplicated", "Out of order", "Longest gap");
        foreach (TableColumn column in table.Columns)
            column.RightAligned().NoWrap();
        foreach (ListenerResult l in WorstListeners.Of(result))
        {
            IEnumerable<IRenderable> cells = new double[] { l.Number, l.Expected, l.Received, l.Lost, l.Duplicated, l.OutOfOrder }
                .Select(v => new Text(Figures.Count(v)));
            table.AddRow([.. cells, new Text(Figures.Milliseconds(l.LongestGap))]);
        }
        return table;
    }

    private static void Verdict(IAnsiConsole console, LoadTestResult result)
    {
        Style style = new(result.Verdict.Passed ? Color.Green : Color.Red, decoration: Decoration.Bold);
        console.Write(new Paragraph($"{VerdictText.Word(result).ToUpperInvariant()}. ", style).Append(VerdictText.Sentence(result)));
        console.WriteLine();
        foreach (string failure in result.Verdict.Failures)
            console.Write(new Text($"  - {failure}\n", style));
    }

    private static Text Title(string title) => new(title, new Style(decoration: Decoration.Bold));

    private static Table Plain() => new() { Border = TableBorder.Simple };
}
