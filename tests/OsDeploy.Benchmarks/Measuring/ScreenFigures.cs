namespace OsDeploy.Benchmarks.Measuring;

/// <summary>What a terminal saw of osdeploy's console.</summary>
/// <param name="FirstScreenMilliseconds">From the start of the process to the login, all of it in the page cache.</param>
/// <param name="ColdScreenMilliseconds">The same out of an empty page cache.</param>
/// <param name="LoginMilliseconds">From Enter to the overview.</param>
/// <param name="LiveBytesPerSecond">60 hosts at work, two reports a second each.</param>
/// <param name="KeyMilliseconds">From a key to the last byte of its frame.</param>
/// <param name="KeyBytes">What that frame sends.</param>
/// <param name="ResidentBytes">After the live table.</param>
/// <param name="ManyPageMilliseconds">A page further in a table of 10,000.</param>
/// <param name="ManyFilterMilliseconds">One letter more in its filter.</param>
/// <param name="ManyResidentBytes">With all of them in view.</param>
/// <param name="FrameMilliseconds">A frame of the live table into memory.</param>
internal sealed record ScreenFigures(
    double FirstScreenMilliseconds,
    double ColdScreenMilliseconds,
    double LoginMilliseconds,
    double LiveBytesPerSecond,
    double KeyMilliseconds,
    double KeyBytes,
    long ResidentBytes,
    double ManyPageMilliseconds,
    double ManyFilterMilliseconds,
    long ManyResidentBytes,
    double FrameMilliseconds);
