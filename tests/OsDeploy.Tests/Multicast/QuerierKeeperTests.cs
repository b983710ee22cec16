using Microsoft.Extensions.Logging.Abstractions;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Helper;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Multicast;
using OsDeploy.Storage.Documents;
using OsDeploy.Tests.Accounts;
using OsDeploy.Tests.Boot;
using Xunit;

namespace OsDeploy.Tests.Multicast;

public sealed class QuerierKeeperTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TwoClocks _time = new();
    private readonly DocumentStore _documents;
    private readonly Alarms _alarms;
    private readonly MulticastSettingsBook _book;
    private readonly QuerierKeeper _keeper;
    private string? _served = "eth0";

    public QuerierKeeperTests()
    {
        _documents = DocumentStore.Open(_folder["documents.db"], [], _time);
        (_alarms, _book) = (new Alarms(_documents, _time), new MulticastSettingsBook(_documents));
        _keeper = new QuerierKeeper(_book, () => _served, new HelperClient(_folder["helper.sock"], TimeProvider.System), _alarms, _time, NullLogger<QuerierKeeper>.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _keeper.Dispose();
        _documents.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_helper_is_told_what_changes_and_reminded_of_what_holds()
    {
        await using var helper = new StubHelper(_folder["helper.sock"]);
        var expected = new List<HelperRequest>();
        async Task TellAsync(MulticastSettings settings, params HelperRequest[] told)
        {
            _book.Write(settings, _ => { });
            await _keeper.TellAsync(Cancel);
            expected.AddRange(told);
            Assert.Equal(expected, helper.Requests);
        }

        await TellAsync(new MulticastSettings());
        await TellAsync(new MulticastSettings(Querier: true), new MulticastQuerierRequest("eth0", On: true));
        await TellAsync(new MulticastSettings(Querier: true));
        _time.Pass(TimeSpan.FromMinutes(6));
        await TellAsync(new MulticastSettings(Querier: true), new MulticastQuerierRequest("eth0", On: true));
        await TellAsync(new MulticastSettings(Interface: "eth1", Querier: true), new MulticastQuerierRequest("eth0", On: false), new MulticastQuerierRequest("eth1", On: true));
        await TellAsync(new MulticastSettings(MulticastMode.Broadcast, "eth1", Querier: true), new MulticastQuerierRequest("eth1", On: false));
        _served = null;
        await TellAsync(new MulticastSettings(Querier: true));
        Assert.Empty(_alarms.All);
    }

    [Fact]
    public async Task A_helper_that_does_not_answer_is_an_alarm_until_it_does()
    {
        await _keeper.TellAsync(Cancel);
        Assert.Empty(_alarms.All);
        _book.Write(new MulticastSettings(Querier: true), _ => { });

        await _keeper.TellAsync(Cancel);
        Assert.Contains("--querier off", Assert.Single(_alarms.All).Hint, StringComparison.Ordinal);

        await using var helper = new StubHelper(_folder["helper.sock"]);
        await _keeper.TellAsync(Cancel);
        Assert.Empty(_alarms.All);
        Assert.Equal([new MulticastQuerierRequest("eth0", On: true)], helper.Requests);
    }
}
