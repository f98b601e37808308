using Microsoft.AspNetCore.Http.Metadata;

namespace Sfu.Signalling.Grpc;

/// <summary>A room's metadata alone may be larger than any other request to this server.</summary>
internal sealed class CallSizeLimit : IRequestSizeLimitMetadata
{
    public const int Bytes = 512 * 1024;

    public long? MaxRequestBodySize => Bytes;
}
