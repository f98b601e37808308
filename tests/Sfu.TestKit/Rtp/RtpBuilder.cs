using System.Buffers.Binary;

namespace Sfu.TestKit.Rtp;

/// <summary>Builds plaintext RTP packets with any mix of CSRCs, header extensions, padding and RED; written without the product's code.</summary>
public sealed class RtpBuilder
{
    private readonly List<uint> _csrcs = [];
    private readonly List<(byte Id, byte[] Data)> _extensions = [];
    private ushort? _extensionProfile;
    private byte[]? _rawExtension;
    private byte[] _payload = [];
    private int _padding;

    public bool Marker { get; init; }

    public byte PayloadType { get; init; } = 111;

    public ushort SequenceNumber { get; init; } = 1;

    public uint Timestamp { get; init; } = 960;

    public uint Ssrc { get; init; } = 0x1234_5678;

    public RtpBuilder WithCsrcs(params IEnumerable<uint> csrcs)
    {
        _csrcs.AddRange(csrcs);
        return this;
    }

    /// <summary>One-byte form (RFC 8285 4.2).</summary>
    /// <param name="id">1..14.</param>
    /// <param name="data">1..16 bytes.</param>
    public RtpBuilder WithOneByteExtension(byte id, params byte[] data) => WithExtension(0xBEDE, id, data);

    /// <summary>Two-byte form (RFC 8285 4.3).</summary>
    /// <param name="id">1..255.</param>
    /// <param name="data">0..255 bytes.</param>
    public RtpBuilder WithTwoByteExtension(byte id, params byte[] data) => WithExtension(0x1000, id, data);

    /// <summary>RFC 6464 in the one-byte form.</summary>
    public RtpBuilder WithAudioLevel(byte id, byte level, bool voice) =>
        WithOneByteExtension(id, (byte)(level | (voice ? 0x80 : 0)));

    /// <summary>The extension's words as they are.</summary>
    /// <param name="words">A multiple of 4 bytes.</param>
    public RtpBuilder WithRawExtension(ushort profile, params byte[] words)
    {
        _extensionProfile = profile;
        _rawExtension = words;
        return this;
    }

    public RtpBuilder WithPayload(params byte[] payload)
    {
        _payload = payload;
        return this;
    }

    /// <summary>A RED payload (RFC 2198); the last block is the primary one, whose offset is not written.</summary>
    public RtpBuilder WithRed(params (byte PayloadType, ushort TimestampOffset, byte[] Data)[] blocks)
    {
        _payload = RedPayload(blocks);
        return this;
    }

    /// <param name="bytes">1..255, the count byte included.</param>
    public RtpBuilder WithPadding(byte bytes)
    {
        _padding = bytes;
        return this;
    }

    public static byte[] RedPayload(params (byte PayloadType, ushort TimestampOffset, byte[] Data)[] blocks)
    {
        var bytes = new List<byte>();
        foreach ((byte payloadType, ushort offset, byte[] data) in blocks[..^1])
        {
            int offsetAndLength = offset << 10 | data.Length;
            bytes.AddRange([(byte)(0x80 | payloadType), (byte)(offsetAndLength >> 16), (byte)(offsetAndLength >> 8), (byte)offsetAndLength]);
        }

        bytes.Add(blocks[^1].PayloadType);
        foreach ((_, _, byte[] data) in blocks)
            bytes.AddRange(data);
        return [.. bytes];
    }

    public byte[] Build()
    {
        byte[] extension = Extension();
        byte[] packet = new byte[12 + _csrcs.Count * 4 + extension.Length + _payload.Length + _padding];
        packet[0] = (byte)(0x80 | (_padding > 0 ? 0x20 : 0) | (extension.Length > 0 ? 0x10 : 0) | _csrcs.Count);
        packet[1] = (byte)((Marker ? 0x80 : 0) | PayloadType);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), SequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), Ssrc);
        for (int i = 0; i < _csrcs.Count; i++)
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(12 + i * 4), _csrcs[i]);

        int at = 12 + _csrcs.Count * 4;
        extension.CopyTo(packet, at);
        _payload.CopyTo(packet, at + extension.Length);
        if (_padding > 0)
            packet[^1] = (byte)_padding;
        return packet;
    }

    private RtpBuilder WithExtension(ushort profile, byte id, byte[] data)
    {
        if (_extensionProfile is { } other && other != profile)
            throw new InvalidOperationException("A packet has extensions of one form only.");
        _extensionProfile = profile;
        _extensions.Add((id, data));
        return this;
    }

    private byte[] Extension()
    {
        if (_extensionProfile is not { } profile)
            return [];

        var bytes = new List<byte>(_rawExtension ?? []);
        foreach ((byte id, byte[] data) in _extensions)
        {
            if (profile == 0xBEDE)
                bytes.Add((byte)(id << 4 | (data.Length - 1)));
            else
                bytes.AddRange([id, (byte)data.Length]);
            bytes.AddRange(data);
        }

        while (bytes.Count % 4 != 0)
            bytes.Add(0);
        int words = bytes.Count / 4;
        return [(byte)(profile >> 8), (byte)profile, (byte)(words >> 8), (byte)words, .. bytes];
    }
}
