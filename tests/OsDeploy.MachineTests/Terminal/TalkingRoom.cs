using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;

namespace OsDeploy.MachineTests.Terminal;

/// <summary>Hosts that talk, registered and with a job each.</summary>
internal sealed class TalkingRoom : IDisposable
{
    private readonly List<TalkingHost> _hosts;

    private TalkingRoom(List<TalkingHost> hosts) => _hosts = hosts;

    public IReadOnlyList<TalkingHost> Hosts => _hosts;

    /// <param name="person">Whoever registers them and starts their jobs.</param>
    /// <param name="first">Number of the first.</param>
    public static async Task<TalkingRoom> OpenAsync(int first, int count, ApiClient person, Func<string, ApiClient> connect, CancellationToken cancel)
    {
        var room = new TalkingRoom([.. Enumerable.Range(first, count).Select(number => new TalkingHost(number, connect))]);
        var names = room.Hosts.ToDictionary(host => host.Mac, host => host.Name);
        await Task.WhenAll(room.Hosts.Select(host => host.SayHelloAsync(cancel)));
        foreach (var pending in (await person.CallAsync(HostApi.ListPending, cancel)).Where(pending => names.ContainsKey(pending.Identity.Macs[0])))
        {
            await person.CallAsync(HostApi.Approve, new Approval(Name: names[pending.Identity.Macs[0]]), cancel, pending.Id);
        }

        var request = new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Hold, new HostSelection([.. names.Values]), new JobOptions(), Confirm: count);
        await person.CallAsync(JobApi.Start, request, cancel);
        await Task.WhenAll(room.Hosts.Select(host => host.TakeJobAsync(cancel)));
        return room;
    }

    /// <summary>All report, each after every pause, until it is cancelled.</summary>
    public Task WorkAsync(TimeSpan pause, CancellationToken stop) => Task.WhenAll(_hosts.Select(host => host.WorkAsync(pause, stop)));

    public void Dispose() => _hosts.ForEach(host => host.Dispose());
}
