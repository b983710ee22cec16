using OsDeploy.Api.Appliance;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Configurations;

/// <summary>One version of an image.</summary>
/// <param name="Stored">What it says of itself; null: not read yet.</param>
/// <param name="Weight">What it adds to the store; null: not weighed yet.</param>
internal sealed record VersionRow(VersionEntry Entry, StoredVersion? Stored, VersionWeight? Weight)
{
    public string Id => Entry.Version.ToString();

    public string Image => Entry.Image.ToString();

    public string Short => Entry.Version.Short;

    public string Size => Stored?.UsedBytes is { } bytes ? Sizes.Of(bytes) : "";

    /// <summary>What the version before it has not.</summary>
    public string New => Weight is { } weight ? Sizes.Of(weight.New) : "";

    /// <summary>Which computer it was captured from.</summary>
    public string By => Stored?.CapturedBy ?? "";

    /// <summary>What whoever restores it must know: current, damaged, and what was left out of it.</summary>
    public string Remarks => string.Join(", ", new[]
    {
        Entry.IsCurrent ? Words.Configurations.Current : "",
        Entry.DamagedChunks > 0 || Stored is { UsedBytes: null } ? "! " + Words.Configurations.Damaged : "",
        string.Join(", ", Stored?.Notes ?? []),
    }.Where(part => part.Length > 0));
}
