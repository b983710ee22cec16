using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Notifications;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Notifications;

/// <summary>Answers <see cref="NotificationApi"/>.</summary>
internal sealed class NotificationHandlers(NotificationBook book, Notifier notifier, AuditLog audit)
{
    private const string Subject = "notifications";

    public void Map(HandlerTable on)
    {
        on.On(NotificationApi.Show, _ => book.View);
        on.On(NotificationApi.Change, (call, wanted) => book.Write(wanted, settings => audit.Append(call.Caller.AuditName, "notifications-change", Subject, Describe(settings))));
        on.On(NotificationApi.Test, (call, _) =>
        {
            audit.Append(call.Caller.AuditName, "notifications-test", Subject, "");
            return notifier.TestAsync(call.Caller.AuditName, call.Cancel);
        });
    }

    private static string Describe(NotificationSettings settings) => string.Join("; ", new[]
    {
        settings.Mail is { } mail
            ? string.Create(CultureInfo.InvariantCulture, $"mail by {mail.Server}:{mail.Port}{(mail.StartTls ? " with STARTTLS" : "")} to {string.Join(' ', mail.To)}")
            : "no mail",
        settings.Webhook is { } hook ? "webhook " + hook.Url : "no webhook",
    });
}
