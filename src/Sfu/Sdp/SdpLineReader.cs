namespace Sfu.Sdp;

/// <summary>Cuts SDP into lines (RFC 8866 section 5), ended by CRLF or LF alone; lines without text are passed over, but counted.</summary>
internal struct SdpLineReader(string sdp)
{
    private int _next;

    /// <summary>1-based.</summary>
    public int Number { get; private set; }

    /// <summary>The whole line without its end.</summary>
    public ReadOnlyMemory<char> Line { get; private set; }

    public bool MoveNext()
    {
        while (_next < sdp.Length)
        {
            int end = sdp.IndexOf('\n', _next);
            if (end < 0)
                end = sdp.Length;

            Line = sdp.AsMemory(_next, end - _next).TrimEnd();
            Number++;
            _next = end + 1;
            if (!Line.IsEmpty)
                return true;
        }

        return false;
    }
}
