using OsDeploy.Cli;
using OsDeploy.Cli.Verbs;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class CommandLineTests
{
    public static TheoryData<string> Examples => [.. Verbs().SelectMany(verb => verb.Examples)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_of_the_help_is_understood(string example)
    {
        var parsed = Root().Parse(example.Split('|')[0]);

        Assert.Empty(parsed.Errors);
    }

    [Fact]
    public void Every_verb_has_an_example_that_shows_itself() => Assert.All(Verbs(), verb =>
        Assert.Contains(verb.Examples, example => Root().Parse(example.Split('|')[0]).CommandResult.Command.Name == verb.Name));

    [Fact]
    public void Every_option_and_argument_is_explained() => Assert.All(Verbs(), verb =>
    {
        Assert.All(verb.Options, option => Assert.NotEmpty(option.Description ?? ""));
        Assert.All(verb.Arguments, argument => Assert.NotEmpty(argument.Description ?? ""));
    });

    [Fact]
    public async Task Help_ends_with_examples_and_code_0()
    {
        var terminal = TestTerminal.Piped();

        Assert.Equal(0, await terminal.RunAsync("restore --help"));
        Assert.Contains("Examples:\n  osdeploy restore /dev/sda --store", terminal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("disk")]
    [InlineData("restore")]
    [InlineData("restroe /dev/sdb")]
    [InlineData("capture disk.img --store s --image i --level 20")]
    [InlineData("capture disk.img --store s --image i --partitions a")]
    [InlineData("restore disk.img --store s --image i --table-only --partitions 1 --yes")]
    [InlineData("manual restore disk.img 3 --store s --name n --with-table --yes")]
    [InlineData("manual restore disk.img --store s --name n --yes")]
    [InlineData("manual restore disk.img c --store s --name n --yes")]
    [InlineData("image undelete lab --store s")]
    [InlineData("restore disk.img --store s --image i@12 --yes")]
    [InlineData("restore disk.img --store s --image i --require-signature /nonexistent --yes")]
    [InlineData("login --pin 12 school-server --user anna --password-file /nonexistent")]
    [InlineData("login school-server/store")]
    [InlineData("login school-server --user anna")]
    [InlineData("host list --pending --room r101")]
    [InlineData("host list --server ftp://x")]
    [InlineData("host add --room r101")]
    [InlineData("host add --mac 12:34")]
    [InlineData("host add --mac 52:54:00:12:34:56 --mac 52:54:00:12:34:57 --name pc1")]
    [InlineData("host set pc1")]
    [InlineData("host set pc1 --blocked maybe")]
    [InlineData("host set pc1 --partition 1")]
    [InlineData("host approve 3f2a --as pc1 --room r101")]
    [InlineData("room set r101")]
    [InlineData("config add win11 --partition x:os=Win11")]
    [InlineData("config add win11 --type toaster")]
    [InlineData("config add win11 --keep -1")]
    [InlineData("config add win11 --store school-server")]
    [InlineData("config set win11")]
    [InlineData("config set win11 --no-store --store a --store-pin b --store-token-file c")]
    [InlineData("job start explode pc1")]
    [InlineData("job start capture")]
    [InlineData("job start capture pc1 --at yesterday")]
    [InlineData("job start capture pc1 --partitions x")]
    [InlineData("job start restore pc1 --verify none")]
    [InlineData("job start restore pc1 --yes --count 0")]
    [InlineData("job list --count 1001")]
    [InlineData("job cancel")]
    [InlineData("job retry 42 --batch 12")]
    [InlineData("job disk 42")]
    [InlineData("user add tom")]
    [InlineData("user add tom --role root")]
    [InlineData("user add tom --role admin")]
    [InlineData("user set tom")]
    [InlineData("user set tom --room r101 --no-rooms")]
    [InlineData("audit --count 0")]
    [InlineData("image list")]
    public async Task What_is_not_understood_ends_with_code_2_and_a_hint(string commandLine)
    {
        var terminal = TestTerminal.Piped();

        Assert.Equal(2, await terminal.RunAsync(commandLine));
        Assert.Matches(@"^[^\n]+   \[usage-[a-z-]+\]\n[^\n]+\n", terminal.Talk);
        Assert.Empty(terminal.Output);
    }

    [Theory]
    [InlineData("erase disk.img")]
    [InlineData("restore disk.img --store s --image i")]
    [InlineData("manual restore disk.img 3 --store s --name n")]
    [InlineData("manual delete --store s --name n")]
    [InlineData("image delete i --store s")]
    [InlineData("image prune --store s --now")]
    [InlineData("host delete pc1")]
    [InlineData("room delete r101")]
    [InlineData("config delete win11")]
    [InlineData("user delete tom")]
    [InlineData("job start restore pc1")]
    [InlineData("job start manual-restore pc1 --partitions 3 --name office-c")]
    [InlineData("job start erase pc1")]
    public async Task A_destructive_verb_with_nobody_to_ask_wants_yes(string commandLine)
    {
        var terminal = TestTerminal.Piped();

        Assert.Equal(2, await terminal.RunAsync(commandLine));
        Assert.Contains("[usage-yes-needed]", terminal.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_is_not_there_ends_with_code_1()
    {
        var terminal = TestTerminal.Piped();

        Assert.Equal(1, await terminal.RunAsync("disk inspect /nonexistent/disk.img"));
        Assert.Empty(terminal.Output);
    }

    [Fact]
    public async Task A_cancelled_run_ends_with_code_130()
    {
        var terminal = TestTerminal.Piped();

        Assert.Equal(130, await terminal.RunUntilAsync("disk list", new CancellationToken(canceled: true)));
        Assert.Equal("Cancelled.\n", terminal.Talk);
    }

    private static OsDeployCommand Root() => new(new Session(TestTerminal.Piped().Terminal, TimeProvider.System, TestTerminal.NoLogins));

    private static IEnumerable<Verb> Verbs() => Descendants(Root()).OfType<Verb>();

    private static IEnumerable<System.CommandLine.Command> Descendants(System.CommandLine.Command command) =>
        command.Subcommands.SelectMany(child => Descendants(child).Prepend(child));
}
