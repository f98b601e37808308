using System.Collections.Concurrent;
using Sfu.Selection.Audio;

namespace Sfu.Selection.Scenes;

/// <summary>What the voices have said so far, so that each sentence is spoken once.</summary>
internal sealed class SpeechPool
{
    public static readonly IReadOnlyList<string> Sentences =
    [
        "Nobody knows where the fog came from, but it stayed for supper.",
        "Bread needs flour, water, salt and time. Put the dough into a cold kitchen before midnight.",
        "Can you hear me now? I was on the wrong microphone.",
        "So the question is, what do we do when the second lighthouse goes out?",
        "I think that we should wait until Thursday, and then ask her again.",
        "Every packet carries twenty milliseconds of somebody's voice.",
        "The pilot boats went out in pairs, ringing their bells, and came back with stories that grew longer every night.",
        "Exactly.",
        "No, that is not what I meant at all.",
        "My grandfather weighed nothing; he pressed a thumb into the dough and looked out of the window.",
        "Thanks. Let us take the next question from the audience.",
        "Five people have raised their hands, and we have time for two.",
        "Four thousand kilometres away, in the middle of the night, a small buffer waits quietly.",
        "Sorry, go ahead, I did not want to interrupt you.",
    ];

    public static readonly IReadOnlyList<string> BackChannels = ["Mhm.", "Yeah.", "Uh huh.", "Right."];

    private readonly ConcurrentDictionary<(int Voice, string Text), float[]> _spoken = new();

    /// <param name="voice">Any number; voices repeat.</param>
    public float[] Say(int voice, string text)
    {
        int one = voice % Voice.All.Count;
        return _spoken.GetOrAdd((one, text), static key => Voice.All[key.Voice].Say(key.Text));
    }
}
