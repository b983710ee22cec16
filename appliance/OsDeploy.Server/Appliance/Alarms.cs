using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Appliance;

/// <summary>What an operator must look at, until somebody has. The same thing about the same host is one alarm, with the time of the last.</summary>
internal sealed class Alarms(DocumentStore documents, TimeProvider time)
{
    private const int Most = 200;

    private readonly Collection<Alarm> _alarms = documents.GetCollection("alarm", ApiJson.Default.Alarm, alarm => alarm.Id);

    public IReadOnlyList<Alarm> All => [.. _alarms.FindAll().Select(alarm => alarm.Value).OrderByDescending(alarm => alarm.At)];

    public Alarm? Find(string id) => _alarms.FindById(id)?.Value;

    /// <param name="host">Id of the host; null: the appliance itself.</param>
    public void Raise(string code, string message, string hint, string? host, string? job) => documents.Transact(() =>
    {
        var id = host is null ? code : $"{code}-{host}";
        foreach (var old in All.Where(alarm => alarm.Id != id).Skip(Most - 1))
        {
            _alarms.Delete(old.Id);
        }

        _alarms.Upsert(new Alarm(id, time.GetUtcNow(), code, Printable.Of(message, 500), hint, host, job));
    });

    /// <summary>Takes it off the list: somebody has looked, or its cause is gone.</summary>
    public bool Dismiss(string id) => _alarms.Delete(id);
}
