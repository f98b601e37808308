using Google.Rpc;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.Grpc;

/// <summary>Gathers what is wrong with a request, so that the caller is told everything at once.</summary>
internal sealed class Violations
{
    private readonly BadRequest _found = new();

    public bool Any => _found.FieldViolations.Count > 0;

    public void Add(string field, string what) =>
        _found.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = $"{field} {what}." });

    public void Check(bool holds, string field, string what)
    {
        if (!holds)
            Add(field, what);
    }

    public void Length(string field, string text, int least, int most) =>
        Check(text.Length >= least && text.Length <= most, field, $"must have {least} to {most} characters");

    /// <summary>A text without control characters.</summary>
    public void Name(string field, string text, int least, int most) =>
        Check(Bounds.IsName(text, least, most), field, $"must have {least} to {most} characters and no control characters");

    public void Range(string field, int value, int least, int most) =>
        Check(value >= least && value <= most, field, $"must be from {least} to {most}");

    /// <exception cref="global::Grpc.Core.RpcException">INVALID_ARGUMENT.</exception>
    public void ThrowIfAny()
    {
        if (Any)
            throw Failures.Invalid(_found);
    }
}
