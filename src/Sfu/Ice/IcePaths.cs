using Sfu.Net;
using Sfu.Time;

namespace Sfu.Ice;

/// <summary>The paths on which a peer passed a check: few, searched in line, the selected one first.</summary>
internal sealed class IcePaths
{
    /// <summary>More than a client with several interfaces and both families uses at a time.</summary>
    public const int Capacity = 8;

    private const int None = -1;

    private readonly Entry[] _entries = new Entry[Capacity];
    private int _selected = None;
    private int _lastChecked = None;

    public int Count { get; private set; }

    public NetworkPath this[int index] => _entries[index].Path;

    public NetworkPath Selected => _selected == None ? default : _entries[_selected].Path;

    /// <summary>The path of the latest check.</summary>
    public NetworkPath LastChecked => _lastChecked == None ? default : _entries[_lastChecked].Path;

    /// <summary>Zero when nothing is selected.</summary>
    public Instant SelectedHeard => _selected == None ? default : _entries[_selected].Heard;

    /// <summary>When something authenticated last came on the path that media takes; null before the first check.</summary>
    public Instant? ConsentGiven =>
        _selected != None ? _entries[_selected].Heard : _lastChecked != None ? _entries[_lastChecked].Heard : null;

    /// <summary>Counts a packet on a known path; one on an unknown path proves nothing about the path.</summary>
    public void Heard(in NetworkPath path, Instant now)
    {
        int index = IndexOf(path);
        if (index != None)
            _entries[index].Heard = now;
    }

    public bool Contains(in NetworkPath path) => IndexOf(path) != None;

    /// <summary>The latest check or authenticated packet on that path; null when the path is unknown.</summary>
    public Instant? HeardOn(in NetworkPath path)
    {
        int index = IndexOf(path);
        return index == None ? null : _entries[index].Heard;
    }

    /// <summary>Counts a valid check.</summary>
    /// <returns>True when the path is new; then <paramref name="evicted"/> may name the one that made room for it.</returns>
    public bool Checked(in NetworkPath path, Instant now, out NetworkPath evicted)
    {
        evicted = default;
        int index = IndexOf(path);
        bool added = index == None;
        if (added)
        {
            index = Count < Capacity ? Count++ : LeastRecentlyHeard();
            evicted = _entries[index].Path;
            _entries[index].Path = path;
        }

        _entries[index].Heard = now;
        _lastChecked = index;
        return added;
    }

    /// <summary>Selects the path of the latest check.</summary>
    /// <returns>True when it was not selected before.</returns>
    public bool SelectLastChecked()
    {
        bool changed = _selected != _lastChecked;
        _selected = _lastChecked;
        return changed;
    }

    private int IndexOf(in NetworkPath path)
    {
        if (_selected != None && _entries[_selected].Path == path)
            return _selected;

        for (int i = 0; i < Count; i++)
            if (_entries[i].Path == path)
                return i;

        return None;
    }

    private int LeastRecentlyHeard()
    {
        int oldest = None;
        for (int i = 0; i < Count; i++)
            if (i != _selected && (oldest == None || _entries[i].Heard < _entries[oldest].Heard))
                oldest = i;

        return oldest;
    }

    private struct Entry
    {
        public NetworkPath Path;

        /// <summary>The latest check or authenticated packet.</summary>
        public Instant Heard;
    }
}
