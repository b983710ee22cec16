using System.Globalization;
using System.Text;
using Mono.Unix;
using Mono.Unix.Native;
using OsDeploy.Images.Folder;
using OsDeploy.Tests.Images;

namespace OsDeploy.MachineTests.Stores;

/// <summary>What the log of a <see cref="StoreWorker"/> says must hold.</summary>
/// <param name="Versions">Captures that were acknowledged, without deletes that were acknowledged.</param>
/// <param name="InFlight">The version whose capture or delete had begun and was not acknowledged: it may be there or not.</param>
internal sealed record StoreLog(IReadOnlyList<int> Versions, IReadOnlyList<int> InFlight, int NextNumber, IReadOnlyList<string> Errors, int? ProcessId)
{
    /// <summary>By write(2), which no test makes fail: files of .NET are written by pwrite(2).</summary>
    public static void Append(string path, string line)
    {
        var log = Syscall.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_APPEND, FilePermissions.DEFFILEMODE);
        using var stream = new UnixStream(log);
        stream.Write(Encoding.ASCII.GetBytes(line + "\n"));
    }

    public static StoreLog Read(string path)
    {
        var (versions, inFlight, errors, next) = (new List<int>(), new List<int>(), new List<string>(), 1);
        int? process = null;
        foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            var (what, value) = line.Split(' ') is [var first, var second] ? (first, second) : ("", "");
            var number = int.TryParse(value, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            switch (what)
            {
                case "capture" or "delete":
                    inFlight.Add(number);
                    versions.Remove(number);
                    next = Math.Max(next, number + 1);
                    break;
                case "next":
                    next = number;
                    break;
                case "captured":
                    inFlight.Remove(number);
                    versions.Add(number);
                    break;
                case "deleted":
                    inFlight.Remove(number);
                    break;
                case "pid":
                    process = number;
                    break;
                case "error":
                    errors.Add(value);
                    break;
            }
        }

        return new StoreLog(versions, inFlight, next, errors, process);
    }

    /// <summary>Writes down what was found, as the state the next round begins with.</summary>
    public static void Settle(string path, IEnumerable<int> versions, int nextNumber) => File.WriteAllLines(
        path, [.. versions.Select(number => $"captured {number}"), $"next {nextNumber}"]);

    /// <summary>Opens the store as the next command would and holds it to the log.</summary>
    /// <param name="alsoAllowed">Versions that may be there too.</param>
    /// <returns>The versions there are.</returns>
    public async Task<IReadOnlyList<int>> AssertHoldsAsync(string storePath, CancellationToken cancel, params IReadOnlyList<int> alsoAllowed)
    {
        await using var store = FolderImageStore.Open(storePath, create: true, TimeProvider.System);
        var known = Enumerable.Range(1, NextNumber).ToDictionary(number => StoreWorker.Version(number).Version);
        var listed = (await store.ListAsync(cancel)).Select(entry => known[entry.Version]).Order().ToList();
        Assert.Empty(Versions.Except(alsoAllowed).Except(listed));
        Assert.Empty(listed.Except(Versions).Except(InFlight).Except(alsoAllowed));
        foreach (var number in listed)
        {
            await StoreWorker.Version(number).AssertRestorableAsync(store, cancel);
        }

        Assert.Empty((await store.CheckAsync(null, new Meter(), cancel)).Faults);
        await AssertUsableAsync(store, cancel);
        return listed;
    }

    // The next capture must succeed and the next prune must leave it whole, whatever lies about.
    private static async Task AssertUsableAsync(FolderImageStore store, CancellationToken cancel)
    {
        var next = SampleImage.Of(Enumerable.Range(1000, 5), name: "next");
        await next.StoreAsync(store, cancel);
        await next.AssertRestorableAsync(store, cancel);
        await store.DeleteAsync(next.Version, cancel);
    }
}
