using System.Net.Mail;
using Microsoft.Extensions.Logging;
using OsDeploy.Api.Notifications;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Hosting;
using OsDeploy.Server.Jobs;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Notifications;

/// <summary>
/// Tells people of new alarms and ended batches: a line in the log at once, and within a quarter of a minute a message each way that is set.
/// Who raises an alarm never waits for it.
/// </summary>
internal sealed partial class Notifier : PeriodicWork
{
    private const string FailedAlarm = "notifications-failed";
    private const int RememberedBatches = 500;

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    /// <summary>An alarm that comes and goes is told once in so long.</summary>
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(1);

    private readonly string _appliance;
    private readonly NotificationBook _book;
    private readonly Alarms _alarms;
    private readonly JobBoard _board;
    private readonly TimeProvider _time;
    private readonly ILogger<Notifier> _log;
    private readonly NoticeWebhook _webhook = new();
    private readonly Outbox _mails;
    private readonly Outbox _posts;
    private readonly DateTimeOffset _startedAt;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _known;
    private readonly Dictionary<string, long> _told = [];
    private readonly Queue<string> _batches = new();

    /// <param name="appliance">Its name.</param>
    public Notifier(string appliance, NotificationBook book, Alarms alarms, JobBoard board, DocumentStore documents, TimeProvider time, ILogger<Notifier> log)
        : base(s_tick, time, log)
    {
        (_appliance, _book, _alarms, _board, _time, _log) = (appliance, book, alarms, board, time, log);
        (_mails, _posts, _startedAt) = (new Outbox(time), new Outbox(time), time.GetUtcNow());
        _known = [.. alarms.All.Select(alarm => alarm.Id)];
        documents.Changed += (_, change) => Hear(change);
    }

    /// <summary>What waits, both ways.</summary>
    internal int Waiting => _mails.Count + _posts.Count;

    /// <summary>Sends what is due.</summary>
    internal async Task SendAsync(CancellationToken cancel)
    {
        if (Waiting == 0)
        {
            return;
        }

        var settings = _book.Current;
        var faults = await Task.WhenAll(
            DeliverAsync(_mails, "mail", settings.Mail is { } mail ? (notices, deadline) => NoticeMail.SendAsync(mail, _appliance, notices, deadline) : null, cancel),
            DeliverAsync(_posts, "webhook", settings.Webhook is { } hook ? (notices, deadline) => _webhook.SendAsync(hook, DocumentOf(notices), deadline) : null, cancel));
        Judge(faults.OfType<Delivery>().ToList());
    }

    /// <summary>Tells everybody now, whatever waits.</summary>
    public async Task<NotificationTest> TestAsync(string by, CancellationToken cancel)
    {
        var settings = _book.Current;
        IReadOnlyList<Notice> notices = [Notice.OfTest(_time.GetUtcNow(), by)];
        var ways = new List<Task<NotificationWay>>();
        if (settings.Mail is { } mail)
        {
            ways.Add(TryAsync("mail", deadline => NoticeMail.SendAsync(mail, _appliance, notices, deadline), cancel));
        }

        if (settings.Webhook is { } hook)
        {
            ways.Add(TryAsync("webhook", deadline => _webhook.SendAsync(hook, DocumentOf(notices), deadline), cancel));
        }

        return new NotificationTest(await Task.WhenAll(ways));
    }

    public override void Dispose()
    {
        _webhook.Dispose();
        base.Dispose();
    }

    protected override Task RunAsync(CancellationToken stopping) => SendAsync(stopping);

    // Within the call that has changed something, after it is durable: nothing here waits for anybody.
    private void Hear(DocumentChange change)
    {
        try
        {
            Take(change);
        }
        catch (UserErrorException e)
        {
            LogNotHeard(_log, e.Message); // documents that cannot be read are an alarm of their own
        }
    }

