using System.Numerics;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Slots;

namespace Sfu.Sdp;

/// <summary>What the server needs to know of a client's answer to <see cref="OfferWriter"/>'s offer.</summary>
/// <param name="Ice">The client's.</param>
/// <param name="Fingerprint">Of the certificate that the client must show in the DTLS handshake.</param>
/// <param name="MicrophoneAccepted">False for a client that only listens; the next four are then of no use.</param>
/// <param name="MicrophoneSsrc">Null when the answer does not say; it is then learnt from the first packet.</param>
/// <param name="MicrophoneCname">Null when the answer does not say.</param>
/// <param name="OpusPayloadType">What the client sends Opus with; a client may choose another number than the offer's.</param>
/// <param name="RedPayloadType">What the client sends RED with, if it does.</param>
/// <param name="AudioLevelExtensionId">Null when the client sends no levels (RFC 6464).</param>
/// <param name="SlotMask">Bit n is set when the client takes slot n, counted from 0 (mid n + 1).</param>
public sealed record Answer(
    IceCredentials Ice,
    Fingerprint Fingerprint,
    bool MicrophoneAccepted,
    uint? MicrophoneSsrc,
    string? MicrophoneCname,
    byte OpusPayloadType,
    byte? RedPayloadType,
    byte? AudioLevelExtensionId,
    uint SlotMask)
{
    /// <summary>How the client wants the slots.</summary>
    public ListenerFormat Format { get; init; } = ListenerFormat.Usual;

    /// <summary>The client sends packets of the microphone again when it is asked for them (RFC 4585, <c>a=rtcp-fb</c> nack).</summary>
    public bool MicrophoneNack { get; init; }

    public int SlotsAccepted => BitOperations.PopCount(SlotMask);

    /// <param name="slot">Counted from 0.</param>
    public bool AcceptsSlot(int slot) => (SlotMask >> slot & 1) != 0;
}
