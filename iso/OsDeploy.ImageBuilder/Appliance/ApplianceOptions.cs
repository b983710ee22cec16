namespace OsDeploy.ImageBuilder.Appliance;

/// <param name="Definition">Folder with the lists that say what the appliance is made of.</param>
/// <param name="Artifacts">Folder with the published programs and the client build, which gets the medium.</param>
/// <param name="Mirror">Of Debian; null: that of this computer.</param>
/// <param name="Level">Of zstd.</param>
/// <param name="Refresh">Ask the mirror for newer packages.</param>
/// <param name="Version">Of what is built.</param>
/// <param name="Counter">As <see cref="OsDeploy.SystemImages.SystemManifest.Counter"/>.</param>
/// <param name="SignKey">PEM file of the private key that signs it; null: one that was drawn on this computer, and the build says so.</param>
internal sealed record ApplianceOptions(string Definition, string Artifacts, string? Mirror, int Level, bool Refresh, string Version, long Counter, string? SignKey = null)
{
    public string Cache => Path.Combine(Artifacts, "cache");

    public IReadOnlyList<string> ListOf(string name) => PlainList.Read(Path.Combine(Definition, name));
}
