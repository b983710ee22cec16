using Microsoft.Extensions.Logging.Abstractions;
using OsDeploy.Server.Appliance;
using OsDeploy.Storage.Documents;
using Xunit;

namespace OsDeploy.Tests.Appliance;

public sealed class NightlyBackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SetTime _time = new();
    private readonly DocumentStore _documents;
    private readonly Alarms _alarms;

    public NightlyBackupTests()
    {
        _documents = DocumentStore.Open(_folder["documents.db"], [], _time);
        _alarms = new Alarms(_documents, _time);
    }

    [Fact]
    public void There_is_one_copy_a_day_for_a_week_and_each_can_be_opened()
    {
        using var backup = New();
        for (var day = 0; day < 10; day++)
        {
            _alarms.Raise($"alarm-{day}", "message", "hint", host: null, job: null);
            Assert.NotNull(backup.RunIfDue());
            Assert.Null(backup.RunIfDue());
            _time.Pass(TimeSpan.FromDays(1));
        }

        var copies = Directory.GetFiles(_folder["backups"]).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(7, copies.Count);
        using var newest = DocumentStore.Open(copies[^1], [], _time);
        Assert.Equal(10, new Alarms(newest, _time).All.Count);
    }

    public void Dispose()
    {
        _documents.Dispose();
        _folder.Dispose();
    }

    private NightlyBackup New() => new(_documents, _folder["backups"], _alarms, _time, NullLogger<NightlyBackup>.Instance);
}
