using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Notifications;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>Who is told of new alarms and ended batches.</summary>
internal sealed class NotificationForm
{
    private const int LongestAddress = 254;
    private const int LongestUrl = 1000;

    private readonly ConsoleContext _context;
    private readonly NotificationSettings _now;
    private readonly TextEntry _server;
    private readonly NumberEntry _port;
    private readonly CheckEntry _startTls;
    private readonly TextEntry _from;
    private readonly TextEntry _to;
    private readonly TextEntry _user;
    private readonly SecretEntry _password;
    private readonly TextEntry _webhook;
    private readonly SecretEntry _key;

    public NotificationForm(ConsoleContext context, NotificationSettings now)
    {
        (_context, _now) = (context, now);
        var (mail, hook) = (now.Mail, now.Webhook);
        _server = new TextEntry("server", Words.Health.MailServer, mail?.Server ?? "") { MaxLength = LongestAddress, Help = Words.Health.MailServerHelp };
        _port = new NumberEntry("port", Words.Health.MailPort, mail?.Port ?? MailSettings.UsualPort, 1, ushort.MaxValue) { Applies = IsMail };
        _startTls = new CheckEntry("starttls", Words.Health.MailStartTls, mail?.StartTls ?? true) { Applies = IsMail };
        _from = new TextEntry("from", Words.Health.MailFrom, mail?.From ?? "") { IsRequired = true, MaxLength = LongestAddress, Applies = IsMail };
        _to = new TextEntry("to", Words.Health.MailTo, string.Join(' ', mail?.To ?? [])) { IsRequired = true, MaxLength = LongestUrl, Help = Words.Health.MailToHelp, Applies = IsMail };
        _user = new TextEntry("user", Words.Health.MailUser, mail?.User ?? "") { MaxLength = LongestAddress, Help = Words.Health.MailUserHelp, Applies = IsMail };
        _password = new SecretEntry("password", Words.Accounts.Password) { IsRequired = true, IsSet = mail?.Password is not null, Help = Words.Health.MailUserHelp, Applies = () => IsMail() && _user.Value.Length > 0 };
        _webhook = new TextEntry("webhook", Words.Health.Webhook, hook?.Url ?? "") { MaxLength = LongestUrl, Help = Words.Health.WebhookHelp };
        _key = new SecretEntry("key", Words.Health.WebhookKey) { IsRequired = true, IsSet = hook is not null, Help = Words.Health.WebhookHelp, Applies = () => _webhook.Value.Length > 0 };
        Model = new FormModel(
            Words.Health.Notifications,
            [_server, _port, _startTls, _from, _to, _user, _password, _webhook, _key],
            new FormAction("save", Common.Save, SaveAsync),
            new FormAction("test", Words.Health.SaveAndTest, TestAsync))
        {
            Help = Words.Health.NotificationsHelp,
            Equivalent = () => [Command],
        };
    }

    public FormModel Model { get; }

    /// <summary>How the test went; null: there was none.</summary>
    public NotificationTest? Test { get; private set; }

    private NotificationSettings Wanted => new(
        IsMail()
            ? new MailSettings(
                _server.Value, _port.Value, _startTls.Value, _from.Value, Receivers, _user.Value.Length > 0 ? _user.Value : null, _user.Value.Length > 0 ? SecretOf(_password) : null)
            : null,
        _webhook.Value.Length > 0 ? new WebhookSettings(_webhook.Value, SecretOf(_key)) : null);

    private string[] Receivers => _to.Value.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);

    private CommandLine Command
    {
        get
        {
            var line = new CommandLine("appliance", "notifications").Option("--mail-server", _server.IsChanged ? _server.Value : null);
            line = IsMail()
                ? line.Option("--mail-port", _port.IsChanged ? _port.Value.ToString(CultureInfo.InvariantCulture) : null)
                    .Option("--mail-starttls", _startTls.IsChanged ? _startTls.Value ? "yes" : "no" : null)
                    .Option("--mail-from", _from.IsChanged && _from.Value.Length > 0 ? _from.Value : null)
                    .With(_to.IsChanged && Receivers.Length > 0 ? ["--mail-to", .. Receivers] : [])
                    .Option("--mail-user", _user.IsChanged ? _user.Value : null)
                : line;
            return line.Option("--webhook", _webhook.IsChanged ? _webhook.Value : null);
        }
    }

    private Task<NotificationSettings> SaveAsync(CancellationToken cancel) => _context.Session.CallAsync(NotificationApi.Change, Wanted, cancel);

    private async Task TestAsync(CancellationToken cancel)
    {
        await SaveAsync(cancel);
        Test = await _context.Session.CallAsync(NotificationApi.Test, cancel);
    }

    /// <summary>For people: each way, and why it did not arrive.</summary>
    public static string TextOf(NotificationTest test) => test.Ways.Count == 0
        ? Words.Health.TestNobody
        : string.Join('\n', test.Ways.Select(way => $"{Printable.Of(way.Way)}: {(way.Why is { } why ? Printable.Of(why, 300) : Words.Health.TestSent)}"));

    private bool IsMail() => _server.Value.Length > 0;

    private static string SecretOf(SecretEntry entry) => entry.IsChanged ? entry.Value : Secret.Mask;
}
