namespace Sfu.LoadTest.Reports.Live;

/// <summary>A run that can be watched.</summary>
internal interface ILiveSource
{
    /// <summary>Called once a second, from any thread.</summary>
    LiveSnapshot Look();
}
