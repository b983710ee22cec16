using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OsDeploy.Api.Notifications;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Jobs;
using OsDeploy.Server.Notifications;
using OsDeploy.Storage.Documents;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Notifications;

public sealed class NotifierTests : IDisposable
{
    private const string Key = "canary-key-of-sixteen";

    private static readonly string[] s_receivers = ["it@school.example", "boss@school.example"];

    private readonly TemporaryFolder _folder = new();
    private readonly DaemonClock _time = new();
    private readonly DocumentStore _documents;
    private readonly Alarms _alarms;
    private readonly NotificationBook _book;
    private readonly JobBoard _board;
    private readonly Notifier _notifier;

    public NotifierTests()
    {
        _documents = DocumentStore.Open(_folder["documents.db"], [], _time);
        _alarms = new Alarms(_documents, _time);
        _alarms.Raise("old", "An alarm of yesterday.", "hint", host: null, job: null);
        _book = new NotificationBook(_documents, text => "sealed:" + text, text => text["sealed:".Length..]);
        _board = new JobBoard(_documents, _time);
        _notifier = new Notifier("school", _book, _alarms, _board, _documents, _time, NullLogger<Notifier>.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_alarms_are_one_mail_to_all_and_are_sent_once()
    {
        await using var server = new MailServer();
        Tell(MailTo(server));
        Raise("disk-full", "The disk is full, übervoll.");
        Raise("backup-failed", "No copy.");
        Raise("backup-failed", "Still no copy.");

        await _notifier.SendAsync(Cancel);
        await _notifier.SendAsync(Cancel);

        var mail = Assert.Single(server.Mails);
        Assert.Contains("<osdeploy@school.example>", mail.From, StringComparison.Ordinal);
        Assert.Equal(["RCPT TO:<it@school.example>", "RCPT TO:<boss@school.example>"], mail.To);
        Assert.Contains("Subject: [school] 2 messages", mail.Headers);
        Assert.Contains("The disk is full, übervoll.\n", mail.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("[backup-failed]", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("yesterday", mail.Text, StringComparison.Ordinal);
        Assert.Equal(0, _notifier.Waiting);
    }

    [Fact]
    public async Task A_user_is_named_to_the_server_that_asks()
    {
        await using var server = new MailServer();
        Tell(MailTo(server) with { User = "osdeploy", Password = "canary-mail" });
        Raise("a", "An alarm.");

        await _notifier.SendAsync(Cancel);

        Assert.Single(server.Mails);
        Assert.Contains(Convert.ToBase64String("canary-mail"u8), server.Heard);
    }

    [Fact]
    public async Task Encryption_that_was_asked_for_is_not_gone_without()
    {
        await using var plain = new MailServer();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=other", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
        await using var stranger = new MailServer(certificate);
        foreach (var server in new[] { plain, stranger })
        {
            Tell(MailTo(server) with { StartTls = true, User = "osdeploy", Password = "canary-mail" });

            var test = await _notifier.TestAsync("operator:anna", Cancel);

            Assert.NotNull(Assert.Single(test.Ways).Why);
            Assert.Empty(server.Mails);
            Assert.DoesNotContain(server.Heard, line => line.StartsWith("AUTH", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
        }

        Assert.Contains("STARTTLS", stranger.Heard);
    }

    [Theory]
    [InlineData("x\r\nBcc: evil@example.org\r\n\r\nbody")]
    [InlineData("x\nBcc: evil@example.org")]
    [InlineData("x\r.\r\nMAIL FROM:<evil@example.org>")]
    [InlineData("\u2028Bcc: evil@example.org\u0085Bcc: evil@example.org\0")]
    [InlineData("\r\n.\r\nRCPT TO:<evil@example.org>\r\n")]
    public async Task No_alarm_can_write_a_header_or_a_command(string text)
    {
        await using var server = new MailServer();
        Tell(MailTo(server));
        var usual = await HeadersAsync(server, "harmless", "An alarm.");
        var hostile = await HeadersAsync(server, "hostile", text);

        Assert.Equal(usual, hostile);
        Assert.Equal(2, server.Mails.Count);
        Assert.DoesNotContain(server.Heard, line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase) || line.StartsWith("RCPT TO:<evil", StringComparison.Ordinal) || line.StartsWith("MAIL FROM:<evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_webhook_gets_a_document_that_is_signed()
    {
        await using var hook = await HookServer.StartAsync();
        _ = _book.Write(new NotificationSettings(Webhook: new WebhookSettings(hook.Url, Key)), _ => { });
        Raise("disk-full", "The disk is\nfull.");

        await _notifier.SendAsync(Cancel);

        var (body, said) = Assert.Single(hook.Posts);
        Assert.Equal("POST application/json sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), body)), said);
        using var document = JsonDocument.Parse(body);
        Assert.Equal("school", document.RootElement.GetProperty("appliance").GetString());
        var notice = Assert.Single(document.RootElement.GetProperty("notices").EnumerateArray());
        Assert.Equal(("alarm", "disk-full", "The disk is?full."), (notice.GetProperty("kind").GetString(), notice.GetProperty("id").GetString(), notice.GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(302)]
    [InlineData(403)]
    public async Task What_did_not_arrive_is_tried_again_with_longer_pauses_and_is_one_alarm(int status)
    {
        await using var hook = await HookServer.StartAsync();
        hook.Status = status;
        _ = _book.Write(new NotificationSettings(Webhook: new WebhookSettings(hook.Url, Key)), _ => { });
        Raise("a", "An alarm.");
        await _notifier.SendAsync(Cancel);
        await _notifier.SendAsync(Cancel);
        Assert.Single(hook.Posts);
        Assert.Single(_alarms.All, alarm => alarm.Id == "notifications-failed");

        await LaterAsync(TimeSpan.FromSeconds(15));
        await LaterAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(2, hook.Posts.Count);
        await LaterAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(3, hook.Posts.Count);

        hook.Status = 200;
        Raise("b", "Another.");
        await LaterAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["a", "b"], IdsOf(hook.Posts.Last().Body));
        Assert.DoesNotContain(_alarms.All, alarm => alarm.Id == "notifications-failed");
        Assert.Equal(0, _notifier.Waiting);
    }

    [Fact]
    public async Task After_an_hour_it_is_given_up()
    {
        await using var server = new MailServer { ToReceivers = "550 nobody of that name" };
        Tell(MailTo(server));
        Raise("a", "An alarm.");
        await _notifier.SendAsync(Cancel);
        Assert.Equal(1, _notifier.Waiting);

        await LaterAsync(Outbox.Patience);

        Assert.Empty(server.Mails);
        Assert.Equal(0, _notifier.Waiting);
    }

    [Fact]
    public async Task An_alarm_that_comes_and_goes_is_told_once_a_minute()
    {
        await using var hook = await HookServer.StartAsync();
        _ = _book.Write(new NotificationSettings(Webhook: new WebhookSettings(hook.Url, Key)), _ => { });
        for (var i = 0; i < 10; i++)
        {
            Raise("flaps", "It is there.");
            _alarms.Dismiss("flaps");
            await LaterAsync(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(2, hook.Posts.Count);
    }

    [Fact]
    public async Task Who_raises_an_alarm_never_waits_and_the_oldest_gives_way()
    {
        await using var hook = await HookServer.StartAsync();
        _ = _book.Write(new NotificationSettings(Webhook: new WebhookSettings(hook.Url, Key)), _ => { });
        for (var i = 0; i < 150; i++)
        {
            Raise($"alarm-{i}", "An alarm.");
        }

        await _notifier.SendAsync(Cancel);

        Assert.Equal(Enumerable.Range(50, Outbox.Most).Select(i => $"alarm-{i}"), IdsOf(Assert.Single(hook.Posts).Body));
    }

    [Fact]
    public async Task Where_nobody_is_set_nothing_waits()
    {
        Raise("a", "An alarm.");
        await _notifier.SendAsync(Cancel);

        Assert.Equal(0, _notifier.Waiting);
        Assert.Empty((await _notifier.TestAsync("operator:anna", Cancel)).Ways);
    }

    [Fact]
    public void What_is_kept_is_sealed()
    {
        Tell(new MailSettings("127.0.0.1", 25, StartTls: false, "osdeploy@school.example", s_receivers, "osdeploy", "canary-mail"));

        var kept = _documents.GetCollection("notifications", NotificationJson.Default.KeptNotifications, one => one.Id).FindAll().Single().Value;
        Assert.Equal("sealed:canary-mail", kept.Settings.Mail!.Password);
        Assert.Equal("(set)", _book.View.Mail!.Password);
        Assert.Equal("canary-mail", _book.Current.Mail!.Password);
    }

    public void Dispose()
    {
        _notifier.Dispose();
        _documents.Dispose();
        _folder.Dispose();
    }

    private static MailSettings MailTo(MailServer server) => new("127.0.0.1", server.Port, StartTls: false, "osdeploy@school.example", s_receivers);

    private static List<string?> IdsOf(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return [.. document.RootElement.GetProperty("notices").EnumerateArray().Select(notice => notice.GetProperty("id").GetString())];
    }

    private void Tell(MailSettings mail) => _book.Write(new NotificationSettings(mail), _ => { });

    private void Raise(string code, string message) => _alarms.Raise(code, message, "Do something.", host: null, job: null);

    private async Task LaterAsync(TimeSpan time)
    {
        _time.Pass(time);
        await _notifier.SendAsync(Cancel);
    }

    // By their names: the texts of some differ each time.
    private async Task<List<string>> HeadersAsync(MailServer server, string code, string text)
    {
        Raise(code, text);
        await _notifier.SendAsync(Cancel);
        return [.. server.Mails.Last().Headers.Where(line => !char.IsWhiteSpace(line[0])).Select(line => line.Split(':')[0])];
    }
}
