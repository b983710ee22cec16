namespace OsDeploy.Benchmarks;

/// <param name="Work">Folder of the cached volumes and of everything a run writes.</param>
/// <param name="Osdeploy">The program measured.</param>
/// <param name="Osdeployd">The daemon measured.</param>
/// <param name="Rounds">How often each contender of a goal runs.</param>
/// <param name="Quick">Small volumes: tries the benchmark itself; its figures mean nothing.</param>
/// <param name="Only">Lines whose names begin so; empty: all.</param>
/// <param name="Json">File for the lines; null: none.</param>
internal sealed record Settings(string Work, string Osdeploy, string Osdeployd, int Rounds, bool Quick, string Only, string? Json)
{
    /// <summary>Kept between runs: made once per machine.</summary>
    public string VolumesFolder => Path.Combine(Work, Quick ? "quick-volumes" : "volumes");

    /// <summary>Emptied by every run.</summary>
    public string ScratchFolder => Path.Combine(Work, "scratch");

    /// <summary>What a program in the background needs and says: its pid file, its output, its keys.</summary>
    public string DaemonFolder => DaemonFolderOf(Work);

    /// <summary>As <see cref="DaemonFolder"/>, for whoever knows the work folder only.</summary>
    public static string DaemonFolderOf(string work) => Path.Combine(work, "scratch", "daemon");
}
