using System.Text;
using OsDeploy.Storage;

namespace OsDeploy.Images.Folder;

/// <summary>
/// Who works in a store: everybody shares <c>lock</c>, a prune has it alone; a server owns <c>daemon.lock</c> and command lines
/// keep out (Chunks/FORMAT.md section 7).
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileLock? _daemon;
    private readonly FileLock _shared;

    /// <param name="daemonUrl">The address of the server that opens the store; null for a command line.</param>
    /// <exception cref="UserErrorException"><c>store-busy</c>, <c>store-has-daemon</c></exception>
    public StoreLock(StoreFolder folder, string? daemonUrl)
    {
        if (daemonUrl is null)
        {
            RefuseBesideDaemon(folder);
        }
        else
        {
            _daemon = FileLock.TryOwn(folder.DaemonLock) ?? throw Errors.StoreBusy(folder.Root, "another server has it, or a command is just opening it");
            DurableFile.Write(folder.DaemonUrl, Encoding.UTF8.GetBytes(daemonUrl + "\n"), overwrite: true);
        }

        var shared = FileLock.TryShare(folder.Lock);
        if (shared is null)
        {
            _daemon?.Dispose();
            throw Errors.StoreBusy(folder.Root, "it is being pruned");
        }

        _shared = shared;
    }

    /// <exception cref="IOException">Another process took the store for itself meanwhile.</exception>
    public bool TryOwn() => _shared.TryUpgrade();

    /// <exception cref="IOException">Another process took the store for itself meanwhile.</exception>
    public void Share() => _shared.Downgrade();

    public void Dispose()
    {
        _shared.Dispose();
        _daemon?.Dispose();
    }

    private static void RefuseBesideDaemon(StoreFolder folder)
    {
        using var daemon = FileLock.TryShare(folder.DaemonLock);
        if (daemon is null)
        {
            throw Errors.StoreHasDaemon(folder.Root, File.Exists(folder.DaemonUrl) ? File.ReadAllText(folder.DaemonUrl).Trim() : "");
        }
    }
}
