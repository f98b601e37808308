using Microsoft.Extensions.Logging;
using Sfu.Diagnostics;
using Sfu.Net.Interop;

namespace Sfu.Net;

/// <summary>Gets a run of messages through sendmmsg, past every failure of a single one.</summary>
internal sealed unsafe class MessageBatchSender(ISocketCalls calls, SocketCounters counters, DropCounters drops, ILogger logger)
{
    /// <summary>The datagrams of one message whose segmentation was refused.</summary>
    private readonly MessageTable _singles = new(SendRing.MaxSegments);

    /// <summary>Sends the messages from <paramref name="from"/> up to <paramref name="end"/>, or counts why not.</summary>
    /// <returns>Messages that the kernel took.</returns>
    public int Send(UdpSocket socket, MessageTable table, int from, int end)
    {
        int total = 0;
        bool blockedBefore = false;
        bool refusedBefore = false;
        while (from < end)
        {
            int result = calls.Send(socket.Descriptor, table.HeadersFrom(from), end - from);
            counters.CountSendCall();
            if (result > 0)
            {
                CountSent(socket, table, from, from + result);
                total += result;
                from += result;
                refusedBefore = false;
                continue;
            }

            int errno = -result;
            switch (errno)
            {
                case Errno.Interrupted:
                    continue;
                case Errno.Again when !blockedBefore:
                    // The device may have freed room in between. Once in a run; we do not wait.
                    blockedBefore = true;
                    continue;
                case Errno.ConnectionRefused when !refusedBefore:
                    // Possibly the answer to an earlier datagram, and not to this one; reading it took it away.
                    refusedBefore = true;
                    continue;
            }

            if (table.IsSegmented(from) && IsSegmentationRefusal(errno))
                total += SendSingly(socket, table, from, errno);
            else
                drops.Count(ReasonOf(errno), table.DatagramsOf(from));
            from++;
            refusedBefore = false;
        }

        return total;
    }

    /// <summary>When the datagrams get through one by one, it was the segmentation that was refused, and not the address.</summary>
    private int SendSingly(UdpSocket socket, MessageTable table, int message, int errno)
    {
        _singles.Split(table, message);
        if (Send(socket, _singles, 0, _singles.Count) == 0)
            return 0;

        counters.CountSegmentationFallback();
        if (IsOfTheSocket(socket, errno))
        {
            bool first = socket.Segments;
            socket.RefuseSegmentation(errno);
            if (first)
                logger.SegmentationRefused(socket.LocalAddress, errno);
        }

        return 1;
    }

    private void CountSent(UdpSocket socket, MessageTable table, int from, int end)
    {
        int segmented = 0;
        int datagrams = 0;
        long bytes = 0;
        for (int i = from; i < end; i++)
        {
            bytes += table.LengthOf(i);
            datagrams += table.DatagramsOf(i);
            if (table.IsSegmented(i))
                segmented++;
        }

        if (segmented > 0)
            socket.HasSegmented = true;
        counters.CountSent(end - from, segmented, datagrams, bytes);
    }

    private static bool IsSegmentationRefusal(int errno) =>
        errno is Errno.InputOutput or Errno.Invalid or Errno.NoProtocolOption or Errno.NotSupported or Errno.MessageSize;

    /// <summary>
    /// A segment longer than the path's MTU is refused as well, with EINVAL or EMSGSIZE by the kernel's version. That is a
    /// matter of one path, and one path must not cost the others their segmentation.
    /// </summary>
    private static bool IsOfTheSocket(UdpSocket socket, int errno) =>
        errno != Errno.MessageSize && !(errno == Errno.Invalid && socket.HasSegmented);

    private static DropReason ReasonOf(int errno) => errno switch
    {
        Errno.Again => DropReason.SendWouldBlock,
        Errno.NoBufferSpace => DropReason.SendNoBuffers,
        Errno.ConnectionRefused => DropReason.SendRefused,
        _ => DropReason.SendFailed,
    };
}
