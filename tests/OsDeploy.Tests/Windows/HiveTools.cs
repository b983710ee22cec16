namespace OsDeploy.Tests.Windows;

/// <summary>Other people's programs for hives, which judge what osdeploy has written.</summary>
internal static class HiveTools
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(1);

    public static void Require() => Xunit.Assert.SkipWhen(Command.WhyMissing("hivexsh", "hivexregedit", "reged") is not null, "libhivex-bin, libwin-hivex-perl or chntpw is not installed");

    /// <summary>Edits a hive by hivexsh.</summary>
    public static Task ShellAsync(string hive, params IEnumerable<string> lines) =>
        new Command("hivexsh", "-w", hive).WithInput(string.Join('\n', [.. lines, "commit", ""])).WithDeadline(s_deadline).RunAsync(Xunit.TestContext.Current.CancellationToken);

    /// <summary>Its texts as they are, all other values as bytes.</summary>
    public static async Task<string> ExportAsync(string hive, string root, string key = @"\")
    {
        // It prints names as Latin-1 where that will do, if it is not told otherwise.
        var result = await new Command("perl", "-CS", Command.Find("hivexregedit")!, "--export", "--unsafe-printable-strings", "--prefix", root, hive, key)
            .WithDeadline(s_deadline).RunAsync(Xunit.TestContext.Current.CancellationToken);
        return result.Output;
    }

    /// <summary>By reged, of a program that shares nothing with libhivex.</summary>
    public static async Task<string> RegedAsync(string hive, string root)
    {
        var output = Path.Combine(Path.GetDirectoryName(hive)!, Guid.NewGuid().ToString("N") + ".reg");
        await new Command("reged", "-x", hive, root, @"\", output).Accepting(code => code is 0 or 1 or 2).WithDeadline(s_deadline).RunAsync(Xunit.TestContext.Current.CancellationToken);
        return await File.ReadAllTextAsync(output, Xunit.TestContext.Current.CancellationToken);
    }
}
