using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Benchmarks.Rooms;

/// <summary>The person at the appliance.</summary>
internal sealed class RoomOperator : IAsyncDisposable
{
    private readonly string _configuration;
    private readonly ApiClient _client;
    private readonly HttpImageStore _store;

    private RoomOperator(ApplianceAccess access, string configuration, string token, TimeProvider time)
    {
        _configuration = configuration;
        _client = new ApiClient(access.Url, time, access.Options(token));
        _store = new HttpImageStore(access.Url, time, access.Options(token));
    }

    public static async Task<RoomOperator> LogInAsync(ApplianceAccess access, string configuration, TimeProvider time, CancellationToken cancel)
    {
        using var door = new ApiClient(access.Url, time, access.Options(token: null));
        var login = await door.CallAsync(AccountApi.Login, new LoginRequest(ApplianceAccess.OperatorName, access.Password), cancel);
        return new RoomOperator(access, configuration, login.Token, time);
    }

    /// <summary>What the configuration's hosts get: their disks must be able to take it.</summary>
    /// <exception cref="UserErrorException"><c>bench-image-missing</c></exception>
    public async Task<Manifest> ReadManifestAsync(CancellationToken cancel)
    {
        var image = (await _client.CallAsync(ConfigurationApi.Show, cancel, _configuration)).Configuration.Image;
        var current = (await _store.ListAsync(cancel)).FirstOrDefault(version => version.Kind == ImageKind.Image && version.Image == image && version.IsCurrent)
            ?? throw Errors.ImageMissing(image.ToString());
        return Manifest.Parse(await _store.ReadManifestAsync(current.Version, cancel));
    }

    /// <summary>Makes hosts of those that have said hello and are nobody yet.</summary>
    /// <param name="names">By their one card.</param>
    public async Task ApproveAsync(IReadOnlyDictionary<MacAddress, string> names, CancellationToken cancel)
    {
        foreach (var pending in await _client.CallAsync(HostApi.ListPending, cancel))
        {
            if (names.TryGetValue(pending.Identity.Macs[0], out var name))
            {
                await _client.CallAsync(HostApi.Approve, new Approval(Name: name, Configuration: _configuration), cancel, pending.Id);
            }
        }
    }

    public async Task<IReadOnlyList<string>> HostNamesAsync(CancellationToken cancel) =>
        [.. (await _client.AskAsync(HostApi.List, "brief=true", cancel)).Select(view => view.Host.Name.ToString())];

    /// <returns>Number of the batch.</returns>
    /// <exception cref="UserErrorException"><c>bench-hosts-refused</c></exception>
    public async Task<string> StartRestoreAsync(IReadOnlyList<string> names, JobOptions options, CancellationToken cancel)
    {
        var request = new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Restore, new HostSelection(names), options, Confirm: names.Count);
        var answer = await _client.CallAsync(JobApi.Start, request, cancel);
        var refused = answer.Hosts.Where(host => host.Obstacle is not null).ToList();
        return refused.Count > 0 ? throw Errors.HostsRefused(refused.Count, refused[0].Obstacle!.Message) : answer.Batch!;
    }

    public async Task<IReadOnlyList<Job>> JobsAsync(string batch, int count, CancellationToken cancel) =>
        [.. (await _client.AskAsync(JobApi.List, string.Create(CultureInfo.InvariantCulture, $"batch={batch}&count={count}"), cancel)).Select(view => view.Job)];

    public Task<IReadOnlyList<JobPulse>> ProgressAsync(CancellationToken cancel) => _client.CallAsync(JobApi.ListProgress, cancel);

    public Task<IReadOnlyList<JobLogLine>> LogAsync(Job job, CancellationToken cancel) => _client.CallAsync(JobApi.Log, cancel, job.Id);

    /// <summary>What the links of the room carry: a card that is made of nothing does not know.</summary>
    public async Task LimitStreamsAsync(long bytesPerSecond, CancellationToken cancel)
    {
        var settings = await _client.CallAsync(CarouselApi.Settings, cancel);
        await _client.CallAsync(CarouselApi.ChangeSettings, settings with { MostBytesPerSecond = bytesPerSecond }, cancel);
    }

    /// <returns>The first one of the batch; null: nobody has asked for one yet.</returns>
    public async Task<CarouselView?> CarouselAsync(string batch, CancellationToken cancel) =>
        (await _client.CallAsync(CarouselApi.List, cancel)).LastOrDefault(view => view.Batch == batch);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _store.DisposeAsync();
    }
}
