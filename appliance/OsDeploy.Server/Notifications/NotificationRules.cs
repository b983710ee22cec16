using System.Net;
using System.Net.Mail;
using System.Text;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Notifications;

namespace OsDeploy.Server.Notifications;

/// <summary>What may be set of notifications.</summary>
internal static class NotificationRules
{
    private const int MaxHost = 253;
    private const int MaxAddress = 254;
    private const int MaxUrl = 1000;
    private const int MaxSecret = 256;

    /// <param name="wanted">With secrets as they were sent.</param>
    /// <param name="before">What holds, with its secrets open.</param>
    /// <returns>With all secrets open.</returns>
    /// <exception cref="UserErrorException"><c>notifications-invalid</c>, <c>notifications-secret-again</c></exception>
    public static NotificationSettings Checked(NotificationSettings wanted, NotificationSettings before) =>
        new(wanted.Mail is { } mail ? Checked(mail, before.Mail) : null, wanted.Webhook is { } hook ? Checked(hook, before.Webhook) : null);

    /// <summary>Without its secrets.</summary>
    public static NotificationSettings Masked(NotificationSettings settings) => new(
        settings.Mail is { } mail ? mail with { Password = mail.Password is null ? null : Secret.Mask } : null,
        settings.Webhook is { } hook ? hook with { Key = Secret.Mask } : null);

    private static MailSettings Checked(MailSettings wanted, MailSettings? before)
    {
        Require(wanted.Server.Length is > 0 and <= MaxHost && Uri.CheckHostName(wanted.Server) != UriHostNameType.Unknown, "the mail server is no name and no address");
        Require(wanted.Port is > 0 and <= ushort.MaxValue, "a port is a number from 1 to 65535");
        Require(IsAddress(wanted.From), "the sender is no e-mail address");
        Require(wanted.To.Count is > 0 and <= MailSettings.MostReceivers, $"mail goes to one address at least and {MailSettings.MostReceivers} at most");
        Require(wanted.To.All(IsAddress), "one of the receivers is no e-mail address");
        Require(wanted.User is null || IsText(wanted.User), "the user's name has strange characters, or is too long");
        var isSame = before is not null && (before.Server, before.Port, before.StartTls) == (wanted.Server, wanted.Port, wanted.StartTls);
        var password = wanted.Password == Secret.Mask ? isSame ? before!.Password : throw NotificationErrors.SecretAgain("The mail password") : wanted.Password;
        Require((wanted.User is null) == (password is null), "a user and a password belong together");
        Require(password is null || IsText(password), "the password has strange characters, or is too long");
        Require(password is null || wanted.StartTls || IsThisComputer(wanted.Server), "a password is not sent without encryption: switch STARTTLS on");
        return wanted with { Password = password };
    }

    private static WebhookSettings Checked(WebhookSettings wanted, WebhookSettings? before)
    {
        Require(
            wanted.Url.Length <= MaxUrl && Uri.TryCreate(wanted.Url, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 && url.Fragment.Length == 0
                && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsThisComputer(url.Host))),
            "the webhook is no https:// address");
        var isSame = before is not null && new Uri(before.Url).Authority == new Uri(wanted.Url).Authority;
        var key = wanted.Key == Secret.Mask ? isSame ? before!.Key : throw NotificationErrors.SecretAgain("The webhook's key") : wanted.Key;
        Require(IsText(key) && key.Length >= WebhookSettings.LeastKey, $"the webhook's key has {WebhookSettings.LeastKey} characters at least");
        return wanted with { Key = key };
    }

    // One plain address: no name beside it, no list, nothing that could begin another header. JSON may have nulls in a list.
    private static bool IsAddress(string? text) =>
        text is { Length: <= MaxAddress } && Ascii.IsValid(text) && !text.Any(char.IsControl) && MailAddress.TryCreate(text, out var address) && address.Address == text;

    private static bool IsText(string text) => text.Length is > 0 and <= MaxSecret && !text.Any(char.IsControl);

    // A relay on the appliance itself: nothing of it is on a wire.
    private static bool IsThisComputer(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw NotificationErrors.Invalid(otherwise);
        }
    }
}
