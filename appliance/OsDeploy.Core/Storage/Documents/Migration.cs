namespace OsDeploy.Storage.Documents;

/// <summary>How documents of an older program become those of this one.</summary>
/// <param name="Version">What the file has afterwards. From 1, ascending; never used twice.</param>
/// <param name="Why">For who reads it in ten years.</param>
public sealed record Migration(int Version, string Why, Action<MigrationStep> Apply);
