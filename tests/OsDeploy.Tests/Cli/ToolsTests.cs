using System.Text.RegularExpressions;
using OsDeploy.Cli.Doctor;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed partial class ToolsTests
{
    // Parts of the system an appliance runs on: helper and daemon call them there, and a build machine need not have them.
    private static readonly string[] s_appliance = ["systemd", "nftables", "udev", "coreutils", "util-linux-extra", "openssh-client", "mtools", "smartmontools", "chrony"];

    // The medium for PCs has it, and it is called nowhere else.
    private static readonly string[] s_medium = ["wpasupplicant"];

    [Fact]
    public void Doctor_knows_every_program_that_the_sources_call()
    {
        var called = Repository.Files("*.cs", "appliance").Concat(Repository.Files("*.cs", "tui"))
            .SelectMany(file => Call().Matches(Repository.Read(file)))
            .Select(match => match.Groups[1].Value)
            .Where(program => !program.EndsWith('.')) // a name put together from parts
            .ToHashSet();

        Assert.NotEmpty(called);
        Assert.Empty(called.Except(Tools.All.Select(tool => tool.Name)));
    }

    [Fact]
    public void The_build_script_installs_every_package_that_doctor_names()
    {
        var installed = PackagesOf("packages");

        Assert.Empty(Tools.All.Select(tool => tool.Package).Append("libzstd1").Append("libsqlite3-0").Append("libhivex0").Except(installed).Except(s_appliance).Except(s_medium));
    }

    [Fact]
    public void No_test_is_skipped_for_a_program_that_the_build_script_could_install()
    {
        var asked = Repository.Files("*Tests.cs", "tests")
            .SelectMany(file => Skip().Matches(Repository.Read(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(PackagesOf("packages")).Except(PackagesOf("test_packages")));
    }

    private static string[] PackagesOf(string list) =>
        Regex.Match(Repository.Read("build.sh"), $@"^{list}=\(([^)]*)\)", RegexOptions.Multiline).Groups[1].Value
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    // new Command("x", RunAsync(cancel, "x", and the command arrays of the file systems: => ["x",
    [GeneratedRegex("""(?:new Command\(|RunAsync\((?:cancel|CancellationToken\.None), \[?|" => \[)\s*"([^"-][^"]*)""")]
    private static partial Regex Call();

    // The packages of such programs are called like them.
    [GeneratedRegex("""SkipWhen\(Command\.Find\("([^"]+)"\) is null""")]
    private static partial Regex Skip();
}
