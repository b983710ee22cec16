using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Mono.Unix.Native;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Helper;
using OsDeploy.Api.Jobs;
using OsDeploy.Helper.Health;
using OsDeploy.Server.Health;
using OsDeploy.Tests.Boot;
using OsDeploy.Tests.Cli;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Health;

public sealed class SupportBundleTests
{
    private static readonly string[] s_parts =
    [
        "versions.txt", "status.json", "health.json", "boot-state.json", "boot-settings.json", "network.json", "jobs.json", "batches.json", "audit.json",
        "documents.txt", "disks.txt", "partitions.txt", "mounts.txt", "memory.txt", "sockets.txt", "packages.txt", "journal.txt",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_holds_what_somebody_needs_who_looks_for_a_fault()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var journal = HelperProtocol.JournalOf(daemon.HelperSocket);
        await using var helper = new StubHelper(daemon.HelperSocket)
        {
            Answer = request =>
            {
                if (request is JournalRequest)
                {
                    new JournalFile(journal, Syscall.geteuid()).Write("what the system said\n"u8.ToArray());
                }

                return request is DiskHealthRequest ? HelperAnswer.Healthy([new DiskHealth("sda", "A disk", 1 << 30, IsVirtual: false)]) : HelperAnswer.Done;
            },
        };
        await daemon.AddHostAsync(1, "pc01");
        await daemon.StartJobAsync(JobKind.Hold, "pc01");

        var files = await FilesOfAsync(daemon, daemon.Token);

        Assert.Equal(s_parts, files.Keys);
        Assert.Equal("what the system said\n", files["journal.txt"]);
        Assert.False(File.Exists(journal));
        Assert.Contains("pc01", files["jobs.json"], StringComparison.Ordinal);
        Assert.Contains("support-bundle", files["audit.json"], StringComparison.Ordinal);
        Assert.Contains("disk-sda", files["health.json"], StringComparison.Ordinal);
        Assert.Matches(@"(?m)^host 1 \d+$", files["documents.txt"]);
        Assert.Contains("MemTotal", files["memory.txt"], StringComparison.Ordinal);
        Assert.Contains("[appliance-settings-none]", files["network.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_had_says_why_and_the_rest_is_there()
    {
        await using var daemon = await TestDaemon.StartAsync();

        var files = await FilesOfAsync(daemon, daemon.Token);

        Assert.Equal(s_parts, files.Keys);
        Assert.Contains("[helper-missing]", files["journal.txt"], StringComparison.Ordinal);
        Assert.Contains("[helper-missing]", files["disks.txt"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_administrators_get_it()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var viewer = await daemon.AddOperatorAsync("vera", Role.Viewer);

        Assert.Equal(403, (await daemon.SendAsync(HealthApi.SupportBundle, viewer)).Status);
    }

    [Fact]
    public async Task The_command_writes_a_file_or_into_a_pipe()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HealthApi.SupportBundle, "bundle");
        var file = server.Folder["b.tar.gz"];

        Assert.StartsWith("Wrote ", (await server.RunAsync($"appliance support-bundle {file}")).Output, StringComparison.Ordinal);
        Assert.Contains("[file-exists]", (await server.RunAsync($"appliance support-bundle {file}", 1)).Talk, StringComparison.Ordinal);
        var piped = await server.RunAsync("appliance support-bundle -");

        Assert.Equal("bundle", await File.ReadAllTextAsync(file, Cancel));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(("bundle", ""), (Encoding.UTF8.GetString(piped.Bytes), piped.Output));
    }

    [Fact]
    public void The_journal_is_cut_at_its_beginning_and_between_lines()
    {
        Assert.Equal("a\nb\n"u8.ToArray(), JournalFile.EndOf("a\nb\n"));
        var line = new string('é', 500) + "\n";
        var end = JournalFile.EndOf("the oldest\n" + string.Concat(Enumerable.Repeat(line, 5000)));

        Assert.InRange(end.Length, JournalFile.Most - 2000, JournalFile.Most);
        Assert.Equal(0, end.Length % Encoding.UTF8.GetByteCount(line));
    }

    [Fact]
    public void The_journal_is_laid_down_anew_and_no_link_is_followed()
    {
        using var folder = new TemporaryFolder();
        var (path, other) = (folder["journal"], folder["other"]);
        File.WriteAllText(other, "untouched");
        File.CreateSymbolicLink(path, other);

        new JournalFile(path, Syscall.geteuid()).Write("first"u8.ToArray());
        new JournalFile(path, Syscall.geteuid()).Write("second"u8.ToArray());

        Assert.Equal(("untouched", "second"), (File.ReadAllText(other), File.ReadAllText(path)));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(path));
        Assert.Equal("journal-not-written", Assert.Throws<UserErrorException>(() => new JournalFile(folder["none/journal"], 0).Write([])).Code);
    }

    [Fact]
    public void Packages_are_read_out_of_dpkgs_own_file() => Assert.Equal(
        ["bash 5.2.37-2", "zstd 1.5.7"],
        SupportParts.PackagesIn("Package: zstd\nStatus: install ok installed\nVersion: 1.5.7\n\nPackage: bash\nDescription: a\n Package: b\nVersion: 5.2.37-2\n\n\n"));

    /// <summary>What is in a bundle, by the name of its file.</summary>
    internal static async Task<Dictionary<string, string>> FilesOfAsync(TestDaemon daemon, string token)
    {
        using var packed = new MemoryStream((await daemon.SendAsync(HealthApi.SupportBundle, token)).Body);
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        await using var tar = new TarReader(unpacked);
        var files = new Dictionary<string, string>();
        while (await tar.GetNextEntryAsync(copyData: true, Cancel) is { } entry)
        {
            using var content = new StreamReader(entry.DataStream ?? Stream.Null);
            files.Add(entry.Name["osdeploy-support/".Length..], await content.ReadToEndAsync(Cancel));
        }

        return files;
    }
}
