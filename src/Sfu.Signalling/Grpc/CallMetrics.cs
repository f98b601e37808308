using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Sfu.Signalling.Diagnostics;

namespace Sfu.Signalling.Grpc;

/// <summary>Counts calls by how they end.</summary>
internal sealed class CallMetrics(SignallingMetrics metrics) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        StatusCode status = StatusCode.OK;
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e) when (Note(e, ref status))
        {
            throw;
        }
        finally
        {
            metrics.Called(NameOf(context), status.ToString());
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        StatusCode status = StatusCode.OK;
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e) when (Note(e, ref status))
        {
            throw;
        }
        finally
        {
            metrics.Called(NameOf(context), status.ToString());
        }
    }

    /// <summary>Not that of the request: paths are matched in upper and lower case alike, so the caller could make up any number of them.</summary>
    private static string NameOf(ServerCallContext context) =>
        context.GetHttpContext().GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName ?? "";

    /// <returns>True.</returns>
    private static bool Note(Exception e, ref StatusCode status)
    {
        status = e switch
        {
            RpcException failure => failure.StatusCode,
            OperationCanceledException => StatusCode.Cancelled,
            _ => StatusCode.Unknown,
        };
        return true;
    }
}
