using Sfu.Net;

namespace Sfu.TestKit.Net;

/// <summary>A datagram that a <see cref="RecordingSender"/> was given.</summary>
/// <param name="Path">Its receiver.</param>
/// <param name="Payload">A copy of its bytes.</param>
/// <param name="Message">The number of the commit, from 0; segments of one message share it.</param>
public sealed record SentDatagram(NetworkPath Path, byte[] Payload, int Message);
