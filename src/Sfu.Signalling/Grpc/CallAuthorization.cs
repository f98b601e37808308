using Grpc.Core;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Limits;

namespace Sfu.Signalling.Grpc;

/// <summary>Who calls, and whether they may.</summary>
internal sealed class CallAuthorization(ApiTokenVerifier tokens, RateLimits limits)
{
    private const string Header = "authorization";
    private const string Scheme = "Bearer ";

    /// <param name="any">One of these grants is enough.</param>
    /// <param name="room">That the call is about; null when it is about none, or about all.</param>
    /// <exception cref="RpcException">UNAUTHENTICATED, PERMISSION_DENIED, or RESOURCE_EXHAUSTED for who calls too often.</exception>
    public async Task<ApiCaller> RequireAsync(ServerCallContext context, ApiGrants any, string? room = null)
    {
        // Before the token is looked at: checking signatures is what a flood would cost.
        if (!limits.Allows(LimitedAction.Call, context.GetHttpContext().Connection.RemoteIpAddress))
            throw Failures.TooManyCalls();
        string? header = context.RequestHeaders.GetValue(Header);
        string? token = header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
        ApiTokenResult result = await tokens.VerifyAsync(token);
        if (result.Caller is not { } caller)
            throw Failures.Unauthenticated(result.Outcome);
        if (!limits.Allows(LimitedAction.Call, caller.KeyId))
            throw Failures.TooManyCalls();
        return caller.May(any, room) ? caller : throw Failures.Denied(any);
    }
}
