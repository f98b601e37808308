using System.Diagnostics;
using Sfu.Selection.Measures;
using Sfu.Selection.Scenes;

// Seeds to measure with: others than 1 to 4, which the policy was tuned on.
ulong[] seeds = args.All(a => a.StartsWith("--", StringComparison.Ordinal)) ? [5, 6, 7, 8] : [.. args.Where(a => a is not ("--scenes" or "--misses")).Select(a => ulong.Parse(a, System.Globalization.CultureInfo.InvariantCulture))];
long start = Stopwatch.GetTimestamp();
var pool = new SpeechPool();
Scene[] scenes = [.. seeds.SelectMany(seed => new SceneMaker(pool, seed).All())];
if (args.Contains("--scenes"))
{
    foreach (IGrouping<string, Scene> kind in scenes.GroupBy(s => s.Name))
        Console.WriteLine($"{kind.Key}\n\n{Table.Of([.. kind])}");
}

if (args.Contains("--misses"))
    Console.WriteLine(Misses.Of(scenes));

Console.WriteLine($"{scenes.Length} scenes of {scenes[0].Milliseconds / 1_000} s, {scenes.Sum(s => s.Turns.Count(t => !t.BackChannel))} turns, seeds {string.Join(", ", seeds)}\n");
Console.WriteLine(Table.Of(scenes));
Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
