using OsDeploy.Images.Folder;
using OsDeploy.Tests.Images;

namespace OsDeploy.MachineTests.Stores;

public sealed class WriteProtectedStoreTests
{
    public WriteProtectedStoreTests() => Root.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_on_write_protected_media_can_be_restored_from()
    {
        await using var disk = await TestVolume.InMemoryAsync(4 << 20);
        var image = SampleImage.Of(Enumerable.Range(0, 20));
        await using (var store = FolderImageStore.Open(disk["store"], create: true, TimeProvider.System))
        {
            await image.StoreAsync(store, Cancel);
        }

        await new Command("mount", "-o", "remount,ro", disk.Folder).RunAsync(Cancel);
        await using var protectedStore = FolderImageStore.Open(disk["store"], create: false, TimeProvider.System);
        await image.AssertRestorableAsync(protectedStore, Cancel);
    }
}
