namespace Sfu.LoadTest.Signalling;

internal enum ClientRole
{
    Listener,

    /// <summary>On the stage at once.</summary>
    Speaker,

    /// <summary>Comes to the stage by invitation.</summary>
    Guest,

    Moderator,
}
