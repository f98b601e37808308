namespace Sfu.Tests.Dtls;

/// <summary>Tests that look at the whole process's memory, so that no other may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "native memory";
}
