using Grpc.Core;
using Sfu.Signalling.Auth;

namespace Sfu.Signalling.Grpc;

/// <summary>Who calls, and whether they may.</summary>
internal sealed class CallAuthorization(ApiTokenVerifier tokens)
{
    private const string Header = "authorization";
    private const string Scheme = "Bearer ";

    /// <param name="any">One of these grants is enough.</param>
    /// <param name="room">That the call is about; null when it is about none, or about all.</param>
    /// <exception cref="RpcException">UNAUTHENTICATED or PERMISSION_DENIED.</exception>
    public async Task<ApiCaller> RequireAsync(ServerCallContext context, ApiGrants any, string? room = null)
    {
        string? header = context.RequestHeaders.GetValue(Header);
        string? token = header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
        ApiTokenResult result = await tokens.VerifyAsync(token);
        if (result.Caller is not { } caller)
            throw Failures.Unauthenticated(result.Outcome);
        return caller.May(any, room) ? caller : throw Failures.Denied(any);
    }
}
