using OsDeploy.Images;

namespace OsDeploy.Cli.Output;

/// <summary>The version that something was done to.</summary>
internal sealed record NamedVersion(ImageName Image, VersionId Version);

/// <param name="ChunksStayUntil">A prune may free what only this version needs from then on.</param>
internal sealed record DeletedVersion(ImageName Image, VersionId Version, DateTimeOffset ChunksStayUntil);
