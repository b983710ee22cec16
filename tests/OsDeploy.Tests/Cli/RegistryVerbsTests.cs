using System.Text;
using System.Text.Json;
using OsDeploy.Tests.Windows;
using OsDeploy.Windows;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class RegistryVerbsTests : IDisposable
{
    private const string Software = @"HKEY_LOCAL_MACHINE\SOFTWARE";

    private readonly TemporaryFolder _folder = new();

    private string Windows => _folder["c"];

    private string Hive => _folder["c/WINDOWS/system32/Config/software"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_merge_shows_each_change_asks_and_writes()
    {
        var file = Prepare("[" + Software + "\\School]\r\n\"room\"=\"r102\"\r\n\"seats\"=dword:1e\r\n\"old\"=-\r\n@=hex:01,02\r\n");
        WindowsRegistry.OfFolder(Windows).Apply([new($@"{Software}\School", false, [new("old", RegistryType.Texts, [.. Encoding.Unicode.GetBytes("a\0b\0\0")])])]);

        var declined = TestTerminal.Answering("d\n");
        Assert.Equal(1, await declined.RunAsync($"registry merge {file} --windows {Windows}"));
        Assert.Null(WindowsRegistry.OfFolder(Windows).Read($@"{Software}\School", "room"));
        var confirmed = TestTerminal.Answering("c\n");
        Assert.Equal(0, await confirmed.RunAsync($"registry merge {file} --windows {Windows}"));

        Assert.StartsWith(Software + "\\School\n  room: (none) -> \"r102\"\n  seats: (none) -> 30 (0x1e)\n  old: \"a\", \"b\" -> (none)\n  (default): (none) -> 01 02 (2 bytes, type 3)\nType c to go on:", confirmed.Talk, StringComparison.Ordinal);
        Assert.Equal("Made 4 changes.\n", confirmed.Output);
        Assert.Equal("It is all there already; nothing was written.\n", await OutputAsync($"registry merge {file} --windows {Windows} --yes"));
    }

    [Fact]
    public async Task A_dry_run_shows_what_would_change_and_writes_nothing()
    {
        var file = Prepare("[" + Software + "\\School]\r\n\"room\"=\"r102\"\r\n");
        var before = await File.ReadAllBytesAsync(Hive, TestContext.Current.CancellationToken);

        var output = await OutputAsync($"registry merge {file} --windows {Windows} --dry-run");

        Assert.Equal(Software + "\\School  (new)\n  room: (none) -> \"r102\"\nIt would make 2 changes; nothing was written.\n", output);
        Assert.Equal(before, await File.ReadAllBytesAsync(Hive, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Scripts_get_the_changes_as_JSON()
    {
        var file = Prepare("[" + Software + "\\School]\r\n\"room\"=\"r\"\r\n\"odd\"=hex(99):01\r\n");

        var json = JsonDocument.Parse(await OutputAsync($@"registry merge {file} --hive {Hive} --root {Software} --yes --json")).RootElement;

        Assert.True(json.GetProperty("isWritten").GetBoolean());
        var change = json.GetProperty("changes")[1];
        Assert.Equal(["key", "valueName", "before", "after"], change.EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"type":"Text","bytes":"cgAAAA=="}""", JsonSerializer.Serialize(change.GetProperty("after")));
    }

    [Fact]
    public async Task What_is_exported_is_merged_elsewhere_as_the_same()
    {
        var file = Prepare("[" + Software + "\\School\\Räume]\r\n\"größe\"=\"1\\\\2\"\r\n");
        await OutputAsync($"registry merge {file} --windows {Windows} --yes");
        var (exported, other) = (_folder["out.reg"], MinimalHive.Write(_folder["OTHER"]));

        Assert.Equal($"Wrote 2 keys to {exported}.\n", await OutputAsync($@"registry export {Software}\School {exported} --windows {Windows}"));
        Assert.Contains("[file-exists]", await TalkAsync($@"registry export {Software}\School {exported} --windows {Windows}", 1), StringComparison.Ordinal);
        await OutputAsync($"registry merge {exported} --hive {other} --root {Software} --yes");

        Assert.Equal("1\\2\0", Encoding.Unicode.GetString(WindowsRegistry.OfHive(other, Software).Read($@"{Software}\School\Räume", "größe")!.Bytes));
    }

    [Theory]
    [InlineData("registry merge {0}", 2, "usage-registry")]
    [InlineData("registry merge {0} --windows {1} --hive {2} --root HKEY_USERS\\x --yes", 2, "usage-registry")]
    [InlineData("registry merge {0} --hive {2} --yes", 2, "usage-registry")]
    [InlineData("registry merge {0} --windows {1}", 2, "usage-yes-needed")]
    [InlineData("registry merge {2} --windows {1} --yes", 1, "registry-file")]
    [InlineData("registry export HKEY_LOCAL_MACHINE\\SOFTWARE\\Absent x.reg --windows {1}", 1, "registry-key")]
    [InlineData("registry export HKEY_LOCAL_MACHINE\\SYSTEM x.reg --windows {1}", 1, "registry-key")]
    public async Task What_cannot_be_done_is_said(string commandLine, int code, string error)
    {
        var file = Prepare("[" + Software + "\\School]\r\n");

        Assert.Contains($"[{error}]", await TalkAsync(string.Format(null, commandLine, file, Windows, Hive), code), StringComparison.Ordinal);
    }

    private static async Task<string> OutputAsync(string commandLine)
    {
        var terminal = TestTerminal.Piped();
        Assert.True(await terminal.RunAsync(commandLine) == 0, terminal.Talk);
        return terminal.Output;
    }

    private static async Task<string> TalkAsync(string commandLine, int code)
    {
        var terminal = TestTerminal.Piped();
        Assert.Equal(code, await terminal.RunAsync(commandLine));
        return terminal.Talk;
    }

    // Large and small letters as some Windows left them.
    private string Prepare(string text)
    {
        MinimalHive.Write(Hive);
        var file = _folder["school.reg"];
        File.WriteAllText(file, "Windows Registry Editor Version 5.00\r\n\r\n" + text, Encoding.Unicode);
        return file;
    }
}
