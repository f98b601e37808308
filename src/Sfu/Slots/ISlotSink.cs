namespace Sfu.Slots;

/// <summary>Who takes what a stage has selected: the home worker's audience, and the mailboxes of the other workers.</summary>
internal interface ISlotSink
{
    /// <param name="header">Copied by the callee.</param>
    /// <param name="payload">1..<see cref="MediaConstants.MaxPayload"/> bytes, valid during the call only.</param>
    void Publish(in SlotPacketHeader header, ReadOnlySpan<byte> payload);
}
