using System.CommandLine;
using OsDeploy.Cli;
using OsDeploy.Cli.Ssh;
using Xunit;

namespace OsDeploy.Tests.Cli.Ssh;

public sealed class SshVerbsTests
{
    /// <summary>They work on disks and files of the computer they run on, open screens, start programs or keep logins.</summary>
    private static readonly string[] s_refused =
    [
        "disk", "disk list", "disk inspect", "capture", "restore", "manual backup", "manual restore", "erase", "personalise",
        "registry", "registry export", "registry merge", "image export", "image import", "image sign",
        "login", "logout", "store", "store export", "store import", "template edit", "addition add", "boot builds add", "console", "machine", "doctor", "demo", "first-start", "system install", "system settle",
    ];

    /// <summary>What the verbs of the list take that is not for SSH: files, folders, other computers.</summary>
    private static readonly string[] s_refusedKinds = ["--server ADDRESS", "--store DIR|URL", "--store URL", "FILE", "FILE|-", "FINGERPRINT", @"\\SERVER\PRINTER"];

    [Fact]
    public void Every_verb_is_on_the_list_or_refused()
    {
        var all = All().Select(one => one.Path).Where(path => path.Length > 0).ToList();

        Assert.Equal(all.Where(path => !SshVerbs.IsListed(path)).Order(StringComparer.Ordinal), s_refused.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_option_and_argument_of_the_list_is_plain_or_refused_for_a_reason()
    {
        var refused = All().Where(one => SshVerbs.IsListed(one.Path))
            .SelectMany(one => one.Verb.Options.Cast<Symbol>().Concat(one.Verb.Arguments).Where(symbol => !SshVerbs.IsPlain(symbol)).Select(symbol => $"{one.Path}: {symbol.Name} {SshVerbs.KindOf(symbol)}"))
            .Where(line => !s_refusedKinds.Any(kind => line.EndsWith(" " + kind, StringComparison.Ordinal)));

        Assert.True(!refused.Any(), string.Join('\n', refused));
    }

    [Theory]
    [InlineData("osdeploy status --json")]
    [InlineData("osdeploy host list --room r101 --json")]
    [InlineData("osdeploy host import - --apply")]
    [InlineData("osdeploy job start restore --room r101 --yes --count 30")]
    [InlineData("osdeploy job start restore --from -")]
    [InlineData("osdeploy template save Win10Domain.xml -")]
    [InlineData("osdeploy appliance health --json")]
    [InlineData("osdeploy appliance support-bundle -")]
    [InlineData("osdeploy image list")]
    [InlineData("osdeploy backup create")]
    [InlineData("osdeploy backup create --password-stdin")]
    [InlineData("osdeploy backup restore - --no-keys --yes")]
    [InlineData("osdeploy system update -")]
    [InlineData("osdeploy system update --medium --restart")]
    [InlineData("osdeploy boot set --router 10.0.0.1")]
    [InlineData("osdeploy --help")]
    [InlineData("osdeploy host --help")]
    [InlineData("osdeploy --version")]
    public void What_only_asks_the_appliance_is_taken(string line)
    {
        var parsed = Parse(line);

        SshVerbs.Require(parsed);
        Assert.Empty(parsed.Errors);
    }

    [Theory]
    [InlineData("osdeploy disk list", "usage-ssh-verb")]
    [InlineData("osdeploy restore /dev/sda --store /x --image i --yes", "usage-ssh-verb")]
    [InlineData("osdeploy console --server https://elsewhere", "usage-ssh-verb")]
    [InlineData("osdeploy template edit Win10Domain.xml --editor sh", "usage-ssh-verb")]
    [InlineData("osdeploy backup create /tmp/x", "usage-ssh-option")]
    [InlineData("osdeploy appliance support-bundle /tmp/x", "usage-ssh-option")]
    [InlineData("osdeploy status --server https://elsewhere", "usage-ssh-option")]
    [InlineData("osdeploy status --server=unix:/run/x", "usage-ssh-option")]
    [InlineData("osdeploy image list --store /etc", "usage-ssh-option")]
    [InlineData("osdeploy host import /etc/passwd", "usage-ssh-option")]
    [InlineData("osdeploy system update /etc/passwd", "usage-ssh-option")]
    [InlineData("osdeploy host export /tmp/x", "usage-ssh-option")]
    [InlineData("osdeploy host export -", "usage-ssh-option")]
    [InlineData("osdeploy job start restore --from /etc/passwd", "usage-ssh-option")]
    [InlineData("osdeploy job start restore --from - --from /etc/passwd", "usage-ssh-option")]
    [InlineData("osdeploy user add tom --role admin --password-file /etc/hostname", "usage-ssh-option")]
    [InlineData("osdeploy user add tom --role admin --password-file -", "usage-ssh-option")]
    [InlineData("osdeploy user key add tom laptop /etc/passwd", "usage-ssh-option")]
    [InlineData("osdeploy boot set --menu-password-file /etc/hostname", "usage-ssh-option")]
    [InlineData("osdeploy addition show 3f2a --output /tmp/x", "usage-ssh-option")]
    [InlineData("osdeploy config add a --store https://x --store-pin y --store-token-file /etc/hostname", "usage-ssh-option")]
    public void What_works_on_files_or_leads_elsewhere_is_refused(string line, string code) =>
        Assert.Equal(code, Assert.Throws<UserErrorException>(() => SshVerbs.Require(Parse(line))).Code);

    private static ParseResult Parse(string line) => LoginShell.Parse(new Session(TestTerminal.Piped().Terminal, TimeProvider.System, TestTerminal.NoLogins), CommandWords.Split(line));

    private static IEnumerable<(string Path, System.CommandLine.Command Verb)> All()
    {
        return Under("", new OsDeployCommand(new Session(TestTerminal.Piped().Terminal, TimeProvider.System, TestTerminal.NoLogins)));

        static IEnumerable<(string Path, System.CommandLine.Command Verb)> Under(string path, System.CommandLine.Command verb) =>
            verb.Subcommands.SelectMany(one => Under($"{path} {one.Name}".Trim(), one)).Prepend((path, verb));
    }
}
