using System.Text;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.Whip;

/// <summary>The body of a request, which is a short text.</summary>
internal static class RequestText
{
    /// <summary>As much as an answer over the WebSocket may have.</summary>
    public const int MaxBytes = Bounds.Sdp;

    private const int FirstBuffer = 4 * 1024;

    /// <returns>Null when it is longer than <see cref="MaxBytes"/>; what is not UTF-8 becomes replacement characters.</returns>
    public static async Task<string?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxBytes)
            return null;
        byte[] buffer = new byte[request.ContentLength + 1 ?? FirstBuffer];
        int length = 0;
        while (true)
        {
            int read;
            try
            {
                read = await request.Body.ReadAsync(buffer.AsMemory(length), request.HttpContext.RequestAborted);
            }
            catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                // More than any request may have was there before it was read.
                return null;
            }

            if (read == 0)
                return Encoding.UTF8.GetString(buffer, 0, length);
            length += read;
            if (length > MaxBytes)
                return null;
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(2 * length, MaxBytes + 1));
        }
    }
}
