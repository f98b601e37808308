namespace Sfu.LoadTest.Results;

public sealed record ListenerResult(int Number, long Expected, long Received, long Lost, long Duplicated, long OutOfOrder, double LongestGap);
