namespace Sfu.Rooms;

/// <summary>Whom a message is for.</summary>
public enum MessageScope : byte
{
    Room,
    Stage,
    One,
}
