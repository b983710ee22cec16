using System.Text;
using System.Text.Json;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Tests.Api;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Cli;

/// <summary>The verbs that need a store and no disk, as command lines.</summary>
public sealed class StoreVerbsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Store => _folder["store"];

    private string Other => _folder["other"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_store_that_is_made_is_announced_with_its_device_and_room()
    {
        await KeepAsync(SampleImage.Of([1, 2]), SampleImage.Of([2, 3], day: 2));

        var first = await RunAsync($"image export lab --store {Store} --to {Other}");
        var second = await RunAsync($"image export lab --store {Store} --to {Other}");

        Assert.Matches($@"^Made a new store in {Other} \(on \S.*, \S+ \S+ free\)\.\n", first.Talk);
        Assert.DoesNotContain("Made", second.Talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image export nonsense --store {0} --to {1}")]
    [InlineData("image import lab@123456 --from {0} --store {1}")]
    public async Task A_mistyped_image_leaves_no_empty_store(string commandLine)
    {
        await KeepAsync(SampleImage.Of([1]));

        var terminal = TestTerminal.Piped();
        Assert.Equal(1, await terminal.RunAsync(string.Format(null, commandLine, Store, Other)));

        Assert.False(Path.Exists(Other));
    }

    [Fact]
    public async Task What_became_of_a_version_is_printed_as_JSON()
    {
        var (older, newer) = (SampleImage.Of([1, 2]), SampleImage.Of([2, 3], day: 2));
        await KeepAsync(older, newer);
        var key = _folder["key.pem"];
        await File.WriteAllTextAsync(key, ManifestSignature.NewKey().PrivateKey, TestContext.Current.CancellationToken);

        Assert.Equal(older.Version.ToString(), await VersionInJsonAsync($"image current lab@{older.Version.Short} --store {Store} --json"));
        Assert.Equal(older.Version.ToString(), await VersionInJsonAsync($"image sign lab --store {Store} --key {key} --json"));
        Assert.Equal(newer.Version.ToString(), await VersionInJsonAsync($"image delete lab@{newer.Version.Short} --store {Store} --yes --json"));
    }

    [Fact]
    public async Task A_deleted_version_comes_back_by_its_first_digits()
    {
        var (older, newer) = (SampleImage.Of([1, 2]), SampleImage.Of([2, 3], day: 2));
        await KeepAsync(older, newer);
        await RunAsync($"image delete lab@{older.Version.Short} --store {Store} --yes");
        await RunAsync($"image delete lab@{newer.Version.Short} --store {Store} --yes");

        var undelete = await RunAsync($"image undelete {older.Version.Short} --store {Store}");
        var unknown = TestTerminal.Piped();

        Assert.Equal($"lab@{older.Version.Short} is back, as the current version.\n", undelete.Output);
        Assert.Equal(1, await unknown.RunAsync($"image undelete 000000 --store {Store}"));
        Assert.Contains($"These can come back: {newer.Version}.", unknown.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_is_found_among_the_manual_ones_only()
    {
        var backup = SampleImage.Of([1, 2], name: "office-c", kind: ImageKind.Manual);
        await KeepAsync(backup);

        await RunAsync($"image current office-c --manual --store {Store}");
        await RunAsync($"image check office-c --manual --store {Store}");
        await RunAsync($"image export office-c --manual --store {Store} --to {Other}");
        var show = await RunAsync($"image show office-c --manual --store {Other} --json");

        Assert.Equal(backup.Version, VersionId.Of(Encoding.UTF8.GetBytes(show.Output)));
        Assert.Equal(1, await TestTerminal.Piped().RunAsync($"image show office-c --store {Store}"));
    }

    [Fact]
    public async Task A_store_is_checked_through_its_server()
    {
        await using var appliance = await TestAppliance.StartAsync();
        await SampleImage.Of([1, 2, 3]).StoreAsync(appliance.Store, TestContext.Current.CancellationToken);

        var check = await RunAsync($"image check lab --store {appliance.Url}");

        Assert.StartsWith("Checked 3 chunks", check.Output, StringComparison.Ordinal);
    }

    private static async Task<string?> VersionInJsonAsync(string commandLine)
    {
        using var json = JsonDocument.Parse((await RunAsync(commandLine)).Output);
        return json.RootElement.GetProperty("version").GetString();
    }

    /// <returns>The terminal after a run that ended well.</returns>
    private static async Task<TestTerminal> RunAsync(string commandLine)
    {
        var terminal = TestTerminal.Piped();
        Assert.True(await terminal.RunAsync(commandLine) == 0, terminal.Talk);
        return terminal;
    }

    private async Task KeepAsync(params IEnumerable<SampleImage> images)
    {
        await using var store = FolderImageStore.Open(Store, create: true, TimeProvider.System);
        foreach (var image in images)
        {
            await image.StoreAsync(store, TestContext.Current.CancellationToken);
        }
    }
}
