using System.Collections.Concurrent;
using System.Threading.Channels;
using OsDeploy.Api.Appliance;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Appliance;

/// <summary>
/// Tells subscribers that something changed. They read the thing itself, so an event that a slow one misses costs nothing but a later
/// look: its queue drops the oldest.
/// </summary>
internal sealed class EventHub
{
    /// <summary>Consoles, screens and scripts at once.</summary>
    public const int MaxSubscribers = 200;

    private const int Remembered = 1000;
    private const int QueueLength = 500;

    private static readonly Dictionary<string, string> s_kinds = new()
    {
        ["host"] = "host",
        ["host_joining"] = "host",
        ["pending"] = "pending",
        ["room"] = "room",
        ["configuration"] = "configuration",
        ["job"] = "job",
        ["batch"] = "batch",
        ["alarm"] = "alarm",
        ["boot"] = "boot",
        ["boot_build"] = "boot",
        ["boot_start"] = "boot",
    };

    private readonly Lock _gate = new();
    private readonly Queue<Event> _recent = new();
    private readonly ConcurrentDictionary<Channel<Event>, bool> _subscribers = new();
    private long _number;

    public EventHub(DocumentStore documents) => documents.Changed += (_, change) =>
    {
        if (s_kinds.TryGetValue(change.Collection, out var kind))
        {
            Publish(kind, change.Id, change.IsDeleted);
        }
    };

    public void Publish(string kind, string id, bool isDeleted = false)
    {
        lock (_gate)
        {
            var one = new Event(++_number, kind, id, isDeleted);
            _recent.Enqueue(one);
            if (_recent.Count > Remembered)
            {
                _recent.Dequeue();
            }

            foreach (var subscriber in _subscribers.Keys)
            {
                subscriber.Writer.TryWrite(one);
            }
        }
    }

    /// <param name="after">Number of the last event seen; those after it that are still remembered come first. Null: only what comes.</param>
    /// <returns>Null if there are too many subscribers.</returns>
    public Channel<Event>? Subscribe(long? after)
    {
        var channel = Channel.CreateBounded<Event>(new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            if (_subscribers.Count >= MaxSubscribers)
            {
                return null;
            }

            foreach (var missed in _recent.Where(one => one.Number > after))
            {
                channel.Writer.TryWrite(missed);
            }

            _subscribers[channel] = true;
            return channel;
        }
    }

    public void Unsubscribe(Channel<Event> channel) => _subscribers.TryRemove(channel, out _);
}
