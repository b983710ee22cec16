namespace OsDeploy.Chunks.Folder;

/// <param name="Sealed">Folder of immutable packs.</param>
/// <param name="Incoming">Folder of packs that a running capture writes, or a killed one left.</param>
/// <param name="Damaged">Folder of damage marks.</param>
internal sealed record PackPaths(string Sealed, string Incoming, string Damaged)
{
    public const string Extension = ".pack";

    /// <summary>Names rise with time, so packs in name order lie on the disk in about that order.</summary>
    public string NewIncoming(TimeProvider time) =>
        Path.Combine(Incoming, Guid.CreateVersion7(time.GetUtcNow()).ToString("N") + Extension);
}
