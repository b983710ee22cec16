namespace OsDeploy.ImageBuilder;

/// <param name="Definition">Folder with the lists that say what the image is made of.</param>
/// <param name="Program">Folder with the published <c>osdeploy</c>.</param>
/// <param name="Cache">Folder that keeps what was fetched.</param>
/// <param name="Output">Folder that gets the build.</param>
/// <param name="Mirror">Of Debian; null: that of this computer.</param>
/// <param name="Level">Of zstd.</param>
/// <param name="Refresh">Ask the mirror for newer packages.</param>
/// <param name="Medium">Make the file for sticks and discs as well.</param>
internal sealed record BuildOptions(string Definition, string Program, string Cache, string Output, string? Mirror, int Level, bool Refresh, bool Medium = false)
{
    public IReadOnlyList<string> ListOf(string name) => PlainList.Read(Path.Combine(Definition, name));
}
