using OsDeploy.Api;
using OsDeploy.Api.Moving;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Cli;

/// <summary>Backups and stores on the command line.</summary>
public sealed class MovingVerbsTests
{
    private static readonly BackupView s_view = new("old", "osdeploy 1", "a b c d", DateTimeOffset.UnixEpoch, "anna", new BackupCounts(2, 1, 1, 3, 0, 4, 2), HasKeys: true, []);
    private static readonly StagedBackup s_staged = new(new string('b', 32), s_view, "school", new BackupCounts(7, 0, 0, 0, 0, 0, 1));
    private static readonly SampleImage s_image = SampleImage.Of([1, 2, 3], "win11");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restore_shows_what_is_lost_and_asks_for_the_name_of_the_appliance()
    {
        await using var server = await RestoringAsync();

        var wrong = await server.RunAsync($"backup restore {server.Folder["b"]} --no-keys", 1, "old\n");
        Assert.False(Applied(server));
        await server.RunAsync($"backup restore {server.Folder["b"]} --no-keys", 3, "school\n");

        Assert.Contains("7 hosts", wrong.Talk, StringComparison.Ordinal);
        Assert.Contains("3 chunks that are not here", wrong.Talk, StringComparison.Ordinal);
        Assert.True(Applied(server));
    }

    [Fact]
    public async Task The_password_of_the_keys_is_asked_for_or_comes_from_a_file_and_never_from_the_command_line()
    {
        await using var server = await RestoringAsync();
        await File.WriteAllTextAsync(server.Folder["pw"], "Elf-Segel-im-Sturm\n", Cancel);

        await server.RunAsync($"backup restore {server.Folder["b"]} --password-file {server.Folder["pw"]} --yes", 3);
        Assert.Equal("Elf-Segel-im-Sturm", server.BodyOf(MovingApi.Restore).Password);
        await server.RunAsync($"backup restore {server.Folder["b"]} --yes", 3, "Zwoelf-Segel\n");
        Assert.Equal("Zwoelf-Segel", server.BodyOf(MovingApi.Restore).Password);
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_leaves_nothing_behind()
    {
        await using var server = await RestoringAsync();

        await server.RunAsync($"backup restore {server.Folder["b"]} --no-keys --dry-run");

        Assert.False(Applied(server));
        Assert.True(server.Heard(MovingApi.Drop));
    }

    [Fact]
    public async Task A_merge_lists_conflicts_and_says_so_by_its_exit_code()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(MovingApi.Stage, System.Text.Json.JsonSerializer.Serialize(s_staged, ApiJson.Default.StagedBackup));
        server.On(MovingApi.Drop, default(Nothing));
        server.On(MovingApi.Merge, order => new MergeReport(s_view, [new MergeLine("host", "pc01", MergeAction.Conflict, "it differs"), new MergeLine("room", "r1", MergeAction.Add)], order.Apply));
        await File.WriteAllTextAsync(server.Folder["b"], "bytes", Cancel);

        var seen = await server.RunAsync($"backup merge {server.Folder["b"]} --no-keys --dry-run", 3);
        Assert.DoesNotContain(server.Requests, request => request.Body.Contains("\"apply\":true", StringComparison.Ordinal));
        var json = await server.RunAsync($"backup merge {server.Folder["b"]} --no-keys --yes --json", 3);

        Assert.Contains("conflict  host  pc01  it differs", seen.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", seen.Output, StringComparison.Ordinal);
        Assert.Contains("\"isApplied\": true", json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_into_a_terminal_is_refused()
    {
        await using var server = await CannedServer.StartAsync();

        Assert.Contains("[usage-pipe-needed]", (await server.RunAsync("backup create", 2)).Talk, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_store_that_was_exported_is_a_store_and_comes_back_whole()
    {
        using var folder = new TemporaryFolder();
        var (old, other) = (SampleImage.Of([7, 8], "win11", day: 0), SampleImage.Of([9], "office", kind: ImageKind.Manual));
        await using (var from = FolderImageStore.Open(folder["from"], create: true, TimeProvider.System))
        {
            await old.StoreAsync(from, Cancel);
            await s_image.StoreAsync(from, Cancel);
            await other.StoreAsync(from, Cancel);
        }

        var first = await RunAsync($"store export {folder["usb"]} --store {folder["from"]}");
        var again = await RunAsync($"store export {folder["usb"]} --store {folder["from"]}");
        Assert.Contains("win11", await RunAsync($"image list --store {folder["usb"]}"), StringComparison.Ordinal);
        await using (var made = FolderImageStore.Open(folder["to"], create: true, TimeProvider.System))
        {
            await SampleImage.Of([5], "office-2").StoreAsync(made, Cancel);
        }

        await RunAsync($"store import {folder["usb"]} --store {folder["to"]} --image win11");

        Assert.Contains("3 versions copied", first, StringComparison.Ordinal);
        Assert.Contains("0 versions copied", again, StringComparison.Ordinal);
        await using var to = FolderImageStore.Open(folder["to"], create: false, TimeProvider.System);
        Assert.Equal([("office-2", true), ("win11", true), ("win11", false)], (await to.ListAsync(Cancel)).Select(entry => (entry.Image.ToString(), entry.IsCurrent)));
        Assert.True((await to.ListAsync(Cancel)).Single(entry => entry.Version == s_image.Version).IsCurrent);
        await s_image.AssertRestorableAsync(to, Cancel);
    }

    [Fact]
    public async Task An_import_makes_a_version_whole_that_came_by_a_backup_and_leaves_out_what_is_damaged()
    {
        using var folder = new TemporaryFolder();
        await using (var from = FolderImageStore.Open(folder["from"], create: true, TimeProvider.System))
        {
            await s_image.StoreAsync(from, Cancel);
        }

        await using (var to = FolderImageStore.Open(folder["to"], create: true, TimeProvider.System))
        {
            await SampleImage.Of([4], "win11", day: 9).StoreAsync(to, Cancel);
            Assert.Equal(3, await to.AdoptAsync(s_image.Manifest, null, [s_image.Index], Cancel));
            Assert.Equal(0, await to.AdoptAsync(s_image.Manifest, null, [s_image.Index], Cancel));
        }

        var export = await RunAsync($"store export {folder["usb"]} --store {folder["to"]}", 3);
        await RunAsync($"store import {folder["from"]} --store {folder["to"]}");

        Assert.Contains("lacks 3 chunks", export, StringComparison.Ordinal);
        await using var whole = FolderImageStore.Open(folder["to"], create: false, TimeProvider.System);
        Assert.All(await whole.ListAsync(Cancel), entry => Assert.Equal(0, entry.DamagedChunks));
        Assert.False((await whole.ListAsync(Cancel)).Single(entry => entry.Version == s_image.Version).IsCurrent);
    }

    private static async Task<string> RunAsync(string line, int exitCode = 0)
    {
        var terminal = TestTerminal.Piped();
        var code = await terminal.RunAsync(line);
        Assert.True(code == exitCode, $"{line} ended with {code}\n{terminal.Talk}\n{terminal.Output}");
        return terminal.Output;
    }

    private static bool Applied(CannedServer server) => server.Requests.Any(request => request.Body.Contains("\"apply\":true", StringComparison.Ordinal));

    private static async Task<CannedServer> RestoringAsync()
    {
        var server = await CannedServer.StartAsync();
        server.On(MovingApi.Stage, System.Text.Json.JsonSerializer.Serialize(s_staged, ApiJson.Default.StagedBackup));
        server.On(MovingApi.Drop, default(Nothing));
        server.On(MovingApi.Restore, order => new RestoreOutlook(s_staged, BackupSecrets.Lost, [new IncompleteVersion(ImageKind.Image, ImageName.Parse("win11"), s_image.Version, 3)], order.Apply));
        await File.WriteAllTextAsync(server.Folder["b"], "bytes", Cancel);
        return server;
    }
}
