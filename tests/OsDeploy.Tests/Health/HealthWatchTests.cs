using Microsoft.Extensions.Logging.Abstractions;
using OsDeploy.Api.Health;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Health;
using OsDeploy.Storage.Documents;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Health;

public sealed class HealthWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DaemonClock _time = new();
    private readonly DocumentStore _documents;
    private readonly Alarms _alarms;
    private readonly HealthWatch _watch;
    private IReadOnlyList<HealthItem> _items = [];
    private int _looks;

    public HealthWatchTests()
    {
        _documents = DocumentStore.Open(_folder["documents.db"], [], _time);
        _alarms = new Alarms(_documents, _time);
        _watch = new HealthWatch(
            _ =>
            {
                _looks++;
                return Task.FromResult(new HealthReport(_time.GetUtcNow(), _items));
            },
            _alarms,
            _time,
            NullLogger<HealthWatch>.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<string> Raised => _alarms.All.Select(alarm => alarm.Id).Order(StringComparer.Ordinal);

    [Fact]
    public async Task The_last_answer_counts_for_ten_minutes()
    {
        await LookAsync(TimeSpan.Zero);
        await LookAsync(TimeSpan.FromMinutes(9));
        Assert.Equal(1, _looks);
        await LookAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task What_is_not_well_is_an_alarm_until_it_is()
    {
        await SeeAsync(("a", HealthState.Ok), ("b", HealthState.Notice), ("c", HealthState.Unknown), ("d", HealthState.Warning), ("e", HealthState.Bad));
        Assert.Equal(["health-d", "health-e"], Raised);

        await SeeAsync(("d", HealthState.Unknown), ("e", HealthState.Ok));
        Assert.Equal(["health-d"], Raised);

        await SeeAsync(("d", HealthState.Notice));
        Assert.Empty(Raised);
    }

    [Fact]
    public async Task What_somebody_has_dismissed_comes_again_when_it_gets_worse()
    {
        await SeeAsync(("d", HealthState.Warning));
        _alarms.Dismiss("health-d");

        await SeeAsync(("d", HealthState.Warning));
        await SeeAsync(("d", HealthState.Unknown));
        await SeeAsync(("d", HealthState.Warning));
        Assert.Empty(Raised);

        await SeeAsync(("d", HealthState.Bad));
        Assert.Equal(["health-d"], Raised);
    }

    [Fact]
    public async Task What_comes_back_is_an_alarm_again()
    {
        await SeeAsync(("d", HealthState.Warning));
        await SeeAsync(("d", HealthState.Ok));
        await SeeAsync(("d", HealthState.Warning));

        Assert.Equal(["health-d"], Raised);
    }

    [Fact]
    public async Task The_alarm_of_a_disk_stays_while_disks_cannot_be_asked_and_goes_with_the_disk()
    {
        await SeeAsync(("disk-sda", HealthState.Bad));
        await SeeAsync(("disks", HealthState.Unknown));
        Assert.Equal(["health-disk-sda"], Raised);

        await SeeAsync(("disk-sdb", HealthState.Ok));
        Assert.Empty(Raised);
    }

    [Fact]
    public async Task Alarms_of_others_are_left_alone()
    {
        _alarms.Raise("backup-failed", "message", "hint", host: null, job: null);
        await SeeAsync(("backup", HealthState.Ok));

        Assert.Equal(["backup-failed"], Raised);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _documents.Dispose();
        _folder.Dispose();
    }

    private async Task SeeAsync(params IEnumerable<(string Id, HealthState State)> items)
    {
        _items = [.. items.Select(item => new HealthItem(item.Id, item.State, "text", "hint"))];
        await LookAsync(TimeSpan.FromMinutes(10));
    }

    private async Task LookAsync(TimeSpan later)
    {
        _time.Pass(later);
        await _watch.CurrentAsync(Cancel);
    }
}
