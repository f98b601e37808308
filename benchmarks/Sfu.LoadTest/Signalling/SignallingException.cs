namespace Sfu.LoadTest.Signalling;

/// <summary>A join failed; the message is the reason by which failures are counted, and holds nothing secret.</summary>
internal sealed class SignallingException(string message, Exception? inner = null) : Exception(message, inner);
