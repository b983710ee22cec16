using OsDeploy.Api;
using OsDeploy.Cli.Login;
using OsDeploy.Images;

namespace OsDeploy.Cli;

/// <summary>What every verb is given: whom it talks to, what time it is, and where this person is logged in.</summary>
internal sealed record Session(Terminal Terminal, TimeProvider Clock, Logins Logins)
{
    /// <summary>Opens what <c>--store</c> names.</summary>
    /// <exception cref="UserErrorException">Those of <see cref="StoreAddress.OpenAsync"/>.</exception>
    public Task<IImageStore> OpenStoreAsync(string address, bool create, CancellationToken cancel) =>
        StoreAddress.OpenAsync(address, create, Clock, Logins.OptionsFor, cancel);
}
