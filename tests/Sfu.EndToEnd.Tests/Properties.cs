using Xunit.Sdk;
using Xunit.v3;

// Browsers that speak and listen in time need the machine to themselves.
[assembly: Parallelization(Mode = ParallelMode.None)]
