using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Notifications;
using OsDeploy.Cli.Login;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Appliance;

internal sealed class NotificationsVerb : ServerVerb
{
    private readonly Option<string?> _server = VerbOptions.Text("--mail-server", "Server that takes mail; \"\": nobody gets mail.", "NAME");
    private readonly Option<int?> _port = VerbOptions.Number("--mail-port", $"Its port. Default: {MailSettings.UsualPort}.", 1, ushort.MaxValue);
    private readonly Option<string?> _startTls = VerbOptions.YesNo("--mail-starttls", "Encrypt the connection; yes by itself.");
    private readonly Option<string?> _from = VerbOptions.Text("--mail-from", "Address of the sender.", "MAIL");
    private readonly Option<string[]> _to = new("--mail-to") { Description = "Addresses of those who get it.", HelpName = "MAIL", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _user = VerbOptions.Text("--mail-user", "Who the mail server knows; \"\": it asks nobody.", "USER");
    private readonly Option<string?> _passwordFile = VerbOptions.Text("--mail-password-file", "File whose first line is that user's password; a new user's is asked for else.", "FILE");
    private readonly Option<string?> _webhook = VerbOptions.Text("--webhook", "https:// address that gets a signed JSON document; \"\": none.", "URL");
    private readonly Option<string?> _keyFile = VerbOptions.Text("--webhook-key-file", "File whose first line is the key of the signature; a new webhook's is asked for else.", "FILE");
    private readonly Option<bool> _test = VerbOptions.Flag("--test", "Send a test, and say how it went. Exit code 1 if it did not arrive.");

    public NotificationsVerb(Session session)
        : base(
            session,
            "notifications",
            "Show or change who is told of new alarms and ended batches, by mail or by a webhook.",
            "appliance notifications",
            "appliance notifications --mail-server mail.school.example --mail-from osdeploy@school.example --mail-to it@school.example --mail-user osdeploy --mail-password-file /root/mail",
            "appliance notifications --test") =>
        Asks(_server, _port, _startTls, _from, _to, _user, _passwordFile, _webhook, _keyFile, _test);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var settings = await server.CallAsync(NotificationApi.Show, cancel);
        if (new Option[] { _server, _port, _startTls, _from, _to, _user, _passwordFile, _webhook, _keyFile }.Any(option => parsed.GetResult(option) is { Implicit: false }))
        {
            var wanted = new NotificationSettings(await MailAsync(parsed, settings.Mail, cancel), await WebhookAsync(parsed, settings.Webhook, cancel));
            settings = await server.CallAsync(NotificationApi.Change, wanted, cancel);
        }

        if (!parsed.GetValue(_test))
        {
            Print(parsed, settings, CliJson.Default.NotificationSettings, writer => NotificationText.Write(writer, settings));
            return ExitCode.Done;
        }

        var test = await server.CallAsync(NotificationApi.Test, cancel);
        Print(parsed, test, CliJson.Default.NotificationTest, writer => NotificationText.Write(writer, test));
        return test.Ways.All(way => way.Why is null) ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task<MailSettings?> MailAsync(ParseResult parsed, MailSettings? before, CancellationToken cancel)
    {
        var name = parsed.GetValue(_server) ?? before?.Server ?? "";
        if (name.Length == 0)
        {
            return parsed.GetValue(_server) is null && IsMailMeant(parsed) ? throw ServerErrors.UsageNotifications("--mail-server") : null;
        }

        var user = parsed.GetValue(_user) is { } typed ? typed.Length == 0 ? null : typed : before?.User;
        var to = parsed.GetResult(_to) is { Implicit: false } ? parsed.GetValue(_to)! : before?.To;
        return new MailSettings(
            name,
            parsed.GetValue(_port) ?? before?.Port ?? MailSettings.UsualPort,
            parsed.GetYesNo(_startTls) ?? before?.StartTls ?? true,
            parsed.GetValue(_from) ?? before?.From ?? throw ServerErrors.UsageNotifications("--mail-from"),
            to ?? throw ServerErrors.UsageNotifications("--mail-to"),
            user,
            user is null ? null : await SecretAsync(parsed, _passwordFile, hasOne: before?.Password is not null && user == before.User, "Password of the mail user:", cancel));
    }

    private async Task<WebhookSettings?> WebhookAsync(ParseResult parsed, WebhookSettings? before, CancellationToken cancel) =>
        (parsed.GetValue(_webhook) ?? before?.Url ?? "") is { Length: > 0 } url ? new WebhookSettings(url, await SecretAsync(parsed, _keyFile, before is not null, "Key of the webhook:", cancel)) : null;

    private async Task<string> SecretAsync(ParseResult parsed, Option<string?> file, bool hasOne, string question, CancellationToken cancel) =>
        parsed.GetValue(file) is null && hasOne ? Secret.Mask : await Passwords.AskAsync(Terminal, parsed.GetValue(file), question, cancel);

    private bool IsMailMeant(ParseResult parsed) => new Option[] { _port, _startTls, _from, _to, _user, _passwordFile }.Any(option => parsed.GetResult(option) is { Implicit: false });
}
