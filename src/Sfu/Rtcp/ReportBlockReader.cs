namespace Sfu.Rtcp;

/// <summary>Enumerates the report blocks of an SR or an RR.</summary>
/// <param name="blocks">Whole blocks only.</param>
public ref struct ReportBlockReader(ReadOnlySpan<byte> blocks)
{
    private ReadOnlySpan<byte> _rest = blocks;

    public readonly int Count => _rest.Length / ReportBlock.Length;

    /// <summary>Valid after <see cref="MoveNext"/> returned true.</summary>
    public ReportBlock Current { get; private set; }

    public readonly ReportBlockReader GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.Length < ReportBlock.Length)
            return false;
        Current = ReportBlock.Read(_rest);
        _rest = _rest[ReportBlock.Length..];
        return true;
    }
}
