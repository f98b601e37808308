namespace Sfu.Dtls;

/// <summary>Where a handshake stands. It leaves <see cref="InProgress"/> once and never comes back.</summary>
public enum DtlsState
{
    InProgress,
    Completed,
    Failed,
}
