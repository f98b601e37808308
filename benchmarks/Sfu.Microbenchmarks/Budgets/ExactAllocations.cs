using System.Reflection;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Running;
using Sfu.TestKit.Diagnostics;

namespace Sfu.Microbenchmarks.Budgets;

/// <summary>Counts what benchmarks allocate on their thread, to the byte. BenchmarkDotNet counts the whole process, and so not below 8 kB a run.</summary>
internal static class ExactAllocations
{
    /// <param name="benchmarks">Of one class.</param>
    /// <returns>Bytes for one operation; not a number where the class's setup fails.</returns>
    public static IReadOnlyDictionary<BenchmarkCase, double> Of(IReadOnlyCollection<BenchmarkCase> benchmarks)
    {
        var bytes = new Dictionary<BenchmarkCase, double>();
        foreach (IGrouping<string, BenchmarkCase> group in benchmarks.GroupBy(benchmark => benchmark.Parameters.DisplayInfo))
            Measure([.. group], bytes);
        return bytes;
    }

    /// <summary>Methods with the same parameters share an instance, as setting up thousands of keys takes longer than counting.</summary>
    private static void Measure(BenchmarkCase[] group, Dictionary<BenchmarkCase, double> bytes)
    {
        Descriptor descriptor = group[0].Descriptor;
        object instance = Activator.CreateInstance(descriptor.Type)!;
        foreach (ParameterInstance parameter in group[0].Parameters.Items)
            descriptor.Type.GetProperty(parameter.Name)!.SetValue(instance, parameter.Value);

        try
        {
            descriptor.GlobalSetupMethod?.Invoke(instance, null);
        }
        catch (TargetInvocationException exception)
        {
            Console.Error.WriteLine($"{descriptor.Type.Name}{group[0].Parameters.DisplayInfo}: {exception.InnerException?.Message}");
            foreach (BenchmarkCase benchmark in group)
                bytes[benchmark] = double.NaN;
            return;
        }

        foreach (BenchmarkCase benchmark in group)
        {
            Action code = ToAction(benchmark.Descriptor.WorkloadMethod, instance);
            MethodInfo? prepare = benchmark.Descriptor.IterationSetupMethod;
            long allocated = Allocations.Of(() => prepare?.Invoke(instance, null), _ => code());
            bytes[benchmark] = (double)allocated / benchmark.Descriptor.OperationsPerInvoke;
        }

        descriptor.GlobalCleanupMethod?.Invoke(instance, null);
    }

    /// <summary>A call that boxes no result.</summary>
    private static Action ToAction(MethodInfo method, object instance)
    {
        if (method.ReturnType == typeof(void))
            return method.CreateDelegate<Action>(instance);

        MethodInfo wrap = typeof(ExactAllocations).GetMethod(nameof(Wrap), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (Action)wrap.MakeGenericMethod(method.ReturnType).Invoke(null, [method, instance])!;
    }

    private static Action Wrap<TResult>(MethodInfo method, object instance)
    {
        Func<TResult> code = method.CreateDelegate<Func<TResult>>(instance);
        return () => code();
    }
}
