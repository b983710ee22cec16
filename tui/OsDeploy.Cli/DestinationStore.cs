using OsDeploy.Api;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Cli;

/// <summary>The store that a capture or a copy writes to. A folder becomes one, and that is said: its disk may not be mounted.</summary>
internal static class DestinationStore
{
    /// <exception cref="UserErrorException">Those of <see cref="StoreAddress.OpenAsync"/> but for <c>store-missing</c>.</exception>
    public static async Task<IImageStore> OpenAsync(Session session, string? address, CancellationToken cancel)
    {
        try
        {
            return await session.OpenStoreAsync(address, create: false, cancel);
        }
        catch (UserErrorException e) when (e.Code == "store-missing" && address is not null)
        {
            return await MakeAsync(session, address, cancel);
        }
    }

    private static async Task<IImageStore> MakeAsync(Session session, string folder, CancellationToken cancel)
    {
        var store = await session.OpenStoreAsync(folder, create: true, cancel);
        try
        {
            var device = await DeviceOfAsync(store.Address, cancel);
            var free = Sizes.Of(await store.FreeBytesAsync(cancel));
            await session.Terminal.Talk.WriteLineAsync($"Made a new store in {Printable.Of(store.Address)} (on {Printable.Of(device)}, {free} free).");
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private static async Task<string> DeviceOfAsync(string folder, CancellationToken cancel)
    {
        var mount = new Command("findmnt", "--noheadings", "--first-only", "--output", "SOURCE", "--target", folder);
        var source = (await mount.Accepting(_ => true).RunAsync(cancel)).Output.Trim();
        return source.Length > 0 ? source : "an unknown device";
    }
}
