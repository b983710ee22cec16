using OsDeploy.Api;
using OsDeploy.Cli.Login;
using OsDeploy.Images;

namespace OsDeploy.Cli;

/// <summary>What every verb is given: whom it talks to, what time it is, and where this person is logged in.</summary>
internal sealed record Session(Terminal Terminal, TimeProvider Clock, Logins Logins)
{
    /// <summary>Opens what <c>--store</c> names.</summary>
    /// <param name="address">Null: the store of the server this person is logged in at.</param>
    /// <exception cref="UserErrorException"><c>usage-store-needed</c>, and those of <see cref="StoreAddress.OpenAsync"/>.</exception>
    public Task<IImageStore> OpenStoreAsync(string? address, bool create, CancellationToken cancel) =>
        StoreAddress.OpenAsync(StoreOf(address), create, Clock, Logins.OptionsFor, cancel);

    /// <summary>The server a verb means: the one named, else <c>$OSDEPLOY_SERVER</c>, else the current login, else the daemon of this computer.</summary>
    /// <exception cref="UserErrorException"><c>usage-server</c></exception>
    public ServerAddress ServerOf(string? named) => ServerAddress.Parse(named ?? Preset() ?? Logins.Current?.Address ?? ServerAddress.Local.ToString());

    /// <summary>Sends nothing yet.</summary>
    /// <exception cref="UserErrorException"><c>usage-server</c></exception>
    public ServerConnection Connect(string? named)
    {
        var address = ServerOf(named).ToString();
        return new ServerConnection(address, () => Open(address));
    }

    /// <summary>For what goes on for hours: a server that is restarted meanwhile is waited for.</summary>
    public ServerConnection ConnectPatiently(string address) => new(address, () => new ApiClient(address, Clock, Logins.OptionsFor(address)));

    /// <summary>The store a verb means: the one named, else that of <c>$OSDEPLOY_SERVER</c>, else that of the current login.</summary>
    /// <exception cref="UserErrorException"><c>usage-store-needed</c>, <c>usage-server</c></exception>
    public string StoreOf(string? named)
    {
        if (named is null)
        {
            return Preset() is { } preset ? ServerAddress.Parse(preset).ToString() : Logins.Current?.Address ?? throw ServerErrors.UsageStoreNeeded();
        }

        return named.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && ServerAddress.TryParse(named, out var server) ? server.ToString() : named;
    }

    /// <summary><c>$OSDEPLOY_SERVER</c>; null if it says nothing.</summary>
    public static string? Preset() => Environment.GetEnvironmentVariable(ServerAddress.Variable) is { Length: > 0 } preset ? preset : null;

    private ApiClient Open(string address) => Logins.Find(address) is null
        ? throw ServerErrors.NotLoggedIn(address)
        : new ApiClient(address, Clock, Logins.OptionsFor(address).Once());
}
