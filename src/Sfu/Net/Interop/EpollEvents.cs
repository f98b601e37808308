using System.Runtime.InteropServices;
using Sfu.Buffers;

namespace Sfu.Net.Interop;

/// <summary>An array of <c>struct epoll_event</c>, which is packed on x64 and on no other architecture.</summary>
internal sealed unsafe class EpollEvents
{
    private static readonly bool Packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int DataOffset = Packed ? 4 : 8;
    private static readonly int Stride = DataOffset + sizeof(ulong);

    private readonly PinnedMemory _memory;

    public EpollEvents(int capacity)
    {
        Capacity = capacity;
        _memory = new PinnedMemory(capacity * Stride);
        _memory.Span.Clear();
    }

    public int Capacity { get; }

    public byte* Pointer => _memory.Pointer;

    public void Set(int index, uint events, ulong data)
    {
        Span<byte> item = _memory.Slice(index * Stride, Stride);
        MemoryMarshal.Write(item, events);
        MemoryMarshal.Write(item[DataOffset..], data);
    }

    /// <summary>What was given at the registration of the descriptor that is ready.</summary>
    public ulong Data(int index) => MemoryMarshal.Read<ulong>(_memory.Slice(index * Stride + DataOffset, sizeof(ulong)));
}
