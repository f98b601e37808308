namespace Sfu.Signalling.Hosting;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>An address or a port could not be opened.</summary>
    public const int CannotListen = 1;

    /// <summary>The configuration is wrong; nothing was started.</summary>
    public const int BadConfiguration = 2;
}