    private void Take(DocumentChange change)
    {
        switch (change)
        {
            case { Collection: "alarm", IsDeleted: true }:
                lock (_gate)
                {
                    _known.Remove(change.Id);
                }

                break;
            case { Collection: "alarm" } when IsNews(change.Id) && _alarms.Find(change.Id) is { } alarm:
                Tell(Notice.Of(alarm), isSent: alarm.Code != FailedAlarm);
                break;
            case { Collection: "batch", IsDeleted: false } when _board.FindBatch(change.Id) is { EndedAt: { } ended } batch && ended >= _startedAt && IsFirst(batch.Id):
                Tell(Notice.Of(batch, _board.OfBatch(batch.Id)), isSent: true);
                break;
        }
    }

    private bool IsNews(string alarm)
    {
        lock (_gate)
        {
            if (!_known.Add(alarm) || (_told.TryGetValue(alarm, out var at) && _time.GetElapsedTime(at) < s_again))
            {
                return false;
            }

            foreach (var old in _told.Where(one => _time.GetElapsedTime(one.Value) >= s_again).Select(one => one.Key).ToList())
            {
                _told.Remove(old);
            }

            _told[alarm] = _time.GetTimestamp();
            return true;
        }
    }

    // A batch is written again after its end: its hooks are noted in it.
    private bool IsFirst(string batch)
    {
        lock (_gate)
        {
            if (_batches.Contains(batch))
            {
                return false;
            }

            _batches.Enqueue(batch);
            if (_batches.Count > RememberedBatches)
            {
                _batches.Dequeue();
            }

            return true;
        }
    }

    // That nothing can be sent is not sent.
    private void Tell(Notice notice, bool isSent)
    {
        LogNotice(_log, notice.Kind, notice.Id, notice.Text);
        if (isSent)
        {
            _mails.Put(notice);
            _posts.Put(notice);
        }
    }

    private async Task<Delivery?> DeliverAsync(Outbox outbox, string way, Func<IReadOnlyList<Notice>, CancellationToken, Task>? send, CancellationToken cancel)
    {
        if (send is null)
        {
            outbox.Clear();
            return null;
        }

        if (outbox.Due() is not { Count: > 0 } notices)
        {
            return null;
        }

        var result = await TryAsync(way, deadline => send(notices, deadline), cancel);
        if (result.Why is null)
        {
            outbox.Sent(notices);
        }
        else
        {
            outbox.Failed();
        }

        return new Delivery(way, result.Why);
    }

    private async Task<NotificationWay> TryAsync(string way, Func<CancellationToken, Task> send, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(s_deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            await send(either.Token);
            return new NotificationWay(way, null);
        }
        catch (Exception e) when (e is SmtpException or HttpRequestException or IOException or InvalidOperationException or System.Security.Authentication.AuthenticationException or FormatException)
        {
            return new NotificationWay(way, Printable.Of(e.InnerException is { Message: { Length: > 0 } inner } && inner != e.Message ? $"{e.Message} {inner}" : e.Message, 300));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new NotificationWay(way, "it did not answer in time");
        }
    }

    private void Judge(IReadOnlyList<Delivery> deliveries)
    {
        if (deliveries.FirstOrDefault(one => one.Why is not null) is { } failed)
        {
            if (_alarms.Find(FailedAlarm) is null)
            {
                _alarms.Raise(FailedAlarm, $"Notifications by {failed.Way} do not arrive: {failed.Why}", "`osdeploy appliance notifications --test` tries it; they are tried again for an hour.", host: null, job: null);
            }
        }
        else if (deliveries.Count > 0 && _alarms.Find(FailedAlarm) is not null)
        {
            _alarms.Dismiss(FailedAlarm);
        }
    }

    private WebhookDocument DocumentOf(IReadOnlyList<Notice> notices) => new(_appliance, _time.GetUtcNow(), notices);

    [LoggerMessage(LogLevel.Information, "{Kind} {Id}: {Text}")]
    private static partial void LogNotice(ILogger log, string kind, string id, string text);

    [LoggerMessage(LogLevel.Warning, "A change was not told to anybody: {Why}")]
    private static partial void LogNotHeard(ILogger log, string why);

    private sealed record Delivery(string Way, string? Why);
}
