using System.Globalization;
using OsDeploy.Api.Notifications;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>Who is told of alarms and batches, for people.</summary>
internal static class NotificationText
{
    public static void Write(TextWriter writer, NotificationSettings settings)
    {
        var facts = new Facts();
        if (settings.Mail is { } mail)
        {
            facts.Add("mail", string.Create(CultureInfo.InvariantCulture, $"{mail.Server}:{mail.Port}, {(mail.StartTls ? "STARTTLS" : "not encrypted")}{(mail.User is { } user ? ", as " + user : "")}"))
                .Add("from", mail.From)
                .Add("to", string.Join(", ", mail.To));
        }
        else
        {
            facts.Add("mail", "nobody gets any");
        }

        facts.Add("webhook", settings.Webhook is { } hook ? hook.Url : "none").Write(writer);
    }

    public static void Write(TextWriter writer, NotificationTest test)
    {
        if (test.Ways.Count == 0)
        {
            writer.WriteLine("Neither mail nor a webhook is set: only the log is told.");
        }

        foreach (var way in test.Ways)
        {
            writer.WriteLine($"{Printable.Of(way.Way)}: {(way.Why is { } why ? Printable.Of(why, 400) : "sent")}");
        }
    }
}
