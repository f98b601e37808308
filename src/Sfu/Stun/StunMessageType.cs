namespace Sfu.Stun;

/// <summary>Class and method as the header carries them (RFC 8489 section 5); any other value is possible on the wire.</summary>
public enum StunMessageType : ushort
{
    BindingRequest = 0x0001,
    BindingIndication = 0x0011,
    BindingSuccessResponse = 0x0101,
    BindingErrorResponse = 0x0111,
}
