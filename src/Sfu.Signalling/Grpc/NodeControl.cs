using System.Reflection;
using Grpc.Core;
using Sfu.Node;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Options;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>Service <c>sfu.v1.NodeService</c>.</summary>
internal sealed class NodeControl(SfuNode node, ServerSettings settings, RoomListing listing, CallAuthorization authorization)
    : Wire.NodeService.NodeServiceBase
{
    private static readonly string Version =
        typeof(NodeControl).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public override async Task<Wire.Node> GetNode(Wire.GetNodeRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ReadNode);
        return Describe();
    }

    public override async Task<Wire.Node> DrainNode(Wire.DrainNodeRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.DrainNode);
        node.Drain(request.Draining);
        return Describe();
    }

    public override async Task<Wire.ListNodesResponse> ListNodes(Wire.ListNodesRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ReadNode);
        return new Wire.ListNodesResponse { Nodes = { Describe() } };
    }

    private Wire.Node Describe()
    {
        NodeSnapshot snapshot = node.Snapshot();
        var described = new Wire.Node
        {
            Id = listing.Id,
            Version = Version,
            Rooms = snapshot.Rooms,
            Participants = snapshot.Sessions,
            MaxParticipants = settings.Media.MaxParticipants,
            Draining = node.Draining,
        };
        described.Workers.Add(snapshot.Workers.Select(worker => new Wire.Worker { Index = worker.Index, Participants = worker.Sessions }));
        return described;
    }
}
