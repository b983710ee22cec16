using System.Diagnostics;
using OsDeploy.Storage.Documents;

namespace OsDeploy.MachineTests.Stores;

/// <summary>A process that writes documents dies at any moment. What it acknowledged must hold.</summary>
public sealed class DocumentKillTests : IDisposable
{
    private const int Seed = 20261121;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-documents-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "data.db");

    private string Log => Path.Combine(_folder.FullName, "log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Killed_at_random_times_no_transaction_is_torn_and_none_acknowledged_is_lost()
    {
        var rounds = Full.Times(quick: 40, full: 2000);
        var random = new Random(Seed);
        var known = 0;
        for (var round = 0; round < rounds; round++)
        {
            File.Delete(Log);
            await StoreProcess.KillAsync(Log, TimeSpan.FromMilliseconds(random.Next(60, 400)), Cancel, DocumentWorker.Verb, Data, Log);
            known = Hold($"round {round} of seed {Seed}", known);
            if (known > 20_000)
            {
                Directory.EnumerateFiles(_folder.FullName).ToList().ForEach(File.Delete); // so that the last round is as quick as the first
                known = 0;
            }
        }

        Assert.True(rounds > 1000 || known > rounds, $"{known} transactions in {rounds} rounds: it was killed before it did anything");
    }

    // The process may have been killed between a commit and the note of it, which is one transaction at most.
    private int Hold(string when, int known)
    {
        try
        {
            var acknowledged = StoreLog.Read(Log).Versions.LastOrDefault(known);
            var watch = Stopwatch.StartNew();
            using var store = DocumentStore.Open(Data, [], TimeProvider.System);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"opened after {watch.Elapsed}");
            var entries = EntryJson.In(store);
            var last = DocumentWorker.Next(entries) - 1;
            Assert.InRange(last, acknowledged, acknowledged + 1);
            DocumentWorker.AssertHolds(entries, last);
            Assert.Empty(store.Check());
            return last;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{when}: {e.Message}", e);
        }
    }
}
