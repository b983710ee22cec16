using OsDeploy.Images.Folder;
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
