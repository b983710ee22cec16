namespace OsDeploy.ImageBuilder.Media;

/// <summary>Runs programs of unpacked packages with the libraries beside them, so that the computer that builds does not matter.</summary>
/// <param name="root">Where the packages are unpacked.</param>
internal sealed class ToolTree(string root)
{
    // No time but this one is in what they make (reproducible-builds.org, SOURCE_DATE_EPOCH).
    public const long Epoch = 1735689600;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(60);

    public string PathOf(string path) => Path.Combine(root, path);

    /// <exception cref="UserErrorException"><c>tool-failed</c></exception>
    public Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel) => new Command("env",
    [
        $"SOURCE_DATE_EPOCH={Epoch}", "TZ=UTC", "LC_ALL=C", "MTOOLSRC=/dev/null",
        PathOf("usr/lib64/ld-linux-x86-64.so.2"), "--library-path", PathOf("usr/lib/x86_64-linux-gnu"), PathOf("usr/bin/" + program), .. arguments,
    ]).WithDeadline(s_patience).RunAsync(cancel);
}
