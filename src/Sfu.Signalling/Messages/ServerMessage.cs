using System.Text.Json.Serialization;

namespace Sfu.Signalling.Messages;

/// <summary>What the server sends.</summary>
/// <param name="Type">Tells the client which message it is; clients pass over types that they do not know.</param>
internal abstract record ServerMessage([property: JsonPropertyOrder(-1)] string Type);
