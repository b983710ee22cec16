using OsDeploy.Api;

namespace OsDeploy.MachineTests.Daemons;

/// <summary>The daemon dies at any moment while several programs ask it for things. What it acknowledged must hold.</summary>
public sealed class DaemonKillTests : IDisposable
{
    private const int Seed = 20261121;
    private const int Clients = 4;

    private static readonly TimeSpan s_readyWithin = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-daemon-");
    private readonly Random _random = new(Seed);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Killed_at_random_times_it_loses_nothing_that_it_acknowledged()
    {
        var rounds = Full.Times(quick: 25, full: 2000);
        var known = Enumerable.Range(1, Clients).Select(number => new KnownHosts(number, new Random(Seed + number))).ToList();
        string? token = null;
        for (var round = 0; round < rounds; round++)
        {
            try
            {
                await using var daemon = await DaemonProgram.StartAsync(_folder.FullName);
                Assert.True(daemon.ReadyAfter < s_readyWithin, $"ready after {daemon.ReadyAfter}");

                // A session lives for twelve hours, and through every kill.
                token ??= await daemon.LoginAsync();
                await HoldAsync(daemon, token, known);
                await WorkAndKillAsync(daemon, token, known);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Round {round} of seed {Seed}: {e.Message}", e);
            }

            if (round % 5 == 4)
            {
                await DaemonProgram.StartAndKillAsync(_folder.FullName, TimeSpan.FromMilliseconds(_random.Next(20, 300)));
            }
        }

        await using var last = await DaemonProgram.StartAsync(_folder.FullName);
        await HoldAsync(last, token!, known);
        Assert.All(known, one => Assert.True(one.Acknowledged > rounds, $"only {one.Acknowledged} in {rounds} rounds: it was killed before it did anything"));
    }

    private static async Task HoldAsync(DaemonProgram daemon, string token, List<KnownHosts> known)
    {
        using var api = daemon.As(token);
        var hosts = await api.CallAsync(HostApi.List, Cancel);
        var batches = await api.AskAsync(JobApi.ListBatches, "count=1000", Cancel);
        known.ForEach(one => one.Hold(hosts, batches));
        Assert.Null((await api.AskAsync(AccountApi.Audit, "check=true", Cancel)).BrokenAt);
    }

    // One of the clients kills it right after its own answer: the others are at any point of theirs.
    private async Task WorkAndKillAsync(DaemonProgram daemon, string token, List<KnownHosts> known)
    {
        var left = _random.Next(1, 80);
        await Task.WhenAll(known.Select(async one =>
        {
            using var api = daemon.As(token);
            try
            {
                while (true)
                {
                    await one.StepAsync(api, Cancel);
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        daemon.Kill();
                    }
                }
            }
            catch (UserErrorException e) when (e.Code == "store-unreachable" && Volatile.Read(ref left) <= 0)
            {
                // It is dead, as it should be.
            }
        }));
    }
}
