using Sfu.Selection.Scenes;

namespace Sfu.Selection.Rules;

/// <summary>Decides packet by packet who is heard.</summary>
internal interface IRule
{
    string Name { get; }

    /// <param name="heard">Gets the numbers of the member's packets that go out now: this one, and earlier ones where the rule keeps some.</param>
    void Receive(ScenePacket packet, List<int> heard);

    bool HasSlot(int member);
}
