using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Sfu.Signalling.Tests.Scale;

/// <summary>A WebSocket client of a socket and a small buffer, of which one process holds thousands. It counts every byte that it is sent.</summary>
internal sealed class CheapClient : IDisposable
{
    /// <summary>Only a test that fails waits so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int ShortLength = 125;
    private const int LengthIn16Bits = 126;
    private const byte Text = 1;
    private const byte Close = 8;
    private const byte FinalFrame = 0x80;
    private const byte Masked = 0x80;
    private const byte OpcodeMask = 0x0F;
    private const int ReadBytes = 2_048;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[ReadBytes];
    private int _start;
    private int _end;

    /// <summary>Frames and all that is in them.</summary>
    public long Bytes { get; private set; }

    public static async Task<CheapClient> ConnectAsync(Uri server)
    {
        var client = new CheapClient();
        using var guard = new CancellationTokenSource(Patience);
        await client._socket.ConnectAsync(server.Host, server.Port, guard.Token);
        await client._socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /v1/ws HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Protocol: sfu.v1\r\n\r\n"));
        int end;
        while ((end = client._buffer.AsSpan(0, client._end).IndexOf("\r\n\r\n"u8)) < 0)
            Assert.True(await client.FillAsync(guard.Token));
        Assert.StartsWith("HTTP/1.1 101 ", Encoding.ASCII.GetString(client._buffer, 0, end), StringComparison.Ordinal);
        client._start = end + 4;
        return client;
    }

    /// <summary>One masked text frame (RFC 6455 5.2) with a mask of zeros.</summary>
    public async Task SendAsync(JsonObject message)
    {
        byte[] payload = Encoding.UTF8.GetBytes(message.ToJsonString());
        byte[] head = payload.Length <= ShortLength
            ? [FinalFrame | Text, (byte)(Masked | payload.Length), 0, 0, 0, 0]
            : [FinalFrame | Text, Masked | LengthIn16Bits, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0];
        await _socket.SendAsync((byte[])[.. head, .. payload]);
    }

    /// <summary>The next message; pings of the server are passed over.</summary>
    /// <returns>Null when the server closed.</returns>
    public async Task<JsonObject?> ReceiveAsync()
    {
        using var guard = new CancellationTokenSource(Patience);
        while (true)
        {
            if (TryTakeFrame(out byte opcode, out byte[] payload))
            {
                if (opcode == Text)
                    return JsonNode.Parse(payload)!.AsObject();
                if (opcode == Close)
                    return null;
            }
            else if (!await FillAsync(guard.Token))
            {
                return null;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private bool TryTakeFrame(out byte opcode, out byte[] payload)
    {
        (opcode, payload) = (0, []);
        ReadOnlySpan<byte> waiting = _buffer.AsSpan(_start, _end - _start);
        if (waiting.Length < 2)
            return false;
        int head = waiting[1] == LengthIn16Bits ? 4 : 2;
        if (waiting.Length < head)
            return false;
        int length = head == 4 ? BinaryPrimitives.ReadUInt16BigEndian(waiting[2..]) : waiting[1];
        if (waiting.Length < head + length)
            return false;
        opcode = (byte)(waiting[0] & OpcodeMask);
        payload = waiting.Slice(head, length).ToArray();
        _start += head + length;
        Bytes += head + length;
        return true;
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        int read = await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellation);
        _end += read;
        return read > 0;
    }
}
