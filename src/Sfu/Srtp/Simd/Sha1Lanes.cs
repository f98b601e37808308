using System.Runtime.CompilerServices;

namespace Sfu.Srtp.Simd;

/// <summary>SHA-1's compression function (FIPS 180-4 6.1.2) of as many messages as a vector has lanes.</summary>
internal static unsafe class Sha1Lanes<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : ILanes<TVector>
{
    public const int ChainWords = 5;
    public const int BlockWords = 16;

    /// <summary>The message schedule, as it comes to be written behind the block.</summary>
    public const int ScheduleWords = 80;

    private const int StageRounds = 20;
    private const int UnrolledRounds = 5;

    // Stages of 20 rounds; they differ in function and constant (FIPS 180-4 4.1.1, 4.2.1).
    private const int Choosing = 0;
    private const int FirstParity = 1;
    private const int Voting = 2;
    private const int SecondParity = 3;

    /// <summary>Replaces the chaining values.</summary>
    /// <param name="chain"><see cref="ChainWords"/>.</param>
    /// <param name="schedule">Room for <see cref="ScheduleWords"/>, the first 16 of which are the block.</param>
    public static void Compress(TVector* chain, TVector* schedule)
    {
        TVector a = chain[0];
        TVector b = chain[1];
        TVector c = chain[2];
        TVector d = chain[3];
        TVector e = chain[4];

        for (int i = BlockWords; i < StageRounds; i++)
            Extend(schedule + i);

        Stage(Choosing, 0x5a827999, schedule, ref a, ref b, ref c, ref d, ref e);
        Stage(FirstParity, 0x6ed9eba1, schedule + StageRounds, ref a, ref b, ref c, ref d, ref e);
        Stage(Voting, 0x8f1bbcdc, schedule + 2 * StageRounds, ref a, ref b, ref c, ref d, ref e);
        Stage(SecondParity, 0xca62c1d6, schedule + 3 * StageRounds, ref a, ref b, ref c, ref d, ref e);

        chain[0] = TLanes.Add(chain[0], a);
        chain[1] = TLanes.Add(chain[1], b);
        chain[2] = TLanes.Add(chain[2], c);
        chain[3] = TLanes.Add(chain[3], d);
        chain[4] = TLanes.Add(chain[4], e);
    }

    // Five rounds bring each variable back to its name.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Stage(int stage, uint constant, TVector* word, ref TVector a, ref TVector b, ref TVector c, ref TVector d, ref TVector e)
    {
        TVector k = TLanes.Create(constant);
        for (int i = 0; i < StageRounds; i += UnrolledRounds, word += UnrolledRounds)
        {
            e = Round(stage, a, b, c, d, e, k, word);
            b = TLanes.RotateLeft(b, 30);
            d = Round(stage, e, a, b, c, d, k, word + 1);
            a = TLanes.RotateLeft(a, 30);
            c = Round(stage, d, e, a, b, c, k, word + 2);
            e = TLanes.RotateLeft(e, 30);
            b = Round(stage, c, d, e, a, b, k, word + 3);
            d = TLanes.RotateLeft(d, 30);
            a = Round(stage, b, c, d, e, a, k, word + 4);
            c = TLanes.RotateLeft(c, 30);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Round(int stage, TVector a, TVector b, TVector c, TVector d, TVector e, TVector k, TVector* word)
    {
        TVector mixed = stage switch
        {
            Choosing => TLanes.Choose(b, c, d),
            Voting => TLanes.Majority(b, c, d),
            _ => TLanes.Parity(b, c, d),
        };
        TVector next = stage == Choosing ? *word : Extend(word);

        // What is known before the last round's result is added up first.
        return TLanes.Add(TLanes.RotateLeft(a, 5), TLanes.Add(mixed, TLanes.Add(e, TLanes.Add(k, next))));
    }

    // Within the rounds rather than before them: it fills the time that these wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Extend(TVector* word) =>
        *word = TLanes.RotateLeft(TLanes.Xor(TLanes.Parity(word[-3], word[-8], word[-14]), word[-16]), 1);
}
