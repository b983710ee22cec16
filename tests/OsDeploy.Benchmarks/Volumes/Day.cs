namespace OsDeploy.Benchmarks.Volumes;

/// <summary>The two states of a volume.</summary>
internal enum Day
{
    First,

    /// <summary>After a day of use: about 5 % changed.</summary>
    Later,
}

/// <summary>A volume on one day.</summary>
/// <param name="Disk">Disk image file.</param>
/// <param name="Ranges">File of its used ranges, relative to the partition.</param>
/// <param name="Digest"><see cref="Measuring.BareHash"/> of them.</param>
internal sealed record DayImage(string Disk, string Ranges, long UsedBytes, int UsedRuns, string Digest);
