using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OsDeploy.Api;
using OsDeploy.Server.Moving;
using OsDeploy.SetUp;

namespace OsDeploy.Server.Hosting;

/// <summary>
/// The running appliance: documents, store, and the listeners. It is opened first (nothing listens), and serves once it has an operator.
/// </summary>
internal sealed class Daemon : IAsyncDisposable
{
    private readonly Parts _parts;
    private readonly DaemonOptions _options;
    private readonly WebApplication _app;
    private readonly ServiceManager _manager;
    private readonly Watchdog? _watchdog;
    private readonly List<BackgroundService> _background = [];

    private Daemon(DaemonOptions options, Parts parts, WebApplication app, TimeProvider time)
    {
        (_options, _parts, _app, _manager) = (options, parts, app, ServiceManager.OfEnvironment(Environment.GetEnvironmentVariable));
        _watchdog = _manager.Watch is { } watch ? new Watchdog(_manager, options.SocketPath, watch, time, app.Services.GetRequiredService<ILogger<Watchdog>>()) : null;
    }

    /// <summary>Nobody can log in yet: nothing may listen.</summary>
    public bool NeedsFirstOperator => _parts.Operators.List().Count == 0;

    public ServerKey Key => _parts.Key.Fingerprint;

    /// <summary>Where HTTPS is served, once it is.</summary>
    public IReadOnlyList<string> Addresses => _parts.Name.Addresses;

    /// <summary>Where boot files are served, once they are.</summary>
    public IReadOnlyList<string> BootAddresses => _parts.Name.BootAddresses;

    /// <summary>Opens everything that is kept, and listens nowhere.</summary>
    /// <exception cref="UserErrorException"><c>data-in-use</c>, <c>data-damaged</c>, <c>data-too-new</c>, <c>appliance-key-damaged</c>, and those of the store.</exception>
    public static Daemon Open(DaemonOptions options, TimeProvider time, Action<ILoggingBuilder> logging)
    {
        PrivateFolder.Ensure(options.Data);
        var restore = new PendingRestore(options.Data);
        restore.Finish();
        try
        {
            return OpenAsItIs(options, time, logging);
        }
        catch (UserErrorException e) when (restore.IsUnproved)
        {
            restore.TakeBack();
            var daemon = OpenAsItIs(options, time, logging);
            daemon._parts.SayTakenBack(e);
            return daemon;
        }
    }

    private static Daemon OpenAsItIs(DaemonOptions options, TimeProvider time, Action<ILoggingBuilder> logging)
    {
        foreach (var leftover in Directory.GetFiles(options.Data, BackupMaker.CopyPrefix + "*"))
        {
            File.Delete(leftover);
        }

        var key = ApplianceKey.Open(Path.Combine(options.Data, "appliance.key"));
        var app = WebHost.Build(options, key.Certificate, time, logging);
        Parts? parts = null;
        try
        {
            parts = Parts.Open(options, key, time, app.Services.GetRequiredService<ILoggerFactory>(), app.Lifetime.StopApplication, app.Lifetime.ApplicationStopping);
            app.Use(parts.Boot.Pages.RunAsync);
            parts.Gate.Map(app, ApiTable.All);
            if (options.MirrorsOperators)
            {
                parts.Gate.MapLocal(app, LocalApi.All);
            }

            return new Daemon(options, parts, app, time);
        }
        catch
        {
            parts?.Dispose();
            key.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the settings of a new appliance. Before its first operator: with one, nobody is asked for them again.</summary>
    /// <param name="by">Who that is, or will be.</param>
    /// <exception cref="UserErrorException">Those of the settings.</exception>
    public void Take(FirstSettings settings, string by) => _parts.Take(settings, by);

    /// <exception cref="UserErrorException">Those of a new account.</exception>
    public Task AddFirstOperatorAsync(string name, string password, CancellationToken cancel) => _parts.Operators.AddFirstAsync(name, password, cancel);

    /// <summary>Whoever sets up an appliance whose set-up was cut short is the administrator that was made then, and proves it.</summary>
    /// <exception cref="UserErrorException"><c>set-up-by-another</c></exception>
    public async Task RequireAdministratorAsync(string name, string password, CancellationToken cancel)
    {
        if (!await _parts.Operators.IsAdministratorAsync(name, password, cancel))
        {
            throw HostingErrors.SetUpByAnother(_parts.Operators.Table.All.Where(account => account.IsEnabledAdmin).Select(account => account.Name));
        }
    }

    /// <summary>Begins to serve.</summary>
    /// <exception cref="UserErrorException"><c>first-operator-missing</c>, <c>cannot-listen</c></exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        if (NeedsFirstOperator)
        {
            throw HostingErrors.NoFirstOperator();
        }

        File.Delete(_options.SocketPath); // what a killed daemon left; the lock of the documents says that none runs
        try
        {
            await _app.StartAsync(cancel);
        }
        catch (IOException e)
        {
            throw HostingErrors.CannotListen(string.Join(", ", _options.Listen.Concat(_options.Boot)), e);
        }

        File.SetUnixFileMode(
            _options.SocketPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        _parts.Name.Addresses = [.. addresses.Where(address => address.StartsWith("https:", StringComparison.Ordinal))];
        _parts.Name.BootAddresses = [.. addresses.Where(address => address.StartsWith("http:", StringComparison.Ordinal) && !address.StartsWith("http://unix:", StringComparison.Ordinal))];
        await _parts.Settings.TakeBackLeftAsync(cancel);
        await _parts.Boot.StartAsync(cancel);
        foreach (var service in _parts.Background.Concat(_watchdog is null ? [] : [_watchdog]))
        {
            await service.StartAsync(cancel);
            _background.Add(service);
        }

        new PendingRestore(_options.Data).Prove();
        _manager.SayReady();
    }

    /// <summary>Waits until the daemon is told to stop.</summary>
    public Task WaitAsync(CancellationToken cancel) => _app.WaitForShutdownAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _background)
        {
            await service.StopAsync(CancellationToken.None);
        }

        // Requests under way are broken off: whoever sent them asks again.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        await _parts.CloseAsync();
        _watchdog?.Dispose();
        File.Delete(_options.SocketPath);
    }
}
