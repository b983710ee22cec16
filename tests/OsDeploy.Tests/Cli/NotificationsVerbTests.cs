using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Notifications;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class NotificationsVerbTests
{
    private static readonly NotificationSettings s_set = new(
        new MailSettings("mail.school.example", 587, StartTls: true, "osdeploy@school.example", ["it@school.example"], "osdeploy", Secret.Mask), new WebhookSettings("https://chat.school.example/hook", Secret.Mask));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_shown_and_nothing_is_changed()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(NotificationApi.Show, s_set);

        Assert.Equal(
            """
            mail     mail.school.example:587, STARTTLS, as osdeploy
            from     osdeploy@school.example
            to       it@school.example
            webhook  https://chat.school.example/hook

            """,
            (await server.RunAsync("appliance notifications")).Output);
        Assert.False(server.Heard(NotificationApi.Change));
    }

    [Fact]
    public async Task Only_what_is_named_is_changed_and_secrets_stay()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(NotificationApi.Show, s_set).On(NotificationApi.Change, wanted => wanted);

        await server.RunAsync("appliance notifications --mail-to a@b.example c@d.example --mail-port 25");

        var sent = server.BodyOf(NotificationApi.Change);
        Assert.Equal(["a@b.example", "c@d.example"], sent.Mail!.To);
        Assert.Equal((25, true, "osdeploy", Secret.Mask), (sent.Mail.Port, sent.Mail.StartTls, sent.Mail.User, sent.Mail.Password));
        Assert.Equal(s_set.Webhook, sent.Webhook);
    }

    [Fact]
    public async Task Secrets_are_typed_or_read_from_files_and_never_said()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(NotificationApi.Show, new NotificationSettings()).On(NotificationApi.Change, _ => s_set);
        await File.WriteAllTextAsync(server.Folder["password"], "canary-of-a-file\n", Cancel);

        var terminal = await server.RunAsync(
            $"appliance notifications --mail-server m.example --mail-from a@b.example --mail-to c@d.example --mail-user u --mail-password-file {server.Folder["password"]} --webhook https://h.example/", 0, "canary-that-is-typed\n");

        var sent = server.BodyOf(NotificationApi.Change);
        Assert.Equal(("canary-of-a-file", "canary-that-is-typed"), (sent.Mail!.Password, sent.Webhook!.Key));
        Assert.DoesNotContain("canary", terminal.Output + terminal.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_switched_off()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(NotificationApi.Show, s_set).On(NotificationApi.Change, wanted => wanted);

        Assert.Equal(0, await server.Piped().RunAsync(["appliance", "notifications", "--mail-server", "", "--webhook", ""], Cancel));

        Assert.Equal(new NotificationSettings(), server.BodyOf(NotificationApi.Change));
    }

    [Theory]
    [InlineData("--mail-to a@b.example")]
    [InlineData("--mail-server m.example --mail-to a@b.example")]
    [InlineData("--mail-server m.example --mail-from a@b.example")]
    public async Task Mail_needs_a_server_a_sender_and_a_receiver(string options)
    {
        await using var server = await CannedServer.StartAsync();
        server.On(NotificationApi.Show, new NotificationSettings());

        Assert.Contains("[usage-notifications]", (await server.RunAsync("appliance notifications " + options, 2)).Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_says_how_it_went()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(NotificationApi.Show, s_set).On(NotificationApi.Test, new NotificationTest([new NotificationWay("mail", null), new NotificationWay("webhook", "it answers 500")]));

        Assert.Equal("mail: sent\nwebhook: it answers 500\n", (await server.RunAsync("appliance notifications --test", 1)).Output);
    }
}
