using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Jobs;
using OsDeploy.Api.Notifications;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Notifications;

public sealed class NotificationRoutesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_that_has_ended_is_told_once_with_how_it_went()
    {
        var time = new DaemonClock();
        await using var hook = await HookServer.StartAsync();
        await using var daemon = await TestDaemon.StartAsync(time);
        var kept = await daemon.Admin.CallAsync(NotificationApi.Change, new NotificationSettings(Webhook: new WebhookSettings(hook.Url, "a key of sixteen.")), Cancel);
        await daemon.AddHostAsync(1, "pc01");
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");

        await daemon.Admin.CallAsync(JobApi.Cancel, Cancel, job);
        await HeardAsync(time, hook);

        using var document = JsonDocument.Parse(hook.Posts.Single().Body);
        var notice = Assert.Single(document.RootElement.GetProperty("notices").EnumerateArray());
        Assert.Equal("(set)", kept.Webhook!.Key);
        Assert.Equal("Batch 1 (hold, by anna) has ended: 0 verified, 0 failed, 1 skipped.", notice.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Administrators_set_and_test_it_and_the_log_says_so_without_secrets()
    {
        await using var server = new MailServer();
        await using var daemon = await TestDaemon.StartAsync();
        var viewer = await daemon.AddOperatorAsync("vera", Role.Viewer);
        foreach (var route in NotificationApi.All)
        {
            Assert.Equal(403, (await daemon.SendAsync(route, viewer, route.BodyType is null ? null : "{}"u8.ToArray())).Status);
        }

        Assert.Equal(new NotificationSettings(), await daemon.Admin.CallAsync(NotificationApi.Show, Cancel));
        var wanted = new NotificationSettings(new MailSettings("127.0.0.1", server.Port, StartTls: false, "a@b.example", ["c@d.example"], "user", "canary-password"));
        await daemon.Admin.CallAsync(NotificationApi.Change, wanted, Cancel);
        var test = await daemon.Admin.CallAsync(NotificationApi.Test, Cancel);

        Assert.Equal([new NotificationWay("mail", null)], test.Ways);
        Assert.Contains("This is a test", Assert.Single(server.Mails).Text, StringComparison.Ordinal);
        var shown = (await daemon.SendAsync(NotificationApi.Show, daemon.Token)).Text;
        var audit = await daemon.Admin.CallAsync(AccountApi.Audit, Cancel);
        Assert.Contains("(set)", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-password", shown, StringComparison.Ordinal);
        Assert.Contains(audit.Lines, line => line.Action == "notifications-change" && line.Detail.Contains("c@d.example", StringComparison.Ordinal) && !line.Detail.Contains("canary", StringComparison.Ordinal));
        Assert.Contains(audit.Lines, line => line.Action == "notifications-test");
    }

    // The notifier looks every five seconds of a clock that only the test moves; what it sends arrives in real time.
    private static async Task HeardAsync(DaemonClock time, HookServer hook)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var i = 0; i < 300 && hook.Posts.IsEmpty; i++)
        {
            time.Pass(TimeSpan.FromSeconds(5));
            await timer.WaitForNextTickAsync(Cancel);
        }

        Assert.False(hook.Posts.IsEmpty);
    }
}
