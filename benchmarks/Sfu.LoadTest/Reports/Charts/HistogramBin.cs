namespace Sfu.LoadTest.Reports.Charts;

internal readonly record struct HistogramBin(double From, double To, double Count);
