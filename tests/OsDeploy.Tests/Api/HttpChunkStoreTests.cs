using OsDeploy.Images;
using OsDeploy.Tests.Chunks;

namespace OsDeploy.Tests.Api;

public sealed class HttpChunkStoreTests : ChunkStoreContract, IAsyncDisposable
{
    private TestAppliance? _appliance;

    public ValueTask DisposeAsync() => _appliance!.DisposeAsync();

    private protected override async Task<IImageStore> NewStoreAsync() => (_appliance = await TestAppliance.StartAsync()).Connect();
}
