using OsDeploy.Images;

namespace OsDeploy.Cli;

/// <summary><c>NAME</c> or <c>NAME@VERSION</c>, where the version may be any beginning of at least 6 digits that names only one.</summary>
internal readonly record struct ImageReference(ImageName Name, string? Version)
{
    private const int MinPrefix = 6;

    /// <exception cref="UserErrorException"><c>image-name</c>, <c>usage-version</c></exception>
    public static ImageReference Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return new ImageReference(ImageName.Parse(text), null);
        }

        var version = text[(at + 1)..];
        var isVersion = version.Length is >= MinPrefix and <= 64 && version.All(char.IsAsciiHexDigit);
        return isVersion
            ? new ImageReference(ImageName.Parse(text[..at]), version)
            : throw Errors.UsageVersion(version);
    }

    /// <summary>As <see cref="FindIn"/>, for what must not happen to a version by default: it is named, or it is the only one.</summary>
    /// <exception cref="UserErrorException"><c>usage-version-needed</c>, and those of <see cref="FindIn"/></exception>
    public VersionEntry FindNamedIn(IReadOnlyList<VersionEntry> entries, ImageKind kind)
    {
        var (name, version) = this;
        var versions = entries.Where(entry => entry.Kind == kind && entry.Image == name).ToList();
        return version is null && versions.Count > 1 ? throw Errors.UsageVersionNeeded(name, versions) : FindIn(entries, kind);
    }

    /// <summary>The one version meant: the current one if none is named.</summary>
    /// <exception cref="UserErrorException"><c>image-missing</c>, <c>version-unknown</c>, <c>version-ambiguous</c></exception>
    public VersionEntry FindIn(IReadOnlyList<VersionEntry> entries, ImageKind kind)
    {
        var (name, version) = this;
        var versions = entries.Where(entry => entry.Kind == kind && entry.Image == name).ToList();
        if (versions.Count == 0)
        {
            throw Errors.ImageMissing(name, entries.Where(entry => entry.Kind == kind).Select(entry => entry.Image).Distinct());
        }

        if (version is null)
        {
            return versions.Find(entry => entry.IsCurrent) ?? versions[0];
        }

        var matches = versions.FindAll(entry => entry.Version.ToString().StartsWith(version, StringComparison.OrdinalIgnoreCase));
        return matches.Count switch
        {
            1 => matches[0],
            0 => throw Errors.VersionUnknown(name, version, versions),
            _ => throw Errors.VersionAmbiguous(name, version, matches),
        };
    }
}
