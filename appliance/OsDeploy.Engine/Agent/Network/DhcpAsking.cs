namespace OsDeploy.Agent.Network;

/// <summary>A card asks for an address, and keeps it while this lives.</summary>
internal sealed class DhcpAsking : IAsyncDisposable
{
    internal const string Folder = "/run/osdeploy";

    private readonly CancellationTokenSource _stop = new();
    private readonly string _file;
    private readonly Task _asking;

    private DhcpAsking(string card, string script)
    {
        _file = Path.Combine(Folder, card + ".lease");
        Directory.CreateDirectory(Folder);
        File.Delete(_file);

        // It never ends by itself: after five questions without an answer it pauses, then asks again.
        _asking = new Command("udhcpc", "-f", "-i", card, "-s", script, "-t", "5", "-T", "2", "-A", "3")
            .WithDeadline(Timeout.InfiniteTimeSpan).Accepting(_ => true).RunAsync(_stop.Token);
    }

    public bool HasEnded => _asking.IsCompleted;

    /// <summary>Null: there is none now.</summary>
    public Lease? Lease
    {
        get
        {
            try
            {
                return Network.Lease.TryParse(File.ReadAllText(_file));
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    public static DhcpAsking Begin(string card, string script) => new(card, script);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _asking;
        }
        catch (OperationCanceledException)
        {
            // That was wanted.
        }
        catch (UserErrorException)
        {
            // It could not be started; whoever waits for its lease has seen that there is none.
        }

        _stop.Dispose();
        File.Delete(_file);
    }
}
