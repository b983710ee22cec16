using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Tests.Chunks;

public sealed class FolderChunkStoreTests : ChunkStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override Task<IImageStore> NewStoreAsync() =>
        Task.FromResult<IImageStore>(FolderImageStore.Open(_folder["store"], create: true, TimeProvider.System));
}
