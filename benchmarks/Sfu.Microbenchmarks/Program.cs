using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Running;
using Sfu.Microbenchmarks.Budgets;

const string DefaultBudgets = "budgets.json";

return args switch
{
    ["check"] => CheckCommand.Run(Path.Combine(AppContext.BaseDirectory, DefaultBudgets), Console.Out),
    ["check", "--budgets", string path] => CheckCommand.Run(path, Console.Out),
    ["check", ..] => Usage(),
    _ => Benchmarks(args),
};

static int Usage()
{
    Console.Error.WriteLine("usage: check [--budgets FILE], or BenchmarkDotNet's own arguments, such as --filter '*FanOut*'");
    return 2;
}

static int Benchmarks(string[] args)
{
    // Without a filter everything runs, rather than a question being asked.
    string[] effective = args.Length == 0 ? ["--filter", "*"] : args;
    BenchmarkSwitcher.FromTypes(ShortJob.Classes).Run(effective, DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default));
    return 0;
}
