using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;
using OsDeploy.Api.Notifications;
using OsDeploy.Text;

namespace OsDeploy.Server.Notifications;

/// <summary>Sends notices as one mail (RFC 5321, RFC 5322), by STARTTLS or not at all where that is asked for.</summary>
internal static class NoticeMail
{
    private const int MaxSubject = 120;

    /// <param name="appliance">Its name.</param>
    /// <exception cref="SmtpException">The server does not take it, or is not there.</exception>
    public static async Task SendAsync(MailSettings settings, string appliance, IReadOnlyList<Notice> notices, CancellationToken cancel)
    {
        using var client = new SmtpClient(settings.Server, settings.Port)
        {
            EnableSsl = settings.StartTls,
            UseDefaultCredentials = false,
            Credentials = settings is { User: { } user, Password: { } password } ? new NetworkCredential(user, password) : null,
        };
        using var message = MessageOf(settings, appliance, notices);
        await client.SendMailAsync(message, cancel);
    }

    internal static MailMessage MessageOf(MailSettings settings, string appliance, IReadOnlyList<Notice> notices)
    {
        var message = new MailMessage
        {
            From = new MailAddress(settings.From),
            Subject = SubjectOf(appliance, notices),
            SubjectEncoding = Encoding.UTF8,
            Body = BodyOf(appliance, notices),
            BodyEncoding = Encoding.UTF8,
        };
        foreach (var to in settings.To)
        {
            message.To.Add(new MailAddress(to));
        }

        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's holiday answers it
        return message;
    }

    // Printable once more: what stands in a header is looked at where it gets into it.
    private static string SubjectOf(string appliance, IReadOnlyList<Notice> notices)
    {
        var text = notices is [var only] ? only.Text : string.Create(CultureInfo.InvariantCulture, $"{notices.Count} messages");
        return Printable.Of($"[{appliance}] {text}", MaxSubject);
    }

    private static string BodyOf(string appliance, IReadOnlyList<Notice> notices)
    {
        var text = new StringBuilder();
        foreach (var notice in notices)
        {
            text.Append(notice.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss' UTC'", CultureInfo.InvariantCulture)).Append("  [").Append(notice.Code).Append("]\r\n").Append(notice.Text).Append("\r\n");
            text.Append(notice.Hint.Length > 0 ? notice.Hint + "\r\n\r\n" : "\r\n");
        }

        return text.Append("-- \r\nosdeploy, appliance ").Append(Printable.Of(appliance)).Append("\r\n").ToString();
    }
}
