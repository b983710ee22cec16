using System.Collections.Concurrent;
using OsDeploy.Api.Boot;
using OsDeploy.Boot;
using OsDeploy.Storage;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Boot;

/// <summary>
/// The client builds of this appliance, each in a folder that is named by its content and never changes. PCs load kernel and initrd of the
/// one that their script names, however often another is made current meanwhile.
/// </summary>
/// <param name="folder">Made here.</param>
/// <param name="namedBy">Who names a build in options or rules, by its id; null: nobody does.</param>
internal sealed class ClientBuilds(string folder, DocumentStore documents, BootHistory history, Func<string, string?> namedBy) : IDisposable
{
    private const string CurrentId = "current";
    private const string Unfinished = "new-";

    private readonly Collection<CurrentBuild> _current = documents.GetCollection("boot_build", BootJson.Default.CurrentBuild, build => build.Id);
    private readonly ConcurrentDictionary<string, ClientBuild> _builds = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changing = new(1);

    /// <summary>Id of the build that PCs get where nothing else is said; null: there is none.</summary>
    public string? Current => _current.FindById(CurrentId)?.Value.Build is { } id && _builds.ContainsKey(id) ? id : null;

    /// <summary>Raised after another build became current, or the first came.</summary>
    public event Action? Changed;

    /// <summary>Looks what lies in the folder. What is damaged is left out, and what an import that was cut short left is removed.</summary>
    /// <returns>Why builds were left out.</returns>
    public IReadOnlyList<string> Open()
    {
        var faults = new List<string>();
        DurableFile.CreateFolder(folder);
        foreach (var path in Directory.GetDirectories(folder))
        {
            if (Path.GetFileName(path).StartsWith(Unfinished, StringComparison.Ordinal))
            {
                Directory.Delete(path, recursive: true);
                continue;
            }

            try
            {
                var build = ClientBuild.Load(path);
                _builds[build.Id] = build;
            }
            catch (UserErrorException e)
            {
                faults.Add(e.Message);
            }
        }

        return faults;
    }

    public ClientBuild? Find(string id) => _builds.GetValueOrDefault(id);

    /// <summary>Path and length of a file that is served; null: there is no such build.</summary>
    /// <param name="name">As in <see cref="ClientBuild.FileNames"/>.</param>
    public (string Path, long Size)? FileOf(string id, string name) =>
        Find(id) is { } build && build.Files.FirstOrDefault(file => file.Name == name) is { } file ? (build.PathOf(FolderOf(id), file), file.Size) : null;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<BootBuild> List() => [.. _builds.Values.Select(ViewOf).OrderByDescending(build => build.AddedAt).ThenBy(build => build.Id, StringComparer.Ordinal)];

    /// <summary>Copies a build. Commit point: the rename of its folder.</summary>
    /// <exception cref="UserErrorException"><c>client-build-missing</c>, <c>client-build-format</c>, <c>client-build-damaged</c>, <c>disk-full</c></exception>
    public async Task<BootBuild> AddAsync(string source, int keep, CancellationToken cancel)
    {
        var build = ClientBuild.Load(source);
        await _changing.WaitAsync(cancel);
        try
        {
            if (Find(build.Id) is null)
            {
                await CopyAsync(build, source, cancel);
                _builds[build.Id] = build;
            }

            if (Current is null)
            {
                MakeCurrent(build.Id);
            }

            KeepNewest(keep);
            return ViewOf(build);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <exception cref="UserErrorException"><c>boot-build-missing</c></exception>
    public BootBuild Use(string id)
    {
        var build = Find(id) ?? throw BootErrors.BuildMissing(id);
        MakeCurrent(id);
        return ViewOf(build);
    }

    /// <exception cref="UserErrorException"><c>boot-build-missing</c>, <c>boot-build-in-use</c></exception>
    public void Delete(string id)
    {
        if (Find(id) is null)
        {
            throw BootErrors.BuildMissing(id);
        }

        if (UserOf(id) is { } user)
        {
            throw BootErrors.BuildInUse(id, user);
        }

        Remove(id);
    }

    public void Dispose() => _changing.Dispose();

    private void MakeCurrent(string id)
    {
        _current.Upsert(new CurrentBuild(CurrentId, id));
        Changed?.Invoke();
    }

    private void KeepNewest(int keep)
    {
        foreach (var old in List().Skip(keep).Where(build => build.UsedBy is null).ToList())
        {
            Remove(old.Id);
        }
    }

    // Off the list first: nobody begins to load what is about to go.
    private void Remove(string id)
    {
        _builds.TryRemove(id, out _);
        var gone = Path.Combine(folder, Unfinished + id);
        Directory.Move(FolderOf(id), gone);
        Directory.Delete(gone, recursive: true);
    }

    private string? UserOf(string id) => id == Current ? "it is the current one"
        : namedBy(id) ?? (history.BuildsUnderWay().Contains(id) ? "a computer is being started from it" : null);

    private async Task CopyAsync(ClientBuild build, string source, CancellationToken cancel)
    {
        var unfinished = Path.Combine(folder, Unfinished + Guid.NewGuid().ToString("N"));
        var loaders = Path.Combine(unfinished, ClientBuild.Loaders.TrimEnd('/'));
        Directory.CreateDirectory(loaders);
        try
        {
            foreach (var file in build.Files)
            {
                await CopyFileAsync(build.PathOf(source, file), build.PathOf(unfinished, file), cancel);
            }

            DurableFile.Write(Path.Combine(unfinished, ClientBuild.Description), build.ToBytes(), overwrite: true);
            await build.CheckAsync(unfinished, cancel); // the copy, not the original: what is served was looked at
            DurableFile.SyncFolder(loaders);
            DurableFile.SyncFolder(unfinished);
            DurableFile.Publish(unfinished, FolderOf(build.Id));
        }
        catch
        {
            Directory.Delete(unfinished, recursive: true);
            throw;
        }
    }

    private static async Task CopyFileAsync(string from, string to, CancellationToken cancel)
    {
        await using var read = File.OpenRead(from);
        await using var write = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        await read.CopyToAsync(write, cancel);
        await write.FlushAsync(cancel);
        DurableFile.Sync(write.SafeFileHandle, to);
    }

    private string FolderOf(string id) => Path.Combine(folder, id);

    private BootBuild ViewOf(ClientBuild build) => new(
        build.Id, build.KernelVersion, build.Files.Sum(file => file.Size), new DateTimeOffset(Directory.GetLastWriteTimeUtc(FolderOf(build.Id)), TimeSpan.Zero), build.Id == Current, UserOf(build.Id));
}
