using System.Globalization;
using System.Text;
using OsDeploy.ImageBuilder.Tree;
using Xunit;

namespace OsDeploy.Tests.ImageBuilder;

public sealed class ClientTreeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SourceTree _source;

    public ClientTreeTests()
    {
        Directory.CreateDirectory(_folder["usr/bin"]);
        Directory.CreateDirectory(_folder["etc"]);
        File.WriteAllText(_folder["usr/bin/tool-1"], "one");
        File.SetUnixFileMode(_folder["usr/bin/tool-1"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(_folder["usr/data"], "data");
        File.CreateSymbolicLink(_folder["bin"], "usr/bin");
        File.CreateSymbolicLink(_folder["usr/bin/tool"], "/etc/choice");
        File.CreateSymbolicLink(_folder["etc/choice"], "../usr/bin/tool-1");
        File.CreateSymbolicLink(_folder["etc/passwd"], "/../../../../../../etc/passwd");
        File.CreateSymbolicLink(_folder["etc/round"], "round");
        _source = new SourceTree(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bin/tool", "usr/bin/tool-1")]
    [InlineData("/bin/../bin/tool", "usr/bin/tool-1")]
    [InlineData("usr/data", "usr/data")]
    [InlineData("usr/none", null)]
    [InlineData("etc/round", null)]
    [InlineData("../../../../usr/data", "usr/data")]
    public void Links_are_followed_inside(string path, string? found) => Assert.Equal(found, _source.Resolve(path));

    [Fact]
    public void A_link_never_leads_to_this_computer() => Assert.NotEqual("etc/passwd", _source.Resolve("etc/passwd") is { } path && File.Exists(_source.FullPath(path)) ? File.ReadAllText(_source.FullPath(path)) : "etc/none");

    [Fact]
    public void A_program_comes_with_the_links_that_lead_to_it()
    {
        var tree = new ClientTree(_source);
        Assert.True(tree.TryTake("bin/tool"));
        Assert.False(tree.TryTake("bin/none"));
        Assert.Equal(["etc", "etc/choice", "usr", "usr/bin", "usr/bin/tool", "usr/bin/tool-1"], tree.Entries.Keys);
        Assert.Equal(new Entry.Link("/etc/choice"), tree.Entries["usr/bin/tool"]);
        Assert.True(Assert.IsType<Entry.Copied>(tree.Entries["usr/bin/tool-1"]).IsProgram);
    }

    [Fact]
    public async Task The_archive_has_names_in_order_everything_of_root_and_no_time()
    {
        var entries = Read(await PackAsync());
        Assert.Equal(["dev", "dev/console", "etc", "etc/choice", "usr", "usr/bin", "usr/bin/tool", "usr/bin/tool-1", "usr/data", "TRAILER!!!"], entries.Select(entry => entry.Name));
        Assert.Equal(
            ["40755", "20600", "40755", "120777", "40755", "40755", "120777", "100755", "100644", "0"],
            entries.Select(entry => Convert.ToString(entry.Fields[1], 8)));
        Assert.All(entries, entry => Assert.Equal([0, 0, 0], [entry.Fields[2], entry.Fields[3], entry.Fields[5]]));
        Assert.Equal((5, 1), (entries[1].Fields[9], entries[1].Fields[10]));
        Assert.Equal(("../usr/bin/tool-1", "one", "data"), (entries[3].Content, entries[7].Content, entries[8].Content));
    }

    [Fact]
    public async Task The_same_tree_gives_the_same_bytes_whatever_the_clock_says()
    {
        var first = await PackAsync();
        File.SetLastWriteTimeUtc(_folder["usr/data"], new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(first, await PackAsync());
        await File.WriteAllTextAsync(_folder["usr/data"], "atad", TestContext.Current.CancellationToken);
        Assert.NotEqual(first, await PackAsync());
    }

    private async Task<byte[]> PackAsync()
    {
        var tree = new ClientTree(_source);
        tree.TryTake("usr/data");
        tree.TryTake("usr/bin/tool");
        tree.Put("dev/console", new Entry.Device(5, 1));
        using var output = new MemoryStream();
        await Cpio.WriteAsync(tree, output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    private static List<(string Name, int[] Fields, string Content)> Read(byte[] archive)
    {
        var entries = new List<(string, int[], string)>();
        for (var at = 0; at < archive.Length;)
        {
            Assert.Equal("070701", Encoding.ASCII.GetString(archive, at, 6));
            var fields = Enumerable.Range(0, 13).Select(i => int.Parse(Encoding.ASCII.GetString(archive, at + 6 + (i * 8), 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            var name = Encoding.UTF8.GetString(archive, at + 110, fields[11] - 1);
            at = (at + 110 + fields[11] + 3) / 4 * 4;
            entries.Add((name, fields, Encoding.UTF8.GetString(archive, at, fields[6])));
            at = (at + fields[6] + 3) / 4 * 4;
        }

        return entries;
    }
}
