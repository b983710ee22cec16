using System.Reflection;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Notifications;
using OsDeploy.Server.Notifications;
using Xunit;

namespace OsDeploy.Tests.Notifications;

public sealed class NotificationRulesTests
{
    private static readonly MailSettings s_mail = new("mail.school.example", 587, StartTls: true, "osdeploy@school.example", ["it@school.example"], "osdeploy", "a password");
    private static readonly WebhookSettings s_hook = new("https://chat.school.example/hook", "a key of sixteen.");
    private static readonly NotificationSettings s_before = new(s_mail, s_hook);

    public static TheoryData<MailSettings> WrongMails =>
    [
        s_mail with { Server = "" }, s_mail with { Server = "a b" }, s_mail with { Server = "https://mail" }, s_mail with { Server = "mail\r\nEHLO x" },
        s_mail with { Port = 0 }, s_mail with { Port = 65536 }, s_mail with { From = "osdeploy" }, s_mail with { From = "Anna <anna@school.example>" },
        s_mail with { From = "a@b.example\r\nBcc: c@d.example" }, s_mail with { To = [] }, s_mail with { To = [null!] }, s_mail with { To = [.. Enumerable.Repeat("a@b.example", 11)] },
        s_mail with { To = ["a@b.example, c@d.example"] }, s_mail with { To = ["a@b.example", "a@b.example\nBcc: c@d.example"] }, s_mail with { User = null }, s_mail with { Password = null },
        s_mail with { Password = "a\nb" }, s_mail with { User = "a\0b" }, s_mail with { StartTls = false }, s_mail with { User = "" },
    ];

    public static TheoryData<string, string> WrongHooks => new()
    {
        { "http://chat.school.example/hook", s_hook.Key }, { "https://anna:secret@chat.school.example/", s_hook.Key }, { "file:///etc/passwd", s_hook.Key }, { "/hook", s_hook.Key }, { "", s_hook.Key },
        { "https://a.example/#b", s_hook.Key }, { s_hook.Url, "too short" }, { s_hook.Url, "a key with a\nline" }, { "https://" + new string('a', 1000), s_hook.Key },
    };

    [Fact]
    public void What_is_right_is_taken()
    {
        Assert.Equal(s_before, NotificationRules.Checked(s_before, new NotificationSettings()));
        Assert.Equal(new NotificationSettings(), NotificationRules.Checked(new NotificationSettings(), s_before));
        var relay = new NotificationSettings(s_mail with { Server = "127.0.0.1", StartTls = false }, s_hook with { Url = "http://127.0.0.1:8080/hook" });
        Assert.Equal(relay, NotificationRules.Checked(relay, new NotificationSettings()));
    }

    [Theory]
    [MemberData(nameof(WrongMails))]
    public void Wrong_mail_is_refused(MailSettings mail) => Refused("notifications-invalid", new NotificationSettings(mail));

    [Theory]
    [MemberData(nameof(WrongHooks))]
    public void A_wrong_webhook_is_refused(string url, string key) => Refused("notifications-invalid", new NotificationSettings(Webhook: new WebhookSettings(url, key)));

    [Fact]
    public void A_secret_stays_where_its_mask_comes_back_but_does_not_go_to_another_server()
    {
        var masked = NotificationRules.Masked(s_before);
        Assert.Equal((Secret.Mask, Secret.Mask), (masked.Mail!.Password, masked.Webhook!.Key));
        Assert.Equal(s_before, NotificationRules.Checked(masked, s_before));
        Assert.Equal("x@y.example", NotificationRules.Checked(masked with { Mail = masked.Mail with { From = "x@y.example" } }, s_before).Mail!.From);

        Refused("notifications-secret-again", masked with { Mail = masked.Mail with { Server = "evil.example" } });
        Refused("notifications-secret-again", masked with { Mail = masked.Mail with { StartTls = false } });
        Refused("notifications-secret-again", masked with { Webhook = masked.Webhook with { Url = "https://evil.example/hook" } });
        Assert.Equal("notifications-secret-again", Assert.Throws<UserErrorException>(() => NotificationRules.Checked(masked, new NotificationSettings())).Code);
    }

    [Fact]
    public void Every_error_has_its_own_code_one_sentence_and_a_hint()
    {
        var errors = typeof(NotificationErrors).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(factory => (UserErrorException)factory.Invoke(null, [.. factory.GetParameters().Select(_ => "something")])!).ToList();

        Assert.Equal(errors.Count, errors.Select(error => error.Code).Distinct().Count());
        Assert.All(errors, error => Assert.True(error.Message.EndsWith('.') && error.Hint.EndsWith('.')));
    }

    private static void Refused(string code, NotificationSettings wanted) => Assert.Equal(code, Assert.Throws<UserErrorException>(() => NotificationRules.Checked(wanted, s_before)).Code);
}
