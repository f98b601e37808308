using System.Security.Cryptography;

namespace Sfu.Signalling.Auth;

/// <summary>Makes codes that open private rooms.</summary>
internal static class InviteCodes
{
    /// <summary>80 bits: nobody guesses one within the limits on joins.</summary>
    private const int Length = 16;

    /// <summary>32 of them, without those that are mistaken for each other when read aloud or typed.</summary>
    private const string Characters = "abcdefghijkmnpqrstuvwxyz23456789";

    public static string Create() => RandomNumberGenerator.GetString(Characters, Length);
}
