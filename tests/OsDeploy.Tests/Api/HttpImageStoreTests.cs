using OsDeploy.Images;
using OsDeploy.Tests.Images;

namespace OsDeploy.Tests.Api;

public sealed class HttpImageStoreTests : ImageStoreContract, IAsyncDisposable
{
    private TestAppliance? _appliance;

    public ValueTask DisposeAsync() => _appliance!.DisposeAsync();

    private protected override async Task<IImageStore> NewStoreAsync() => (_appliance = await TestAppliance.StartAsync()).Connect();
}
