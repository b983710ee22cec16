using Microsoft.AspNetCore.Builder;
using OsDeploy.Api;
using OsDeploy.Images.Folder;

namespace OsDeploy.Tests.Api;

/// <summary>A store in a folder behind a real server, that can be killed and started again.</summary>
internal sealed class TestAppliance : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TimeProvider _time;
    private readonly Action<WebApplication>? _before;
    private StoreServer? _server;

    private TestAppliance(TimeProvider time, Action<WebApplication>? before)
    {
        (_time, _before) = (time, before);
        Store = Open();
    }

    public WatchedStore Store { get; private set; }

    public int Port { get; private set; }

    public string Url { get; private set; } = "";

    /// <param name="time">Clock of the leases.</param>
    /// <param name="before">Middleware a test puts before the store.</param>
    public static async Task<TestAppliance> StartAsync(TimeProvider? time = null, Action<WebApplication>? before = null)
    {
        var appliance = new TestAppliance(time ?? TimeProvider.System, before);
        await appliance.ServeAsync();
        return appliance;
    }

    public HttpImageStore Connect(TimeProvider? time = null) => new(Url, time ?? TimeProvider.System, new ConnectionOptions());

    /// <summary>Open requests break, leases and packs stay as they lie.</summary>
    public async Task KillAsync()
    {
        await _server!.DisposeAsync();
        await Store.DisposeAsync();
        _server = null;
    }

    public Task StartAgainAsync()
    {
        Store = Open();
        return ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await KillAsync();
        }

        _folder.Dispose();
    }

    private async Task ServeAsync()
    {
        _server = await StoreServer.StartAsync(
            app =>
            {
                _before?.Invoke(app);
                app.MapStore(Store);
            },
            Port,
            _time);
        (Port, Url) = (_server.Port, _server.Url);
    }

    private WatchedStore Open() => new(FolderImageStore.Open(_folder["store"], create: true, TimeProvider.System));
}
