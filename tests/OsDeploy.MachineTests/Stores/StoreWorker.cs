using System.Globalization;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Tests.Images;

namespace OsDeploy.MachineTests.Stores;

/// <summary>
/// A process that captures, deletes and prunes in a store until it is killed, and notes in a log what it is about to do and what has
/// been acknowledged. Version n of its image follows from n alone.
/// </summary>
internal static class StoreWorker
{
    public const string Verb = "store-worker";

    /// <summary>Does each kind of work once and ends.</summary>
    public const string OneRound = "once";

    public static SampleImage Version(int number) =>
        SampleImage.Of(Enumerable.Range(number * 12 % 60, 20 + (number % 25)), day: number);

    /// <summary>Runs on one thread of the pool, so that the n-th system call is the same in every run.</summary>
    public static Task<int> RunAsync(string store, string log, string seed) => Task.Run(async () =>
    {
        StoreLog.Append(log, $"pid {Environment.ProcessId}");
        try
        {
            var worker = new Worker(log);
            await (seed == OneRound ? worker.DoOneRoundAsync(store) : worker.WorkAsync(store, new Random(int.Parse(seed, CultureInfo.InvariantCulture))));
            return 0;
        }
        catch (UserErrorException e)
        {
            StoreLog.Append(log, $"error {e.Code}");
            return 1;
        }
    });

    private sealed class Worker(string logPath)
    {
        private readonly List<int> _captured = [.. StoreLog.Read(logPath).Versions];
        private int _next = StoreLog.Read(logPath).NextNumber;

        public async Task DoOneRoundAsync(string path)
        {
            await using var store = FolderImageStore.Open(path, create: true, TimeProvider.System);
            await CaptureAsync(store);
            await DeleteAsync(store, _captured[0]);
            await PruneAsync(store);
            await CaptureAsync(store);
        }

        public async Task WorkAsync(string path, Random random)
        {
            while (true)
            {
                await using var store = FolderImageStore.Open(path, create: true, TimeProvider.System);
                for (var i = 0; i < 4; i++)
                {
                    switch (random.Next(_captured.Count > 6 ? 4 : 6))
                    {
                        case 0 when _captured.Count > 1:
                            await DeleteAsync(store, _captured[random.Next(_captured.Count)]);
                            break;
                        case 1 or 2:
                            await PruneAsync(store);
                            break;
                        default:
                            await CaptureAsync(store);
                            break;
                    }
                }
            }
        }

        private async Task CaptureAsync(FolderImageStore store)
        {
            var number = _next++;
            Note("capture", number);
            var image = Version(number);
            await using var lease = await store.BeginCaptureAsync(ImageKind.Image, image.Name, CancellationToken.None);
            await image.WriteChunksAsync(store.Chunks, CancellationToken.None);
            await lease.WriteIndexAsync(image.Index, CancellationToken.None);
            var missing = await lease.CommitAsync(image.Manifest, null, makeCurrent: true, CancellationToken.None);
            if (missing.Count > 0)
            {
                throw new InvalidOperationException("The store forgot what it was just given.");
            }

            Note("captured", number);
            _captured.Add(number);
        }

        private async Task DeleteAsync(FolderImageStore store, int number)
        {
            Note("delete", number);
            await store.DeleteAsync(Version(number).Version, CancellationToken.None);
            Note("deleted", number);
            _captured.Remove(number);
        }

        private async Task PruneAsync(FolderImageStore store)
        {
            Note("prune", 0);
            await store.PruneAsync(new PruneOptions(Now: true, DryRun: false), CancellationToken.None);
            Note("pruned", 0);
        }

        private void Note(string what, int number) => StoreLog.Append(logPath, $"{what} {number}");
    }
}
